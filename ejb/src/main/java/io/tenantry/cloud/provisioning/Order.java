package io.tenantry.cloud.provisioning;

import java.util.UUID;

/**
 * The wish to get a server.
 *
 * @param name what the customer calls it
 * @param planId which plan, on sale in the region
 * @param launchConfig what it is to begin with
 */
public record Order(UUID organizationId, String name, UUID planId, String region, LaunchConfig launchConfig) {
    /** The wish for one that begins as usual. */
    public Order(UUID organizationId, String name, UUID planId, String region) {
        this(organizationId, name, planId, region, LaunchConfig.USUAL);
    }
}
