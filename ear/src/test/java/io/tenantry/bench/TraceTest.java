package io.tenantry.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.YearMonth;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceTest {
    private static final YearMonth MONTH = YearMonth.of(2026, 1);
    private static final String HEADER = "arrived_s,ended_s,request,vcpus,memory_gb\n";

    @TempDir
    Path folder;

    @Test
    void runningServersEndWithTrace() throws IOException {
        var trace = Trace.read(plain("0,100,a,1,1\n10,,b,1,1\n20,9000,b,1,1\n"));
        assertThat(trace.lastEvents())
                .containsExactly(
                        new Trace.Event(trace.endMicros(), false, 1), new Trace.Event(trace.endMicros(), false, 2));
    }

    @Test
    void chargesStartedHoursInFull() throws IOException {
        // The last arrival is at 7200 s, so the trace ends at 7500 s.
        var file = plain(HEADER
                + "0,0,a,2,3.5\n" // no time at all: one hour
                + "0,3600,a,2,3.5\n" // exactly an hour: one
                + "0,3601,b,2,3.5\n" // a second more: two
                + "100,,b,2,3.5\n" // until the end, 7400 s: three
                + "7200,9000,c,2,3.5\n"); // past the end: one

        var expected = Expectation.of(file, MONTH);

        assertThat(expected.hours()).isEqualTo(8);
        assertThat(expected.total()).isEqualByComparingTo("0.14520544"); // 8 x 0.01815068
    }

    @Test
    void capsMonthAtMonthlyPrice() throws IOException {
        var hours = 31 * 24 + 2;
        var file = plain("0,,a,2,3.5\n" + (hours * 3600L - 300) + ",,b,1,1\n");

        var expected = Expectation.of(file, MONTH);

        // January has 744 hours: 13.25; two hours of February; and one hour of the small server in February.
        assertThat(expected.hours()).isEqualTo(hours + 1);
        assertThat(expected.total()).isEqualByComparingTo("13.29383561");
    }

    @Test
    void readsPlainAndGzippedTraces() throws IOException {
        var text = HEADER + "0,300,7,2,3.50\n300,,8,16,112\n";
        var zipped = folder.resolve("trace.csv.gz");
        try (var out =
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(zipped)), StandardCharsets.UTF_8)) {
            out.write(text);
        }

        var trace = Trace.read(zipped);

        assertThat(trace).isEqualTo(Trace.read(plain(text)));
        assertThat(trace.flavours()).containsOnlyKeys("2x3.5", "16x112");
        assertThat(trace.endMicros()).isEqualTo(600_000_000L);
        assertThat(trace.events()).extracting(Trace.Event::row).containsExactly(0, 1, 0);
        assertThat(Expectation.of(zipped, MONTH)).isEqualTo(Expectation.of(plain(text), MONTH));
    }

    @Test
    void namesInvalidLine() throws IOException {
        var file = plain(HEADER + "0,300,7,2,3.5\n300,200,8,2,3.5\n");

        assertThatThrownBy(() -> Trace.read(file))
                .hasMessageContaining("line 3")
                .hasMessageContaining("300,200,8,2,3.5");
    }

    @Test
    void cutsTraceToFirstHours() throws IOException {
        var cut = folder.resolve("cut.csv");

        Trace.cut(plain(HEADER + "0,9000,7,2,3.5\n3600,,8,2,3.5\n"), 1, cut);

        assertThat(Trace.read(cut).servers()).hasSize(1);
    }

    private Path plain(String text) throws IOException {
        return Files.writeString(folder.resolve("trace.csv"), text, StandardCharsets.UTF_8);
    }
}
