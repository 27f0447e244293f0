package io.tenantry.cloud.recording;

import jakarta.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.function.LongSupplier;
import java.util.zip.GZIPOutputStream;

/**
 * Records the output of a console with its timing: the lines of an asciicast (version 2), compressed as they arrive. Input is not recorded,
 * except where the server echoes it. Memory is bounded: output beyond the limit is omitted, and that is recorded.
 */
public final class Asciicast {
    static final int PACKED_MAX = 256 * 1_024;
    static final int SAID_MAX = 8 * 1_024 * 1_024;

    private static final int MICROS = 6;

    private final Instant startedAt;
    private final LongSupplier nanos;
    private final long openedAt;
    private final ByteArrayOutputStream packed = new ByteArrayOutputStream();
    private final GZIPOutputStream lines;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private byte[] rest = new byte[0];
    private long bytes;
    private boolean isCut;

    /**
     * A completed recording.
     *
     * @param bytes number of bytes sent by the server
     * @param isCut whether output was omitted
     * @param packed lines, by gzip
     */
    public record CompletedRecording(Instant startedAt, long seconds, long bytes, boolean isCut, byte[] packed) {
        @Override
        public String toString() {
            return "Whole[" + startedAt + "]";
        }
    }

    /** @param nanos a monotonic clock */
    public Asciicast(int columns, int rows, Instant startedAt, LongSupplier nanos) {
        this.startedAt = startedAt;
        this.nanos = nanos;
        openedAt = nanos.getAsLong();
        try {
            lines = new GZIPOutputStream(packed);
            lines.write(line(Json.createObjectBuilder()
                    .add("version", 2)
                    .add("width", columns)
                    .add("height", rows)
                    .add("timestamp", startedAt.getEpochSecond())
                    .build()
                    .toString()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Records output of the server. */
    public synchronized void heard(byte[] output) {
        bytes += output.length;
        isCut = isCut || bytes > SAID_MAX || packed.size() > PACKED_MAX;
        var text = isCut ? "" : text(output);
        if (text.isEmpty()) {
            return;
        }
        try {
            lines.write(line(Json.createArrayBuilder()
                    .add(BigDecimal.valueOf(passed().toNanos() / 1_000, MICROS))
                    .add("o")
                    .add(text)
                    .build()
                    .toString()));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Completes the recording; no output may follow. */
    public synchronized CompletedRecording end() {
        try {
            lines.close();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        isCut = isCut || rest.length > 0;
        return new CompletedRecording(startedAt, passed().toSeconds(), bytes, isCut, packed.toByteArray());
    }

    private Duration passed() {
        return Duration.ofNanos(nanos.getAsLong() - openedAt);
    }

    /** Incomplete characters wait for their remaining bytes. */
    private String text(byte[] output) {
        var in = ByteBuffer.allocate(rest.length + output.length)
                .put(rest)
                .put(output)
                .flip();
        var out = CharBuffer.allocate(in.remaining());
        decoder.decode(in, out, false);
        rest = new byte[in.remaining()];
        in.get(rest);
        return out.flip().toString();
    }

    private static byte[] line(String json) {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }
}
