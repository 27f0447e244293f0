package io.tenantry.cloud.addon;

import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
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
public class AddonServers {
    private static final String QUERY = """
            select s.id, s.organization_id, s.wallet_id, s.state, s.account, coalesce(s.provider_region, '') as provider_region,
                   s.provider_ref, s.changing is not null as changing, w.currency, w.parked is not null as parked, p.disk_gib
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
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public AddonServers() {}

    /** For use outside a container. */
    AddonServers(Sql sql, Access access, ProvisioningTargets provisioningTargets) {
        this.sql = sql;
        this.access = access;
        this.provisioningTargets = provisioningTargets;
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
        return allowed(sql.first(QUERY, AddonServers::host, serviceId), serviceId, permission);
    }

    /** It until the transaction ends, so that what is asked for twice is asked for one after the other. */
    Host lock(UUID serviceId, String permission) {
        return allowed(
                sql.first(QUERY + " for no key update of s", AddonServers::host, serviceId), serviceId, permission);
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
        return capable(host, AdditionalAddresses.class).map(AdditionalAddresses::addressesMax);
    }

    private <T> Optional<T> capable(Host host, Class<T> capability) {
        return host.account()
                .flatMap(this::vendor)
                .filter(capability::isInstance)
                .map(capability::cast);
    }

    /** The vendor of an account; empty if nobody knows that, or it cannot be opened. Nothing is sent. */
    Optional<ProviderClient> vendor(String account) {
        try {
            return provisioningTargets.open(account).map(ProvisioningTarget.TargetAccount::provider);
        } catch (ProviderFailure shut) {
            return Optional.empty();
        }
    }

    private Host allowed(Optional<Host> found, UUID serviceId, String permission) {
        var host = found.orElseThrow(() -> new NotFoundException("service", serviceId));
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
                row.text("provider_region"),
                isRunning && row.maybeText("provider_ref").isPresent(),
                state == Service.State.SUSPENDED,
                row.flag("changing"),
                Currency.getInstance(row.text("currency")),
                row.flag("parked"),
                row.whole("disk_gib"));
    }
}
