package io.tenantry.cloud.reconciliation;

import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.ServiceCorrections;
import io.tenantry.cloud.reconciliation.ReconciliationTransactions.MissingServer;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Synchronizes the power states of services with those reported by providers: a difference seen in two consecutive scans is stored with the
 * service. One scan is not enough: lists are outdated by up to a minute, and a server that reboots is off for a moment. Joins the caller's
 * transaction; times are the starts of scans by the database's clock.
 */
@ApplicationScoped
public class PowerStateSync {
    /** Minimum time between two observations, for both to count. */
    static final Duration STANDALONE = Duration.ofMinutes(2);

    /** Maximum number of servers queried individually per scan, because the list does not contain their power state; the others wait. */
    static final int ASKED_MAX = 20;

    private static final String SEE = """
            insert into power_observation (service_id, account, checked_at, power, version, since) values (?, ?, ?, ?, ?, ?)
            on conflict on constraint power_observation_pk do update
               set account = excluded.account, checked_at = excluded.checked_at, power = excluded.power, version = excluded.version,
                   since = case when power_observation.account = excluded.account
                                 and power_observation.power = excluded.power
                                 and power_observation.version = excluded.version then power_observation.since
                                else excluded.since end
            """;

    /** A concurrent change of the service takes precedence. */
    private static final String CERTAIN = """
            select s.id, p.power
              from power_observation p
              join service s on s.id = p.service_id
             where p.account = ?
               and p.checked_at = ?
               and p.checked_at - p.since >= ?::interval
               and s.version = p.version
               and s.power <> p.power
               and (s.state = 'ACTIVE' or s.state = 'SUSPENDED' and s.suspended_by_network)
               and s.pending_power is null
               and s.pending_operation is null
             order by s.id
               for no key update of s skip locked
            """;

    @Inject
    Sql sql;

    @Inject
    DiscrepancyEffects discrepancyEffects;

    /** For the container. */
    public PowerStateSync() {}

    /** For use outside a container. */
    PowerStateSync(Sql sql, DiscrepancyEffects discrepancyEffects) {
        this.sql = sql;
        this.discrepancyEffects = discrepancyEffects;
    }

    private record PowerChange(UUID service, String power) {}

    /** Returns the servers to query: first those observed with a difference once, then those not queried for longest. */
    List<MissingServer> toAsk(Map<ExpectedServer, ProviderServer> atRest) {
        var numbers = new TreeMap<UUID, String>();
        atRest.forEach((service, providerServer) -> {
            if (providerServer.state() == ProviderServer.State.UNKNOWN) {
                numbers.put(service.id(), providerServer.id());
            }
        });
        return sql.query(
                """
                select w.id
                  from unnest(?::uuid[]) w (id)
                  left join power_observation p on p.service_id = w.id
                 order by p.power is null, p.checked_at nulls first, w.id
                 limit ?
                """,
                row -> new MissingServer(row.uuid("id"), numbers.getOrDefault(row.uuid("id"), "")),
                numbers.keySet().toArray(UUID[]::new),
                ASKED_MAX);
    }

    /**
     * Stores the observations of a complete list; those it does not repeat are deleted.
     *
     * @param states states of servers that were queried individually
     */
    void see(
            String account,
            Instant startedAt,
            Map<ExpectedServer, ProviderServer> atRest,
            Map<UUID, ProviderServer.State> states) {
        var rows = new ArrayList<@Nullable Object[]>();
        atRest.forEach((service, providerServer) -> {
            var asked = Optional.ofNullable(states.get(service.id()));
            var other = isOn(asked.orElse(providerServer.state())).filter(on -> on != service.isOn());
            if (other.isPresent() || asked.isPresent()) {
                rows.add(new @Nullable Object[] {
                    service.id(),
                    account,
                    startedAt,
                    other.map(PowerStateSync::word).orElse(null),
                    other.map(on -> service.version()).orElse(null),
                    other.map(on -> startedAt).orElse(null)
                });
            }
        });
        if (!rows.isEmpty()) {
            sql.batch(SEE, rows);
        }
        sql.update("""
                update power_observation set power = null, version = null, since = null
                 where account = ? and checked_at < ? and power is not null
                """, account, startedAt);
        sql.query(
                        CERTAIN,
                        row -> new PowerChange(row.uuid("id"), row.text("power")),
                        account,
                        startedAt,
                        STANDALONE.toString())
                .forEach(this::turn);
    }

    /** A server that was off and now runs was started, and so has left its rescue system. */
    private void turn(PowerChange one) {
        var isStarted = one.power().equals(word(true));
        ServiceCorrections.setPower(sql, one.service(), one.power(), isStarted);
        discrepancyEffects.event(one.service(), isStarted ? "found_running" : "found_stopped");
    }

    /** Returns whether it is on; empty if it is busy, or its state is unknown. */
    private static Optional<Boolean> isOn(ProviderServer.State state) {
        return switch (state) {
            case RUNNING -> Optional.of(true);
            case STOPPED -> Optional.of(false);
            case RESERVED, BUILDING, BUSY, SUSPENDED, FAILED, DELETING, UNKNOWN -> Optional.empty();
        };
    }

    private static String word(boolean isOn) {
        return isOn ? "ON" : "OFF";
    }
}
