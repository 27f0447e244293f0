package io.tenantry.scale;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The PostgreSQL processes that serve the application's connections, with their memory as counted by the kernel.
 *
 * @param number how many there are
 * @param ownMiB private memory of all of them
 * @param largestMiB private memory of the largest
 * @param sharedMiB shared buffers touched by the busiest of them: counted once for all
 */
record Backends(int number, long ownMiB, long largestMiB, long sharedMiB) {
    private static final long KIB_A_MIB = 1_024;

    /** Total memory. */
    long allMiB() {
        return ownMiB + sharedMiB;
    }

    /** Returns those below a postmaster that work for a user. */
    static Backends of(long postmaster, String user) throws IOException {
        var own = new ArrayList<Long>();
        var shared = 0L;
        for (var process : ProcessHandle.of(postmaster).orElseThrow().children().toList()) {
            var folder = Path.of("/proc", String.valueOf(process.pid()));
            try {
                if (Files.readString(folder.resolve("cmdline"), StandardCharsets.ISO_8859_1)
                        .contains("postgres: " + user + " ")) {
                    var status = Files.readAllLines(folder.resolve("status"), StandardCharsets.ISO_8859_1);
                    own.add(kibibytes(status, "RssAnon:"));
                    shared = Math.max(shared, kibibytes(status, "RssShmem:"));
                }
            } catch (IOException gone) {
                if (Files.exists(folder)) {
                    throw gone;
                }
            }
        }
        return new Backends(
                own.size(),
                own.stream().mapToLong(Long::longValue).sum() / KIB_A_MIB,
                own.stream().mapToLong(Long::longValue).max().orElse(0) / KIB_A_MIB,
                shared / KIB_A_MIB);
    }

    private static long kibibytes(List<String> status, String name) {
        return status.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> Long.valueOf(line.replaceAll("\\D", "")))
                .findFirst()
                .orElse(0L);
    }
}
