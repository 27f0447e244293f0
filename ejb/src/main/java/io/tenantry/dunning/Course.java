package io.tenantry.dunning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a debt went so far.
 *
 * @param since when it began
 * @param taken which steps were taken, the first first
 * @param pausedUntil until when no step is taken; empty if nobody has said so
 * @param services that run, or are off for it; those that are ended, or that staff have suspended, are none of its business
 */
public record Course(Instant since, List<Taken> taken, Optional<Instant> pausedUntil, List<Standing> services) {
    public Course {
        taken = List.copyOf(taken);
        services = List.copyOf(services);
    }

    boolean has(Rung rung) {
        return taken.stream().anyMatch(one -> one.act() == rung.act() && one.nth() == rung.nth());
    }

    boolean has(Act act) {
        return of(act).findAny().isPresent();
    }

    private Stream<Taken> of(Act act) {
        return taken.stream().filter(one -> one.act() == act);
    }

    /** Whether at least one warning was given, and every one that was given has gone out. */
    boolean isWarned() {
        var warnings = taken.stream().filter(one -> one.act().isWarning()).toList();
        return !warnings.isEmpty()
                && warnings.stream().allMatch(one -> one.reachedAt().isPresent());
    }

    /** Whether the final notice was given and has gone out. */
    boolean isFinallyWarned() {
        return of(Act.FINAL_NOTICE).anyMatch(one -> one.reachedAt().isPresent());
    }

    /** When the last warning had gone out; when the debt began if there was none. */
    Instant warnedAt() {
        return taken.stream()
                .filter(one -> one.act().isWarning())
                .flatMap(one -> one.reachedAt().stream())
                .max(Comparator.naturalOrder())
                .orElse(since);
    }

    /** What was done last. */
    Optional<Taken> last() {
        return taken.stream()
                .max(Comparator.comparing(Taken::at).thenComparing(Taken::act).thenComparing(Taken::turn));
    }

    /** Whether the letters of what was done last have gone out, or nothing was done yet. */
    boolean isHeard() {
        return last().filter(one -> one.reachedAt().isEmpty()).isEmpty();
    }

    /** How many turns of a step were taken. */
    int turns(Act act) {
        return of(act).mapToInt(Taken::turn).max().orElse(0);
    }

    /** For how long the letters of its turns waited to go out, together. */
    Duration delay(Act act) {
        return of(act).map(Taken::delay).reduce(Duration.ZERO, Duration::plus);
    }

    /** When the letters of a turn had gone out. */
    Optional<Instant> reachedAt(Act act, int turn) {
        return of(act).filter(one -> one.turn() == turn)
                .flatMap(one -> one.reachedAt().stream())
                .findFirst();
    }

    /** As it goes on if a step is taken then, and its letters go out at once. */
    Course with(Ladder.Next step, Instant at) {
        var longer = new ArrayList<>(taken);
        longer.add(new Taken(step.rung().act(), step.rung().nth(), step.turn(), at, Optional.of(at)));
        return new Course(since, longer, pausedUntil, after(step));
    }

    private List<Standing> after(Ladder.Next step) {
        Set<UUID> concerned = step.services().stream().map(Standing::serviceId).collect(Collectors.toSet());
        return services.stream()
                .filter(one -> step.rung().act() != Act.TERMINATE || !concerned.contains(one.serviceId()))
                .map(one -> step.rung().act() == Act.SUSPEND && concerned.contains(one.serviceId())
                        ? one.off(step.turn())
                        : one)
                .toList();
    }

    /** As it goes on if all letters that have not gone out do so then. */
    Course reached(Instant at) {
        return new Course(since, taken.stream().map(one -> one.reached(at)).toList(), pausedUntil, services);
    }
}
