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
 * Timeline of a debt up to now.
 *
 * @param since its start
 * @param taken the steps taken, earliest first
 * @param pausedUntil until when no step is taken; empty if there is no pause
 * @param services that are running, or suspended for it; without those that were terminated, or suspended by staff
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

    /** Whether at least one warning was issued, and all issued warnings have been sent. */
    boolean isWarned() {
        var warnings = taken.stream().filter(one -> one.act().isWarning()).toList();
        return !warnings.isEmpty()
                && warnings.stream().allMatch(one -> one.reachedAt().isPresent());
    }

    /** Whether the final notice was issued and has been sent. */
    boolean isFinallyWarned() {
        return of(DunningAction.FINAL_NOTICE).anyMatch(one -> one.reachedAt().isPresent());
    }

    /** When the last warning was sent; the start of the debt if there was none. */
    Instant warnedAt() {
        return taken.stream()
                .filter(one -> one.act().isWarning())
                .flatMap(one -> one.reachedAt().stream())
                .max(Comparator.naturalOrder())
                .orElse(since);
    }

    /** The last step. */
    Optional<StepTaken> last() {
        return taken.stream()
                .max(Comparator.comparing(StepTaken::at)
                        .thenComparing(StepTaken::act)
                        .thenComparing(StepTaken::turn));
    }

    /** Whether the emails of the last step have been sent, or no step has been taken. */
    boolean isHeard() {
        return last().filter(one -> one.reachedAt().isEmpty()).isEmpty();
    }

    /** Returns the number of turns taken of an action. */
    int turns(DunningAction dunningAction) {
        return of(dunningAction).mapToInt(StepTaken::turn).max().orElse(0);
    }

    /** Returns the total delay with which the emails of its turns were sent. */
    Duration delay(DunningAction dunningAction) {
        return of(dunningAction).map(StepTaken::delay).reduce(Duration.ZERO, Duration::plus);
    }

    /** Returns when the emails of a turn were sent. */
    Optional<Instant> reachedAt(DunningAction dunningAction, int turn) {
        return of(dunningAction)
                .filter(one -> one.turn() == turn)
                .flatMap(one -> one.reachedAt().stream())
                .findFirst();
    }

    /** Returns the timeline after a step is taken then, and its emails are sent immediately. */
    DunningTimeline with(DunningPolicy.Next step, Instant at) {
        var longer = new ArrayList<>(taken);
        longer.add(new StepTaken(step.step().act(), step.step().nth(), step.turn(), at, Optional.of(at)));
        return new DunningTimeline(since, longer, pausedUntil, after(step));
    }

    private List<DunningStatus> after(DunningPolicy.Next step) {
        Set<UUID> concerned =
                step.services().stream().map(DunningStatus::serviceId).collect(Collectors.toSet());
        return services.stream()
                .filter(one -> step.step().act() != DunningAction.TERMINATE || !concerned.contains(one.serviceId()))
                .map(one -> step.step().act() == DunningAction.SUSPEND && concerned.contains(one.serviceId())
                        ? one.off(step.turn())
                        : one)
                .toList();
    }

    /** Returns the timeline after all unsent emails are sent then. */
    DunningTimeline reached(Instant at) {
        return new DunningTimeline(
                since, taken.stream().map(one -> one.reached(at)).toList(), pausedUntil, services);
    }
}
