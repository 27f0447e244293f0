package io.tenantry.dunning;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a letter about a step says of services: which it is about, and what comes for which of them after how long. Pure.
 *
 * @param time until what the letter threatens with; zero if it threatens with nothing
 * @param names of those that are switched off, or ended, now
 * @param turns when what it threatens with happens to which of them; empty if to all of them after that time, or to none
 * @param follow when the same step is taken of which others
 * @param kept others that are never switched off
 * @param free those that are switched off now and cost nothing while they are
 */
record Schedule(
        Duration time, List<String> names, List<Turn> turns, List<Turn> follow, List<String> kept, List<String> free) {
    /** Of a letter that is about none. */
    static final Schedule NONE = new Schedule(Duration.ZERO, List.of(), List.of(), List.of(), List.of(), List.of());

    /** Of a letter that says how long it lasts. */
    static Schedule lasting(Duration time) {
        return new Schedule(time, List.of(), List.of(), List.of(), List.of(), List.of());
    }

    /** So far is looked ahead: longer than any ladder. */
    private static final Duration FAR = Duration.ofDays(20L * Rung.DAYS_MAX);

    /** What happens after that long to these. */
    record Turn(Duration time, List<String> names) {}

    /** What is said when a step is taken then. */
    static Schedule of(Ladder ladder, Course course, Ladder.Next step, Instant at) {
        var rest = course.with(step, at);
        var ahead = ladder.ahead(rest, at, at.plus(FAR));
        var suspended = turns(ahead, Act.SUSPEND, at, rest.services());
        var kept = names(ladder.kept(rest.services()));
        return switch (step.rung().act()) {
            case RUNWAY, REMIND, FINAL_NOTICE ->
                new Schedule(
                        first(suspended),
                        List.of(),
                        suspended.size() > 1 ? suspended : List.of(),
                        List.of(),
                        suspended.isEmpty() ? List.of() : kept,
                        List.of());
            case SUSPEND -> {
                var ended = turns(ahead, Act.TERMINATE, at, step.services());
                var isOfAll = ended.size() == 1
                        && ended.get(0).names().size() == step.services().size();
                yield new Schedule(
                        first(ended),
                        names(step.services()),
                        isOfAll ? List.of() : ended,
                        suspended,
                        kept,
                        names(step.services().stream()
                                .filter(one -> !ladder.isCharging(one.planId()))
                                .toList()));
            }
            case TERMINATE ->
                new Schedule(
                        Duration.ZERO,
                        names(step.services()),
                        List.of(),
                        turns(ahead, Act.TERMINATE, at, off(rest.services())),
                        List.of(),
                        List.of());
        };
    }

    private static List<Standing> off(List<Standing> services) {
        return services.stream().filter(Standing::isOff).toList();
    }

    private static Duration first(List<Turn> turns) {
        return turns.isEmpty() ? Duration.ZERO : turns.get(0).time();
    }

    /** The turns of a step that come, as far as they are about these. */
    private static List<Turn> turns(List<Ladder.Foreseen> ahead, Act act, Instant from, List<Standing> of) {
        var ids = of.stream().map(Standing::serviceId).collect(Collectors.toSet());
        return ahead.stream()
                .filter(coming -> coming.rung().act() == act)
                .map(coming -> new Turn(
                        Duration.between(from, coming.at()),
                        names(coming.services().stream()
                                .filter(one -> ids.contains(one.serviceId()))
                                .toList())))
                .filter(turn -> !turn.names().isEmpty())
                .toList();
    }

    private static List<String> names(List<Standing> services) {
        return services.stream().map(Standing::name).toList();
    }

    /** As letters take it. */
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

    private static String lines(List<Turn> turns) {
        return turns.stream()
                .map(turn -> {
                    var parts = new ArrayList<String>();
                    parts.add(Long.toString(turn.time().toHours()));
                    parts.addAll(turn.names());
                    return String.join("\t", parts);
                })
                .collect(Collectors.joining("\n"));
    }
}
