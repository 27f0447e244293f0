package io.tenantry.provisioning;

import java.util.UUID;

/**
 * The wish to get a server.
 *
 * @param name what the customer calls it
 * @param planId which plan, on sale in the region
 */
public record Order(UUID organizationId, String name, UUID planId, String region) {}
