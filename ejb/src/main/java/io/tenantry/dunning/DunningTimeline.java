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
public record DunningTimeline(
        Instant since, List<StepTaken> taken, Optional<Instant> pausedUntil, List<DunningStatus> services) {
    public DunningTimeline {
        taken = List.copyOf(taken);
        services = List.copyOf(services);
    }

    boolean has(DunningStep dunningStep) {
        return taken.stream().anyMatch(one -> one.act() == dunningStep.act() && one.nth() == dunningStep.nth());
    }

    boolean has(DunningAction dunningAction) {
        return of(dunningAction).findAny().isPresent();
    }

    private Stream<StepTaken> of(DunningAction dunningAction) {
        return taken.stream().filter(one -> one.act() == dunningAction);
    }

    /** Whether at least one warning was given, and every one that was given has gone out. */
    boolean isWarned() {
        var warnings = taken.stream().filter(one -> one.act().isWarning()).toList();
        return !warnings.isEmpty()
                && warnings.stream().allMatch(one -> one.reachedAt().isPresent());
    }

    /** Whether the final notice was given and has gone out. */
    boolean isFinallyWarned() {
        return of(DunningAction.FINAL_NOTICE).anyMatch(one -> one.reachedAt().isPresent());
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
    Optional<StepTaken> last() {
        return taken.stream()
                .max(Comparator.comparing(StepTaken::at)
                        .thenComparing(StepTaken::act)
                        .thenComparing(StepTaken::turn));
    }

    /** Whether the letters of what was done last have gone out, or nothing was done yet. */
    boolean isHeard() {
        return last().filter(one -> one.reachedAt().isEmpty()).isEmpty();
    }

    /** How many turns of a step were taken. */
    int turns(DunningAction dunningAction) {
        return of(dunningAction).mapToInt(StepTaken::turn).max().orElse(0);
    }

    /** For how long the letters of its turns waited to go out, together. */
    Duration delay(DunningAction dunningAction) {
        return of(dunningAction).map(StepTaken::delay).reduce(Duration.ZERO, Duration::plus);
    }

    /** When the letters of a turn had gone out. */
    Optional<Instant> reachedAt(DunningAction dunningAction, int turn) {
        return of(dunningAction)
                .filter(one -> one.turn() == turn)
                .flatMap(one -> one.reachedAt().stream())
                .findFirst();
    }

    /** As it goes on if a step is taken then, and its letters go out at once. */
    DunningTimeline with(DunningPolicy.Next step, Instant at) {
        var longer = new ArrayList<>(taken);
        longer.add(new StepTaken(step.rung().act(), step.rung().nth(), step.turn(), at, Optional.of(at)));
        return new DunningTimeline(since, longer, pausedUntil, after(step));
    }

    private List<DunningStatus> after(DunningPolicy.Next step) {
        Set<UUID> concerned =
                step.services().stream().map(DunningStatus::serviceId).collect(Collectors.toSet());
        return services.stream()
                .filter(one -> step.rung().act() != DunningAction.TERMINATE || !concerned.contains(one.serviceId()))
                .map(one -> step.rung().act() == DunningAction.SUSPEND && concerned.contains(one.serviceId())
                        ? one.off(step.turn())
                        : one)
                .toList();
    }

    /** As it goes on if all letters that have not gone out do so then. */
    DunningTimeline reached(Instant at) {
        return new DunningTimeline(
                since, taken.stream().map(one -> one.reached(at)).toList(), pausedUntil, services);
    }
}
