package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ServerRebuild;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Rebuilds servers in place and with the same addresses, with another image, keys and script; all data on them is erased. The choices are
 * resolved and copied as for an order; carried out by {@link RebuildHandler}. The price stays the same.
 */
@Stateless
public class Rebuilds {
    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    LockedServices lockedServices;

    @Inject
    ProviderCapabilities providerCapabilities;

    @Inject
    Images images;

    @Inject
    LaunchConfigs launchConfigs;

    @Inject
    ServiceLifecycle serviceLifecycle;

    @Inject
    PendingOperations pendingOperations;

    /** The outcome of a request. */
    public sealed interface Outcome {
        /** The rebuild is recorded and starts immediately. */
        record Wanted() implements Outcome {}

        /** The name that was typed is not the server's. */
        record Unconfirmed() implements Outcome {}

        /** Another operation on the server is in progress. */
        record Busy(String meanwhile) implements Outcome {}

        /** There is no server at a provider, or none that can be rebuilt. */
        record Impossible() implements Outcome {}

        /** The launch configuration is incomplete, or refers to something that does not exist. */
        record Refused(ServiceOrders.Outcome why) implements Outcome {}
    }

    /** Returns the choices for a server that was read before; empty if it cannot be rebuilt. Does not call the provider. */
    public Optional<Images.Offered> offered(Services.Summary now) {
        access.requireIn(now.organizationId(), Permission.VPS_VIEW);
        if (!now.hasServer()) {
            return Optional.empty();
        }
        var placement = serviceLifecycle.read(now.id()).place();
        return providerCapabilities.has(placement.account(), ServerRebuild.class)
                ? Optional.of(images.offered(placement, now.size()))
                : Optional.empty();
    }

    /** Returns its present image, by the reseller's name; empty for the default. */
    public String image(UUID serviceId) {
        return serviceLifecycle.image(serviceId);
    }

    /**
     * Requests a rebuild. Since it erases the disk, it requires the permission to delete servers as well, and the deletion lock prevents it.
     *
     * @param launchConfig without an image, the present one is installed again
     * @param typed the server's name as confirmation, so that no other server is erased by mistake
     * @throws InvalidStateException unless the service is active
     * @throws DeletionLockedException if its deletion lock is set
     */
    public Outcome want(UUID serviceId, LaunchConfig launchConfig, String typed) {
        var now = lockedServices.takeActive(serviceId);
        access.requireIn(now.organizationId(), Permission.VPS_DELETE);
        if (now.locked()) {
            throw new DeletionLockedException(now.name());
        }
        var meanwhile = lockedServices.meanwhile(now);
        if (meanwhile.isPresent()) {
            return new Outcome.Busy(meanwhile.get());
        }
        if (!now.hasServer()) {
            return new Outcome.Impossible();
        }
        if (!typed.strip().equals(now.name())) {
            return new Outcome.Unconfirmed();
        }
        var serviceState = serviceLifecycle.read(serviceId);
        if (!providerCapabilities.has(serviceState.place().account(), ServerRebuild.class)) {
            return new Outcome.Impossible();
        }
        var order = new Order(now.organizationId(), now.name(), now.planId(), now.regionCode(), launchConfig);
        var resolution = launchConfigs.find(order, now.size(), Optional.of(serviceState.place()));
        if (resolution instanceof LaunchConfigs.Resolution.Unresolved missing) {
            return new Outcome.Refused(missing.why());
        }
        return begin(serviceState, (LaunchConfigs.Resolution.All) resolution);
    }

    private Outcome begin(ServiceState serviceState, LaunchConfigs.Resolution.All beginning) {
        var image = beginning.image().isEmpty() ? serviceLifecycle.image(serviceState.id()) : beginning.image();
        pendingOperations.rebuild(
                serviceState.id(),
                beginning.place().orElse(serviceState.place()).image(),
                image,
                beginning);
        serviceLifecycle.recordEvent(serviceState, "rebuild_wanted", "image", image);
        audit.record(
                "service.rebuild_requested",
                "service",
                serviceState.id().toString(),
                Map.of("image", image, "keys", String.join(", ", List.of(beginning.keyNames()))));
        return new Outcome.Wanted();
    }
}
