package io.tenantry.cloud.provisioning;

import java.util.Optional;
import java.util.UUID;

/**
 * An order of a server.
 *
 * @param name the customer's name for it
 * @param planId a plan on sale in the region
 * @param launchConfig its launch configuration
 * @param seenPrice the price version of the plan that the customer saw; the order is refused at any other price
 */
public record Order(
        UUID organizationId,
        String name,
        UUID planId,
        String region,
        LaunchConfig launchConfig,
        Optional<UUID> seenPrice) {
    /** Creates an order at the price in force. */
    public Order(UUID organizationId, String name, UUID planId, String region, LaunchConfig launchConfig) {
        this(organizationId, name, planId, region, launchConfig, Optional.empty());
    }

    /** Creates an order with the default launch configuration. */
    public Order(UUID organizationId, String name, UUID planId, String region) {
        this(organizationId, name, planId, region, LaunchConfig.USUAL);
    }
}
