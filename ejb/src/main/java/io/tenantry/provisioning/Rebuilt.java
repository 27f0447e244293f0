package io.tenantry.provisioning;

import java.util.UUID;

/** A service's server has begun anew: what was known of the one before it holds no more. Fired within the transaction that notes it. */
public record Rebuilt(UUID serviceId) {}
