package io.tenantry.dunning;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * How a debt went so far.
 *
 * @param since when it began
 * @param taken which steps were taken, the first first
 * @param pausedUntil until when no step is taken; empty if nobody has said so
 */
public record Course(Instant since, List<Taken> taken, Optional<Instant> pausedUntil) {
    public Course {
        taken = List.copyOf(taken);
    }

    /** One that begins. */
    static Course begun(Instant since) {
        return new Course(since, List.of(), Optional.empty());
    }

    boolean has(Rung rung) {
        return taken.stream().anyMatch(one -> one.act() == rung.act() && one.nth() == rung.nth());
    }

    boolean has(Act act) {
        return taken.stream().anyMatch(one -> one.act() == act);
    }

    /** Whether at least one warning was given, and every one that was given has gone out. */
    boolean isWarned() {
        var warnings = taken.stream().filter(one -> one.act().isWarning()).toList();
        return !warnings.isEmpty()
                && warnings.stream().allMatch(one -> one.reachedAt().isPresent());
    }

    /** Whether the final notice was given and has gone out. */
    boolean isFinallyWarned() {
        return taken.stream()
                .anyMatch(
                        one -> one.act() == Act.FINAL_NOTICE && one.reachedAt().isPresent());
    }

    /** What was done last. */
    Optional<Taken> last() {
        return taken.stream().max(Comparator.comparing(Taken::at).thenComparing(Taken::act));
    }

    /** As it goes on if a step is taken then, and its letters go out at once. */
    Course with(Rung rung, Instant at) {
        var longer = new ArrayList<>(taken);
        longer.add(new Taken(rung.act(), rung.nth(), at, Optional.of(at)));
        return new Course(since, longer, pausedUntil);
    }

    /** As it goes on if all letters that have not gone out do so then. */
    Course reached(Instant at) {
        return new Course(
                since,
                taken.stream()
                        .map(one -> one.reachedAt().isPresent()
                                ? one
                                : new Taken(one.act(), one.nth(), one.at(), Optional.of(at)))
                        .toList(),
                pausedUntil);
    }
}
