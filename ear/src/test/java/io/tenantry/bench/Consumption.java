package io.tenantry.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Resources used so far by a process and its descendants, as counted by the kernel under {@code /proc}; empty where that does not exist.
 *
 * @param cpuSeconds of all of them, including ended ones
 * @param peakRssMb the sum of their peaks, with shared memory counted once
 */
public record Consumption(double cpuSeconds, long peakRssMb) {
    private static final double TICKS_A_SECOND = 100;
    private static final long KIB_A_MIB = 1_024;

    /** Returns the consumption of a process and its descendants. */
    public static Optional<Consumption> of(ProcessHandle root) {
        try {
            var ticks = ticks(root.pid(), true);
            var own = 0L;
            var shared = 0L;
            var members = Stream.concat(Stream.of(root), root.descendants()).toList();
            for (var member : members) {
                try {
                    if (member.pid() != root.pid()) {
                        ticks += ticks(member.pid(), false);
                    }
                    var memory = kibibytes(member.pid());
                    var sharedNow = memory.getOrDefault("RssShmem", 0L);
                    own += Math.max(0, memory.getOrDefault("VmHWM", 0L) - sharedNow);
                    shared = Math.max(shared, sharedNow);
                } catch (IOException gone) {
                    // The process ended meanwhile: its parent has its time.
                }
            }
            return Optional.of(new Consumption(ticks / TICKS_A_SECOND, (own + shared) / KIB_A_MIB));
        } catch (IOException | RuntimeException noProc) {
            return Optional.empty();
        }
    }

    /** Returns user and system time, optionally including ended children. */
    private static long ticks(long pid, boolean children) throws IOException {
        var stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"), StandardCharsets.ISO_8859_1);
        // Fields 14 to 17. The second field, the name, may contain anything but ends with the last parenthesis.
        var fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1));
        var ticks = Long.parseLong(fields.get(11)) + Long.parseLong(fields.get(12));
        return children ? ticks + Long.parseLong(fields.get(13)) + Long.parseLong(fields.get(14)) : ticks;
    }

    private static Map<String, Long> kibibytes(long pid) throws IOException {
        var found = new HashMap<String, Long>();
        for (var line :
                Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status"), StandardCharsets.ISO_8859_1)) {
            if (line.startsWith("VmHWM:") || line.startsWith("RssShmem:")) {
                var cells = List.of(line.split("\\s+", -1));
                found.put(line.substring(0, line.indexOf(':')), Long.parseLong(cells.get(1)));
            }
        }
        return found;
    }
}
