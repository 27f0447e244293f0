package io.tenantry.dunning;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A step that was taken, or a turn of it.
 *
 * @param nth which of its kind, from 1
 * @param turn which turn of it, from 1: services of some plans follow later
 * @param reachedAt when the first of its letters had gone out; empty if none has
 */
public record StepTaken(DunningAction act, int nth, int turn, Instant at, Optional<Instant> reachedAt) {
    /** The only turn of a step, or its first one. */
    public StepTaken(DunningAction act, int nth, Instant at, Optional<Instant> reachedAt) {
        this(act, nth, 1, at, reachedAt);
    }

    /** For how long its letters waited to go out. */
    Duration delay() {
        return reachedAt.map(reached -> Duration.between(at, reached)).orElse(Duration.ZERO);
    }

    StepTaken reached(Instant then) {
        return reachedAt.isPresent() ? this : new StepTaken(act, nth, turn, at, Optional.of(then));
    }
}
