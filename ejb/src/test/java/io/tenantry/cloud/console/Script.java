package io.tenantry.cloud.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A server that sends a fixed script, regardless of its input. */
final class Script implements HandshakeChannel {
    private final ByteArrayInputStream input;
    private final ByteArrayOutputStream received = new ByteArrayOutputStream();

    /** @param words either texts of a version, or bytes in hexadecimal */
    Script(String... words) {
        var all = new ByteArrayOutputStream();
        for (var one : words) {
            all.writeBytes(
                    one.startsWith("RFB")
                            ? one.getBytes(StandardCharsets.US_ASCII)
                            : HexFormat.of().parseHex(one));
        }
        input = new ByteArrayInputStream(all.toByteArray());
    }

    /** Creates a server that sends exactly these bytes. */
    Script(byte[] words) {
        input = new ByteArrayInputStream(words);
    }

    @Override
    public byte[] take(int count) throws IOException {
        var bytes = input.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("end of script");
        }
        return bytes;
    }

    @Override
    public void give(byte[] bytes) {
        received.writeBytes(bytes);
    }

    /** Returns everything it received. */
    byte[] allReceived() {
        return received.toByteArray();
    }

    /** Returns what it received, in hexadecimal, without the version. */
    String received() {
        var all = HexFormat.of().formatHex(received.toByteArray());
        return all.substring(Math.min(all.length(), 2 * RfbClientHandshake.VERSION_BYTES));
    }

    String version() {
        return received.toString(StandardCharsets.US_ASCII).substring(0, RfbClientHandshake.VERSION_BYTES);
    }

    /** Returns how much of the script is unread. */
    int unread() {
        return input.available();
    }
}
