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
 * Has servers begin anew, in their place and at their addresses, with another system, keys and script; all that was on them is gone. What
 * was chosen is looked up and copied as with an order; done by {@link RebuildHandler}. The price stays as it is.
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

    /** How it ended. */
    public sealed interface Outcome {
        /** It is written down and begins at once. */
        record Wanted() implements Outcome {}

        /** The name that was typed is not the server's. */
        record Unconfirmed() implements Outcome {}

        /** The server is at something that is not done yet. */
        record Busy(String meanwhile) implements Outcome {}

        /** There is no server at any vendor, or none that can begin anew. */
        record Impossible() implements Outcome {}

        /** What it was to begin with is not there, or not enough was said of it. */
        record Refused(Services.Outcome why) implements Outcome {}
    }

    /**
     * What there is to choose from for a server, as it was read before; empty if it cannot begin anew. Asks no vendor.
     */
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

    /** What it began with last, by the reseller's name of it; empty for the usual one. */
    public String image(UUID serviceId) {
        return serviceLifecycle.image(serviceId);
    }

    /**
     * Asks for it.
     *
     * @param launchConfig without a system, the one that it has is set up anew
     * @param typed the server's name, so that nobody empties another than was meant
     * @throws InvalidStateException unless the service is active
     */
    public Outcome want(UUID serviceId, LaunchConfig launchConfig, String typed) {
        var now = lockedServices.takeActive(serviceId);
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
        var found = launchConfigs.find(order, now.size(), Optional.of(serviceState.place()));
        if (found instanceof LaunchConfigs.Found.Unresolved missing) {
            return new Outcome.Refused(missing.why());
        }
        return begin(serviceState, (LaunchConfigs.Found.All) found);
    }

    private Outcome begin(ServiceState serviceState, LaunchConfigs.Found.All beginning) {
        var image = beginning.image().isEmpty() ? serviceLifecycle.image(serviceState.id()) : beginning.image();
        pendingOperations.rebuild(
                serviceState.id(),
                beginning.place().orElse(serviceState.place()).image(),
                image,
                beginning);
        serviceLifecycle.tell(serviceState, "rebuild_wanted", "image", image);
        audit.record(
                "service.rebuild",
                "service",
                serviceState.id().toString(),
                Map.of("image", image, "keys", String.join(", ", List.of(beginning.keyNames()))));
        return new Outcome.Wanted();
    }
}
