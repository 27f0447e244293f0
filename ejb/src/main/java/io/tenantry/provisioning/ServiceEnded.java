package io.tenantry.provisioning;

import java.time.Instant;
import java.util.UUID;

/** A service is ended at that instant: told within the transaction, under the service's lock, before its wallet is locked. */
public record ServiceEnded(UUID serviceId, Instant at) {}
