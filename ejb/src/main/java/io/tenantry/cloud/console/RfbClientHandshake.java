package io.tenantry.cloud.console;

import io.tenantry.cloud.provider.VncAuthentication;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * The client side of the RFB handshake with a server's screen (RFC 6143, 7.1.1 to 7.1.3), up to successful authentication. It is done here and
 * not in the page, so that the password never leaves the platform.
 */
final class RfbClientHandshake {
    static final int VERSION_BYTES = 12;
    static final byte NONE = 1;
    static final byte BY_PASSWORD = 2;

    private static final Pattern VERSION = Pattern.compile("RFB ([0-9]{3})\\.([0-9]{3})\n");
    private static final int REASON_MAX = 1_000;

    /** The protocol version that is used. */
    private enum Version {
        /** The server decides the security type. */
        THREE("003"),
        SEVEN("007"),
        /** The server gives a reason for a refusal. */
        EIGHT("008");

        private final String minor;

        Version(String minor) {
            this.minor = minor;
        }

        byte[] words() {
            return ("RFB 003." + minor + "\n").getBytes(StandardCharsets.US_ASCII);
        }
    }

    private RfbClientHandshake() {}

    /**
     * Performs the handshake.
     *
     * @throws VncAccessRefusedException if the server refuses us, or the password is wrong
     * @throws IOException if the server does not answer in time, or violates the protocol
     */
    static void enter(HandshakeChannel handshakeChannel, String password) throws IOException {
        var version = version(handshakeChannel.take(VERSION_BYTES));
        handshakeChannel.give(version.words());
        var type = version == Version.THREE ? decided(handshakeChannel) : chosen(handshakeChannel);
        if (type == BY_PASSWORD) {
            handshakeChannel.give(
                    VncAuthentication.answer(handshakeChannel.take(VncAuthentication.CHALLENGE_BYTES), password));
        }
        if (type == BY_PASSWORD || version == Version.EIGHT) {
            result(handshakeChannel, version);
        }
    }

    /** A server newer than this client uses the latest version known here; unknown versions fall back to the first. */
    private static Version version(byte[] words) throws IOException {
        var matcher = VERSION.matcher(new String(words, StandardCharsets.US_ASCII));
        if (!matcher.matches()) {
            throw new IOException("not an RFB server");
        }
        var major = Integer.parseInt(matcher.group(1));
        var minor = Integer.parseInt(matcher.group(2));
        if (major < 3) {
            throw new IOException("unsupported RFB version " + major);
        }
        if (major > 3 || minor >= 8) {
            return Version.EIGHT;
        }
        return minor == 7 ? Version.SEVEN : Version.THREE;
    }

    private static byte decided(HandshakeChannel handshakeChannel) throws IOException {
        var type = number(handshakeChannel);
        if (type == 0) {
            throw new VncAccessRefusedException(reason(handshakeChannel));
        }
        if (type != NONE && type != BY_PASSWORD) {
            throw new VncAccessRefusedException("unsupported security type");
        }
        return (byte) type;
    }

    private static byte chosen(HandshakeChannel handshakeChannel) throws IOException {
        var count = handshakeChannel.take(1)[0] & 0xff;
        if (count == 0) {
            throw new VncAccessRefusedException(reason(handshakeChannel));
        }
        var types = handshakeChannel.take(count);
        byte chosen = 0;
        for (var type : types) {
            if (type == BY_PASSWORD || (type == NONE && chosen == 0)) {
                chosen = type;
            }
        }
        if (chosen == 0) {
            throw new VncAccessRefusedException("no supported security type");
        }
        handshakeChannel.give(new byte[] {chosen});
        return chosen;
    }

    private static void result(HandshakeChannel handshakeChannel, Version version) throws IOException {
        if (number(handshakeChannel) != 0) {
            throw new VncAccessRefusedException(
                    version == Version.EIGHT ? reason(handshakeChannel) : "the password is wrong");
        }
    }

    private static String reason(HandshakeChannel handshakeChannel) throws IOException {
        var length = number(handshakeChannel);
        if (length < 0 || length > REASON_MAX) {
            return "a reason that is too long";
        }
        return new String(handshakeChannel.take(length), StandardCharsets.ISO_8859_1).replaceAll("\\p{Cntrl}", " ");
    }

    private static int number(HandshakeChannel handshakeChannel) throws IOException {
        return ByteBuffer.wrap(handshakeChannel.take(Integer.BYTES)).getInt();
    }
}
