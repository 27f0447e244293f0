package io.tenantry.dunning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Services mentioned in a dunning email: which ones are affected, and what happens to which of them after how long. Independent of clock and
 * database.
 *
 * @param time until the announced consequence; zero if none is announced
 * @param names of the services suspended or terminated now
 * @param turns when the announced consequence affects which of them; empty if it affects all of them after that time, or none
 * @param follow when the same step is taken for which other services
 * @param kept other services, which are never suspended
 * @param free those suspended now that are not charged while they are
 */
record SuspensionSchedule(
        Duration time,
        List<String> names,
        List<SuspensionStep> turns,
        List<SuspensionStep> follow,
        List<String> kept,
        List<String> free) {
    /** Schedule of an email that concerns no services. */
    static final SuspensionSchedule NONE =
            new SuspensionSchedule(Duration.ZERO, List.of(), List.of(), List.of(), List.of(), List.of());

    /** Returns the schedule of an email that only states a duration. */
    static SuspensionSchedule lasting(Duration time) {
        return new SuspensionSchedule(time, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** How far ahead steps are determined: longer than any policy. */
    private static final Duration FAR = Duration.ofDays(20L * DunningStep.DAYS_MAX);

    /** What happens to these services after that time. */
    record SuspensionStep(Duration time, List<String> names) {}

    /** Returns the schedule for a step taken at an instant. */
    static SuspensionSchedule of(
            DunningPolicy dunningPolicy, DunningTimeline dunningTimeline, DunningPolicy.Next step, Instant at) {
        var rest = dunningTimeline.with(step, at);
        var ahead = dunningPolicy.ahead(rest, at, at.plus(FAR));
        var suspended = turns(ahead, DunningAction.SUSPEND, at, rest.services());
        var kept = names(dunningPolicy.kept(rest.services()));
        return switch (step.step().act()) {
            case RUNWAY, REMIND, FINAL_NOTICE ->
                new SuspensionSchedule(
                        first(suspended),
                        List.of(),
                        suspended.size() > 1 ? suspended : List.of(),
                        List.of(),
                        suspended.isEmpty() ? List.of() : kept,
                        List.of());
            case SUSPEND -> {
                var ended = turns(ahead, DunningAction.TERMINATE, at, step.services());
                var isOfAll = ended.size() == 1
                        && ended.get(0).names().size() == step.services().size();
                yield new SuspensionSchedule(
                        first(ended),
                        names(step.services()),
                        isOfAll ? List.of() : ended,
                        suspended,
                        kept,
                        names(step.services().stream()
                                .filter(one -> !dunningPolicy.isCharging(one.planId()))
                                .toList()));
            }
            case TERMINATE ->
                new SuspensionSchedule(
                        Duration.ZERO,
                        names(step.services()),
                        List.of(),
                        turns(ahead, DunningAction.TERMINATE, at, off(rest.services())),
                        List.of(),
                        List.of());
        };
    }

    private static List<DunningStatus> off(List<DunningStatus> services) {
        return services.stream().filter(DunningStatus::isOff).toList();
    }

    private static Duration first(List<SuspensionStep> turns) {
        return turns.isEmpty() ? Duration.ZERO : turns.get(0).time();
    }

    /** Returns the upcoming turns of a step, limited to these services. */
    private static List<SuspensionStep> turns(
            List<DunningPolicy.ForecastStep> ahead, DunningAction dunningAction, Instant from, List<DunningStatus> of) {
        var ids = of.stream().map(DunningStatus::serviceId).collect(Collectors.toSet());
        return ahead.stream()
                .filter(coming -> coming.step().act() == dunningAction)
                .map(coming -> new SuspensionStep(
                        Duration.between(from, coming.at()),
                        names(coming.services().stream()
                                .filter(one -> ids.contains(one.serviceId()))
                                .toList())))
                .filter(suspensionStep -> !suspensionStep.names().isEmpty())
                .toList();
    }

    private static List<String> names(List<DunningStatus> services) {
        return services.stream().map(DunningStatus::name).toList();
    }

    /** Returns the parameters for the email template. */
    Map<String, String> facts() {
        var facts = new HashMap<String, String>();
        facts.put("hours", Long.toString(time.toHours()));
        facts.put("names", String.join("\n", names));
        facts.put("turns", lines(turns));
        facts.put("follow", lines(follow));
        facts.put("kept", String.join("\n", kept));
        facts.put("free", free.size() == names.size() ? "" : String.join("\n", free));
        return facts;
    }

    private static String lines(List<SuspensionStep> turns) {
        return turns.stream()
                .map(suspensionStep -> {
                    var parts = new ArrayList<String>();
                    parts.add(Long.toString(suspensionStep.time().toHours()));
                    parts.addAll(suspensionStep.names());
                    return String.join("\t", parts);
                })
                .collect(Collectors.joining("\n"));
    }
}
