package io.tenantry.cluster;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The reachable heap of a JVM, as reported by the JVM after a full collection. */
public final class LiveHeap {
    private LiveHeap() {}

    /** Returns the live heap in bytes. */
    public static long of(ProcessHandle jvm) throws IOException {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(jvm.pid()),
                        "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        try (var lines = process.inputReader(StandardCharsets.UTF_8)) {
            var total = lines.lines()
                    .filter(line -> line.startsWith("Total"))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("jcmd gave no histogram"));
            return Long.parseLong(total.strip().split("\\s+", -1)[2]);
        }
    }
}
