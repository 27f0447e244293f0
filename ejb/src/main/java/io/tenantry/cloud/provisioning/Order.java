package io.tenantry.cloud.provisioning;

import java.util.UUID;

/**
 * An order of a server.
 *
 * @param name the customer's name for it
 * @param planId a plan on sale in the region
 * @param launchConfig its launch configuration
 */
public record Order(UUID organizationId, String name, UUID planId, String region, LaunchConfig launchConfig) {
    /** Creates an order with the default launch configuration. */
    public Order(UUID organizationId, String name, UUID planId, String region) {
        this(organizationId, name, planId, region, LaunchConfig.USUAL);
    }
}
