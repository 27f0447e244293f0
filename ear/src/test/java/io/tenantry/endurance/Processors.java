package io.tenantry.endurance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * The total work of the machine's processors since boot, in kernel ticks.
 *
 * @param busy neither idle nor waiting for a disk
 */
record Processors(long busy, long all) {
    private static final int IDLE = 3;
    private static final int WAITING = 4;

    static Processors now() throws IOException {
        var cells = Files.readAllLines(Path.of("/proc/stat"), StandardCharsets.ISO_8859_1)
                .get(0)
                .split("\\s+", -1);
        var ticks = Stream.of(cells).skip(1).limit(8).map(Long::valueOf).toList();
        var all = ticks.stream().mapToLong(Long::longValue).sum();
        return new Processors(all - ticks.get(IDLE) - ticks.get(WAITING), all);
    }

    Processors since(Processors earlier) {
        return new Processors(busy - earlier.busy, all - earlier.all);
    }

    Processors plus(Processors other) {
        return new Processors(busy + other.busy, all + other.all);
    }

    double percent() {
        return 100.0 * busy / Math.max(1, all);
    }
}
