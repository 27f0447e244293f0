package io.tenantry.dunning;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Dunning status of a service: it is running and was not suspended for the debt of its wallet, or it was and still is.
 *
 * @param planId its current plan, whose rule applies
 * @param since when it was last activated or resumed: its days start no earlier
 * @param off the turn in which it was suspended; empty while it is running
 */
public record DunningStatus(UUID serviceId, String name, UUID planId, Instant since, Optional<Integer> off) {
    DunningStatus off(int turn) {
        return new DunningStatus(serviceId, name, planId, since, Optional.of(turn));
    }

    boolean isOff() {
        return off.isPresent();
    }
}
