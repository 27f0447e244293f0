package io.tenantry.admin.auditor;

import java.util.Optional;
import java.util.UUID;

/**
 * A place where an invariant does not hold.
 *
 * @param walletId the wallet that is parked for it, if it is one wallet's
 */
public record Violation(String invariant, Optional<UUID> walletId, String detail) {}
