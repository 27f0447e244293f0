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

/** The servers that add-ons belong to, and the wallets that pay for them. Joins the caller's transaction. */
@ApplicationScoped
public class AddonServers {
    private static final String QUERY = """
            select s.id, s.organization_id, s.wallet_id, s.state, s.account, coalesce(s.provider_region, '') as provider_region,
                   s.provider_ref, s.pending_operation is not null as pending_operation, w.currency, w.parked is not null as parked, p.disk_gib, s.locked
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
     * @param account the account with its provider; empty if it exists in the database only
     * @param isUp whether it exists at its provider and is active, running or not
     * @param isSuspended whether staff have suspended it: its customer can request nothing more for it
     * @param isChanging whether it is being resized, rebuilt or moved to another image
     * @param isParked whether its wallet cannot be used at present
     * @param diskGib disk size of its plan
     * @param isLocked whether its deletion lock is set
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
            int diskGib,
            boolean isLocked) {}

    /** Reads a server if the caller has the permission for it. */
    Host read(UUID serviceId, String permission) {
        return allowed(sql.first(QUERY, AddonServers::host, serviceId), serviceId, permission);
    }

    /** Locks a server until the transaction ends, so that concurrent requests are handled one after the other. */
    Host lock(UUID serviceId, String permission) {
        return allowed(
                sql.first(QUERY + " for no key update of s", AddonServers::host, serviceId), serviceId, permission);
    }

    /** Whether its provider has that capability. Sends nothing. */
    boolean can(Host host, Class<?> capability) {
        return capable(host, capability).isPresent();
    }

    /** Returns how its provider keeps snapshots; empty if it keeps none. Sends nothing. */
    Optional<Snapshots.Keeping> keeping(Host host) {
        return capable(host, Snapshots.class).map(Snapshots::keeping);
    }

    /** Returns the backup frequencies that its provider offers; empty if there are none. Sends nothing. */
    List<Backups.Retention> policies(Host host) {
        return capable(host, Backups.class).map(Backups::policies).orElse(List.of());
    }

    /** Returns the maximum number of additional addresses at its provider; empty if it offers none. Sends nothing. */
    Optional<Integer> addressesMax(Host host) {
        return capable(host, AdditionalAddresses.class).map(AdditionalAddresses::addressesMax);
    }

    private <T> Optional<T> capable(Host host, Class<T> capability) {
        return host.account()
                .flatMap(this::capability)
                .filter(capability::isInstance)
                .map(capability::cast);
    }

    /** Returns the client of an account's provider; empty if the account is unknown or cannot be opened. Sends nothing. */
    Optional<ProviderClient> capability(String account) {
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
                row.flag("pending_operation"),
                Currency.getInstance(row.text("currency")),
                row.flag("parked"),
                row.whole("disk_gib"),
                row.flag("locked"));
    }
}
