package io.tenantry.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the benchmark: it still runs, and charges what an independent reader of the trace computes. */
@Tag("measured")
class BenchIT {
    private static final int SERVERS = 400;

    @TempDir
    static Path folder;

    @Test
    void chargesAShortTraceToTheLastDecimal() throws Exception {
        var trace = Files.writeString(
                folder.resolve("trace.csv"),
                IntStream.range(0, SERVERS)
                        .mapToObj(BenchIT::row)
                        .collect(Collectors.joining("\n", "arrived_s,ended_s,request,vcpus,memory_gb\n", "\n")));
        var out = folder.resolve("out.json");

        // Fails if charged and expected amounts differ.
        Bench.main(new String[] {
            trace.toString(),
            out.toString(),
            System.getProperty("tenantry.it.ear"),
            System.getProperty("tenantry.it.home"),
            folder.resolve("scratch").toString(),
            "all",
            "true",
            "true"
        });

        assertThat(Files.readString(out, StandardCharsets.UTF_8))
                .contains("\"servers\": " + SERVERS)
                .contains("\"ledger_balanced\": true");
    }

    /** Sizes at prices with fractions of a cent among them; one in seven servers runs until the end. */
    private static String row(int server) {
        var arrived = server * 25;
        var ended = server % 7 == 0 ? "" : String.valueOf(arrived + 600 + server % 11 * 1_000);
        return arrived + "," + ended + ",r" + server % 40 + "," + (1 + server % 3) + ","
                + (server % 2 == 0 ? "0.75" : "1.75");
    }
}
