package io.tenantry.dunning;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * How a service stands with the debt of its wallet: it runs and was not switched off for it, or it was and still is.
 *
 * @param planId which it has now: what the ladder says of that one holds
 * @param since when it came up, or back, last: its days begin no earlier
 * @param off in which turn it was switched off; empty while it runs
 */
public record DunningStatus(UUID serviceId, String name, UUID planId, Instant since, Optional<Integer> off) {
    DunningStatus off(int turn) {
        return new DunningStatus(serviceId, name, planId, since, Optional.of(turn));
    }

    boolean isOff() {
        return off.isPresent();
    }
}
