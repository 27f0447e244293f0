package io.tenantry.cloud.provisioning;

import java.util.UUID;

/**
 * A service's server has begun anew, or is as it was in a backup: what was known of the one before it holds no more. Fired within the transaction
 * that notes it, under the service's lock.
 */
public record ServerRebuilt(UUID serviceId) {}
