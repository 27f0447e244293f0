package io.tenantry.cloud.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("full")
class AsciicastTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    private final AtomicLong nanos = new AtomicLong(5);
    private final Asciicast asciicast = new Asciicast(90, 30, NOON, nanos::get);

    @Test
    void writesEachChunkWithItsTime() throws IOException {
        advance(Duration.ofMillis(1_250));
        asciicast.heard(bytes("hello \u001b[1m\"world\"\r\n"));
        advance(Duration.ofSeconds(2));
        asciicast.heard(bytes("bye"));
        var completedRecording = asciicast.end();
        assertThat(lines(completedRecording))
                .containsExactly(
                        "{\"version\":2,\"width\":90,\"height\":30,\"timestamp\":1795348800}",
                        "[1.250000,\"o\",\"hello \\u001b[1m\\\"world\\\"\\r\\n\"]",
                        "[3.250000,\"o\",\"bye\"]");
        assertThat(completedRecording.startedAt()).isEqualTo(NOON);
        assertThat(completedRecording.seconds()).isEqualTo(3);
        assertThat(completedRecording.bytes()).isEqualTo(19 + 3);
        assertThat(completedRecording.isCut()).isFalse();
    }

    @Test
    void joinsACharacterSplitAcrossChunks() throws IOException {
        var letter = bytes("\u20ac");
        asciicast.heard(new byte[] {letter[0]});
        asciicast.heard(new byte[] {letter[1], letter[2], 'x', (byte) 0xff});
        asciicast.heard(bytes("y"));
        assertThat(String.join("", lines(asciicast.end()).subList(1, 3)))
                .contains("\"\u20acx\ufffd\"")
                .contains("\"y\"");
    }

    @Test
    void truncatesARecordingAboveTheCompressedLimit() {
        var random = new Random(7);
        var noise = new byte[16 * 1_024];
        for (var i = 0; i < 100; i++) {
            random.nextBytes(noise);
            asciicast.heard(noise);
        }
        var completedRecording = asciicast.end();
        assertThat(completedRecording.isCut()).isTrue();
        assertThat(completedRecording.packed().length)
                .isBetween(Asciicast.PACKED_MAX, Asciicast.PACKED_MAX + 128 * 1_024);
        assertThat(completedRecording.bytes()).isEqualTo(100 * 16 * 1_024);
    }

    @Test
    void truncatesARecordingAboveTheUncompressedLimit() {
        var same = new byte[32 * 1_024];
        for (var i = 0; i < 300; i++) {
            asciicast.heard(same);
        }
        assertThat(asciicast.end().isCut()).isTrue();
    }

    private void advance(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static List<String> lines(Asciicast.CompletedRecording completedRecording) throws IOException {
        try (var in = new GZIPInputStream(new ByteArrayInputStream(completedRecording.packed()))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
