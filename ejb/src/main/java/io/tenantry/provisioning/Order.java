package io.tenantry.provisioning;

import java.util.UUID;

/**
 * The wish to get a server.
 *
 * @param name what the customer calls it
 * @param planId which plan, on sale in the region
 * @param beginning what it is to begin with
 */
public record Order(UUID organizationId, String name, UUID planId, String region, Beginning beginning) {
    /** The wish for one that begins as usual. */
    public Order(UUID organizationId, String name, UUID planId, String region) {
        this(organizationId, name, planId, region, Beginning.USUAL);
    }
}
