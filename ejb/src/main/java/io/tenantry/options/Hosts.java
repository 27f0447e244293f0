package io.tenantry.options;

import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.provider.Addresses;
import io.tenantry.provider.Backups;
import io.tenantry.provider.Provider;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.Snapshots;
import io.tenantry.provisioning.Service;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The servers that options are of, and who pays for them. Joins the caller's transaction. */
@ApplicationScoped
public class Hosts {
    private static final String QUERY = """
            select s.id, s.organization_id, s.wallet_id, s.state, s.account, coalesce(s.upstream_region, '') as upstream_region,
                   s.upstream_id, s.changing is not null as changing, w.currency, w.parked is not null as parked, p.disk_gib
              from service s
              join wallet w on w.id = s.wallet_id
              join plan p on p.id = s.plan_id
             where s.id = ?
            """;

    @Inject
    Sql sql;

    @Inject
    Access access;

    @Inject
    Upstreams upstreams;

    /** For the container. */
    public Hosts() {}

    /** For use outside a container. */
    Hosts(Sql sql, Access access, Upstreams upstreams) {
        this.sql = sql;
        this.access = access;
        this.upstreams = upstreams;
    }

    /**
     * A server.
     *
     * @param account of its vendor; empty if it is in our books alone
     * @param isUp whether it is at its vendor and runs, or could
     * @param isSuspended whether staff have switched it off: then its customer has nothing more done with it
     * @param isChanging whether it is being resized, set up anew or turned to another system
     * @param isParked whether its wallet may not be used at present
     * @param diskGib of its plan
     */
    record Host(
            UUID id,
            UUID organizationId,
            UUID walletId,
            Optional<String> account,
            String upstreamRegion,
            boolean isUp,
            boolean isSuspended,
            boolean isChanging,
            Currency currency,
            boolean isParked,
            int diskGib) {}

    /** It, if whoever acts may do that with it. */
    Host read(UUID serviceId, String permission) {
        return allowed(sql.first(QUERY, Hosts::host, serviceId), serviceId, permission);
    }

    /** It until the transaction ends, so that what is asked for twice is asked for one after the other. */
    Host lock(UUID serviceId, String permission) {
        return allowed(sql.first(QUERY + " for no key update of s", Hosts::host, serviceId), serviceId, permission);
    }

    /** Whether its vendor can do that. Nothing is sent. */
    boolean can(Host host, Class<?> capability) {
        return capable(host, capability).isPresent();
    }

    /** How its vendor keeps snapshots; empty if it keeps none. Nothing is sent. */
    Optional<Snapshots.Keeping> keeping(Host host) {
        return capable(host, Snapshots.class).map(Snapshots::keeping);
    }

    /** How often its vendor may copy it by the clock; nothing if it does not. Nothing is sent. */
    List<Backups.Retention> policies(Host host) {
        return capable(host, Backups.class).map(Backups::policies).orElse(List.of());
    }

    /** How many further addresses it can have at its vendor; empty if that has none. Nothing is sent. */
    Optional<Integer> addressesMax(Host host) {
        return capable(host, Addresses.class).map(Addresses::addressesMax);
    }

    private <T> Optional<T> capable(Host host, Class<T> capability) {
        return host.account()
                .flatMap(this::vendor)
                .filter(capability::isInstance)
                .map(capability::cast);
    }

    /** The vendor of an account; empty if nobody knows that, or it cannot be opened. Nothing is sent. */
    Optional<Provider> vendor(String account) {
        try {
            return upstreams.open(account).map(Upstream.Home::provider);
        } catch (ProviderFailure shut) {
            return Optional.empty();
        }
    }

    private Host allowed(Optional<Host> found, UUID serviceId, String permission) {
        var host = found.orElseThrow(() -> new NotVisible("service", serviceId));
        access.requireIn(host.organizationId(), permission);
        return host;
    }

    private static Host host(Row row) {
        var state = Service.State.valueOf(row.text("state"));
        var isRunning = state == Service.State.ACTIVE || state == Service.State.SUSPENDED;
        return new Host(
                row.uuid("id"),
                row.uuid("organization_id"),
                row.uuid("wallet_id"),
                row.maybeText("account"),
                row.text("upstream_region"),
                isRunning && row.maybeText("upstream_id").isPresent(),
                state == Service.State.SUSPENDED,
                row.flag("changing"),
                Currency.getInstance(row.text("currency")),
                row.flag("parked"),
                row.whole("disk_gib"));
    }
}
