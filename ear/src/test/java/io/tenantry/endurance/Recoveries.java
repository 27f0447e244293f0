package io.tenantry.endurance;

import io.tenantry.cluster.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The time from each fault until a charge was committed again. */
final class Recoveries {
    private final Map<Fault, List<Long>> millis = new EnumMap<>(Fault.class);

    void add(Fault fault, Duration took) {
        millis.computeIfAbsent(fault, kind -> new ArrayList<>()).add(took.toMillis());
    }

    int faults() {
        return millis.values().stream().mapToInt(List::size).sum();
    }

    void tell(Figures figures) {
        figures.tell("faults", faults());
        millis.forEach((fault, all) -> {
            var sorted = all.stream().sorted().toList();
            figures.tell(fault.figure(), sorted.size());
            figures.tell(fault.figure() + "_recovery_p50_ms", sorted.get(sorted.size() / 2));
            figures.tell(fault.figure() + "_recovery_p95_ms", sorted.get((sorted.size() * 95 + 99) / 100 - 1));
            figures.tell(fault.figure() + "_recovery_max_ms", sorted.get(sorted.size() - 1));
        });
    }
}
