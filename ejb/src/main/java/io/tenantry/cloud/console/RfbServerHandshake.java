package io.tenantry.cloud.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The server side of the RFB handshake with a page, once the real server has authenticated us: version 3.8, without authentication. Our pages
 * send exactly one message at each step, and are disconnected if they send another.
 */
final class RfbServerHandshake {
    /** Number of bytes sent to the page. */
    static final int SAID_BYTES = RfbClientHandshake.VERSION_BYTES + 2 + Integer.BYTES;

    private static final byte[] VERSION = "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPES = {1, RfbClientHandshake.NONE};
    private static final byte[] TYPE = {RfbClientHandshake.NONE};
    private static final byte[] FINE = new byte[Integer.BYTES];

    /** The message that the page sends next. */
    private enum Step {
        WHICH_VERSION,
        WHICH_TYPE,
        ANYTHING
    }

    private final Consumer<byte[]> sender;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private Step step = Step.WHICH_VERSION;
    private boolean isWrong;

    /** @param sender sends bytes to the page */
    RfbServerHandshake(Consumer<byte[]> sender) {
        this.sender = sender;
    }

    void begin() {
        sender.accept(VERSION.clone());
    }

    /** Reads what a page sent, and returns the remainder, which is for the server. */
    byte[] hear(byte[] bytes) {
        var rest = bytes;
        while (!isOver() && !isWrong && rest.length > 0) {
            var wanted = step == Step.WHICH_VERSION ? VERSION : TYPE;
            var part = Math.min(wanted.length - heard.size(), rest.length);
            heard.writeBytes(Arrays.copyOf(rest, part));
            rest = Arrays.copyOfRange(rest, part, rest.length);
            if (heard.size() == wanted.length) {
                isWrong = !Arrays.equals(heard.toByteArray(), wanted);
                heard.reset();
                goOn();
            }
        }
        return rest;
    }

    /** Whether the page sent anything that our pages do not send. */
    boolean isWrong() {
        return isWrong;
    }

    boolean isOver() {
        return step == Step.ANYTHING;
    }

    private void goOn() {
        if (isWrong) {
            return;
        }
        if (step == Step.WHICH_VERSION) {
            step = Step.WHICH_TYPE;
            sender.accept(TYPES.clone());
        } else {
            step = Step.ANYTHING;
            sender.accept(FINE.clone());
        }
    }
}
