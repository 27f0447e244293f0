package io.tenantry.dunning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A step that was taken, or a turn of it.
 *
 * @param nth its number among those with the same action, from 1
 * @param turn its turn, from 1: services of some plans follow later
 * @param reachedAt when the first of its emails was sent; empty if none was
 */
public record StepTaken(DunningAction act, int nth, int turn, Instant at, Optional<Instant> reachedAt) {
    /** Creates the only or first turn of a step. */
    public StepTaken(DunningAction act, int nth, Instant at, Optional<Instant> reachedAt) {
        this(act, nth, 1, at, reachedAt);
    }

    /** The delay with which its emails were sent. */
    Duration delay() {
        return reachedAt.map(reached -> Duration.between(at, reached)).orElse(Duration.ZERO);
    }

    StepTaken reached(Instant then) {
        return reachedAt.isPresent() ? this : new StepTaken(act, nth, turn, at, Optional.of(then));
    }
}
