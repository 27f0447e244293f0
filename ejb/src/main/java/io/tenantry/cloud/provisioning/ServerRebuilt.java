package io.tenantry.cloud.provisioning;

import java.util.UUID;

/**
 * Fired when the server of a service was rebuilt or restored from a backup, so that what was known of the one before is outdated. Fired within
 * the transaction that records it, under the service's lock.
 */
public record ServerRebuilt(UUID serviceId) {}
