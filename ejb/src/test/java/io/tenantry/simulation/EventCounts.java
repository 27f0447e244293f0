package io.tenantry.simulation;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Counts of each kind of event. */
final class EventCounts {
    private final Map<String, Long> counts = new TreeMap<>();

    void count(String group, String what) {
        add(group, what, 1);
    }

    void add(String group, String what, long times) {
        counts.merge(group + "|" + what, times, Long::sum);
    }

    void add(EventCounts other) {
        other.counts.forEach((what, times) -> counts.merge(what, times, Long::sum));
    }

    long of(String group, String what) {
        return counts.getOrDefault(group + "|" + what, 0L);
    }

    /** Returns the total of a group. */
    long of(String group) {
        return counts.entrySet().stream()
                .filter(one -> one.getKey().startsWith(group + "|"))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Returns the number of kinds in a group. */
    long kinds(String group) {
        return counts.keySet().stream()
                .filter(one -> one.startsWith(group + "|"))
                .count();
    }

    /** Returns all counts except a group's, as lines of a table. */
    String table(String without) {
        return counts.entrySet().stream()
                .filter(one -> !one.getKey().startsWith(without + "|"))
                .map(one -> "| " + one.getKey().replace("|", " | ") + " | " + one.getValue() + " |")
                .collect(Collectors.joining("\n"));
    }
}
