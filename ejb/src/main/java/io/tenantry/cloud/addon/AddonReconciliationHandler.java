package io.tenantry.cloud.addon;

import io.tenantry.cloud.addon.AddonObservations.ChargedAddon;
import io.tenantry.cloud.addon.AddonObservations.ObservedResource;
import io.tenantry.cloud.addon.AddonObservations.ServerWithAddresses;
import io.tenantry.cloud.provider.AdditionalAddresses;
import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.Backups;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.Snapshots;
import io.tenantry.cloud.provider.Volumes;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItems;
import io.tenantry.workqueue.WorkOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Compares every hour the volumes, snapshots, additional addresses and backups of an account with those that are charged, so that the reseller
 * does not unknowingly pay for one with our resource tag or at one of our servers, nor a customer for one that does not exist. Discrepancies are
 * reported and never corrected automatically: staff decide, by {@link AddonDiscrepancyActions}.
 */
@ApplicationScoped
public class AddonReconciliationHandler implements WorkHandler {
    /** The kind of its work items; the key is the account. */
    public static final String KIND = "addon-reconcile";

    static final Duration EVERY = Duration.ofHours(1);

    @Inject
    AddonObservations observed;

    @Inject
    ProvisioningTargets provisioningTargets;

    /** For the container. */
    public AddonReconciliationHandler() {}

    /** For use outside a container. */
    AddonReconciliationHandler(AddonObservations observed, ProvisioningTargets provisioningTargets) {
        this.observed = observed;
        this.provisioningTargets = provisioningTargets;
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public WorkOutcome work(ClaimedWorkItem claimedWorkItem) {
        var account = claimedWorkItem.key().substring(WorkItems.ROUND.length());
        try {
            Optional<ProviderClient> provider =
                    provisioningTargets.open(account).map(ProvisioningTarget.TargetAccount::provider);
            if (provider.isPresent()) {
                var before = observed.charged(account);
                var things = new ArrayList<>(there(provider.get(), observed.copied(account)));
                var unsure = new HashSet<UUID>();
                if (provider.get() instanceof AdditionalAddresses additionalAddresses) {
                    var servers = observed.addressed(account);
                    things.addAll(addressesThere(additionalAddresses, servers, before));
                    observed.lost(account).stream()
                            .filter(one -> additionalAddresses.isKept(one.serverId(), one.text()))
                            .map(AddressLost::thing)
                            .forEach(things::add);
                    servers.stream()
                            .filter(ServerWithAddresses::isMoving)
                            .map(ServerWithAddresses::serviceId)
                            .forEach(unsure::add);
                }
                if (provider.get() instanceof Backups backups) {
                    observed.backedUp(account, backups.backedUp()).forEach(one -> things.add(one.thing(before)));
                }
                observed.compare(claimedWorkItem, account, before, things, unsure);
            }
        } catch (ProviderFailure silent) {
            return WorkOutcome.later(silent.comeAgainIn()
                    .filter(pause -> pause.compareTo(EVERY) > 0)
                    .orElse(EVERY));
        }
        return WorkOutcome.later(EVERY);
    }

    private static List<ObservedResource> there(ProviderClient providerClient, List<String> copied) {
        var things = new ArrayList<ObservedResource>();
        if (providerClient instanceof Volumes volumes) {
            volumes.volumes().forEach(volume -> things.add(ObservedResource.of(volume)));
        }
        if (providerClient instanceof Snapshots snapshots && !copied.isEmpty()) {
            var isBilled = snapshots.keeping() != Snapshots.Keeping.WITH_BACKUPS;
            snapshots.snapshotsOf(copied).forEach(snapshot -> things.add(ObservedResource.of(snapshot, isBilled)));
        }
        return things;
    }

    private static List<ObservedResource> addressesThere(
            AdditionalAddresses additionalAddresses,
            List<ServerWithAddresses> servers,
            Map<UUID, ChargedAddon> charged) {
        return servers.stream()
                .flatMap(server ->
                        server.things(addressesIfThere(additionalAddresses, server.upstreamId()), charged).stream())
                .toList();
    }

    /** A server that is gone together with its addresses has none. */
    private static List<Address> addressesIfThere(AdditionalAddresses additionalAddresses, String serverId) {
        try {
            return additionalAddresses.addresses(serverId);
        } catch (ProviderFailure failure) {
            if (failure.reason() != Reason.NOT_FOUND) {
                throw failure;
            }
            return List.of();
        }
    }
}
