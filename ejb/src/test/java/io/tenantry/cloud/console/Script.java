package io.tenantry.cloud.console;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** A server that sends a fixed script, regardless of its input. */
final class Script implements HandshakeChannel {
    private final ByteArrayInputStream says;
    private final ByteArrayOutputStream told = new ByteArrayOutputStream();

    /** @param words either texts of a version, or bytes in hexadecimal */
    Script(String... words) {
        var all = new ByteArrayOutputStream();
        for (var one : words) {
            all.writeBytes(
                    one.startsWith("RFB")
                            ? one.getBytes(StandardCharsets.US_ASCII)
                            : HexFormat.of().parseHex(one));
        }
        says = new ByteArrayInputStream(all.toByteArray());
    }

    /** Creates a server that sends exactly these bytes. */
    Script(byte[] words) {
        says = new ByteArrayInputStream(words);
    }

    @Override
    public byte[] take(int count) throws IOException {
        var bytes = says.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException("nothing more is written");
        }
        return bytes;
    }

    @Override
    public void give(byte[] bytes) {
        told.writeBytes(bytes);
    }

    /** Returns everything it received. */
    byte[] allTold() {
        return told.toByteArray();
    }

    /** Returns what it received, in hexadecimal, without the version. */
    String told() {
        var all = HexFormat.of().formatHex(told.toByteArray());
        return all.substring(Math.min(all.length(), 2 * RfbClientHandshake.VERSION_BYTES));
    }

    String version() {
        return told.toString(StandardCharsets.US_ASCII).substring(0, RfbClientHandshake.VERSION_BYTES);
    }

    /** Returns how much of the script is unread. */
    int left() {
        return says.available();
    }
}
