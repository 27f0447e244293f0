package io.tenantry.admin.auditor;

import java.util.Optional;
import java.util.UUID;

/**
 * A violation of an invariant.
 *
 * @param walletId the wallet parked for it, if it concerns one wallet
 */
public record Violation(String invariant, Optional<UUID> walletId, String detail) {}
