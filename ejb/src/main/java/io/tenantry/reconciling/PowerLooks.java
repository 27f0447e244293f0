package io.tenantry.reconciling;

import io.tenantry.provider.Server;
import io.tenantry.reconciling.ReconcileSteps.Missing;
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
 * Whether servers are on, as vendors say: what two looks in a row say otherwise than the service, the service says too from then on. One look
 * is not enough: lists are late by a minute, and a server that restarts by itself is off for a moment. Joins the caller's transaction; times
 * are those at which readings began, by the database.
 */
@ApplicationScoped
public class PowerLooks {
    /** Two looks count only if so much is between them. */
    static final Duration APART = Duration.ofMinutes(2);

    /** So many whose power the list does not tell are asked for one by one each time; the others have to wait. */
    static final int ASKED_MAX = 20;

    private static final String SEE = """
            insert into power_look (service_id, account, looked_at, power, version, since) values (?, ?, ?, ?, ?, ?)
            on conflict on constraint power_look_pk do update
               set account = excluded.account, looked_at = excluded.looked_at, power = excluded.power, version = excluded.version,
                   since = case when power_look.account = excluded.account
                                 and power_look.power = excluded.power
                                 and power_look.version = excluded.version then power_look.since
                                else excluded.since end
            """;

    /** Whoever changes the service right now knows better. */
    private static final String CERTAIN = """
            select s.id, p.power
              from power_look p
              join service s on s.id = p.service_id
             where p.account = ?
               and p.looked_at = ?
               and p.looked_at - p.since >= ?::interval
               and s.version = p.version
               and s.power <> p.power
               and (s.state = 'ACTIVE' or s.state = 'SUSPENDED' and s.suspended_by_network)
               and s.power_wanted is null
               and s.changing is null
             order by s.id
               for no key update of s skip locked
            """;

    @Inject
    Sql sql;

    @Inject
    Consequences consequences;

    /** For the container. */
    public PowerLooks() {}

    /** For use outside a container. */
    PowerLooks(Sql sql, Consequences consequences) {
        this.sql = sql;
        this.consequences = consequences;
    }

    private record Turned(UUID service, String power) {}

    /** Whom to ask for: first those that were seen otherwise once, then who was not asked for longest. */
    List<Missing> toAsk(Map<Known, Server> atRest) {
        var numbers = new TreeMap<UUID, String>();
        atRest.forEach((service, server) -> {
            if (server.state() == Server.State.UNRECOGNISED) {
                numbers.put(service.id(), server.id());
            }
        });
        return sql.query(
                """
                select w.id
                  from unnest(?::uuid[]) w (id)
                  left join power_look p on p.service_id = w.id
                 order by p.power is null, p.looked_at nulls first, w.id
                 limit ?
                """,
                row -> new Missing(row.uuid("id"), numbers.getOrDefault(row.uuid("id"), "")),
                numbers.keySet().toArray(UUID[]::new),
                ASKED_MAX);
    }

    /**
     * Notes what a whole list says; what it does not say again is forgotten.
     *
     * @param states of servers that were asked for by themselves
     */
    void see(String account, Instant begunAt, Map<Known, Server> atRest, Map<UUID, Server.State> states) {
        var rows = new ArrayList<@Nullable Object[]>();
        atRest.forEach((service, server) -> {
            var asked = Optional.ofNullable(states.get(service.id()));
            var other = isOn(asked.orElse(server.state())).filter(on -> on != service.isOn());
            if (other.isPresent() || asked.isPresent()) {
                rows.add(new @Nullable Object[] {
                    service.id(),
                    account,
                    begunAt,
                    other.map(PowerLooks::word).orElse(null),
                    other.map(on -> service.version()).orElse(null),
                    other.map(on -> begunAt).orElse(null)
                });
            }
        });
        if (!rows.isEmpty()) {
            sql.batch(SEE, rows);
        }
        sql.update("""
                update power_look set power = null, version = null, since = null
                 where account = ? and looked_at < ? and power is not null
                """, account, begunAt);
        sql.query(CERTAIN, row -> new Turned(row.uuid("id"), row.text("power")), account, begunAt, APART.toString())
                .forEach(this::turn);
    }

    /** One that was off and runs was started, and so has left its rescue system. */
    private void turn(Turned one) {
        var isStarted = one.power().equals(word(true));
        sql.update("""
                update service
                   set power = ?, version = version + 1, rescue = case when not ? then rescue end
                 where id = ?
                """, one.power(), isStarted, one.service());
        consequences.event(one.service(), isStarted ? "found_running" : "found_stopped");
    }

    /** Empty if it is at something else, or nobody knows. */
    private static Optional<Boolean> isOn(Server.State state) {
        return switch (state) {
            case RUNNING -> Optional.of(true);
            case STOPPED -> Optional.of(false);
            case RESERVED, BUILDING, BUSY, SUSPENDED, FAILED, LEAVING, UNRECOGNISED -> Optional.empty();
        };
    }

    private static String word(boolean isOn) {
        return isOn ? "ON" : "OFF";
    }
}
