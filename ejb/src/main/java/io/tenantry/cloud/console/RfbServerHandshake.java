package io.tenantry.cloud.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * The server's part in the greeting of a page, once the real server has let us in: version 3.8, and nothing to prove. A page of ours says
 * exactly one thing at each step, and is cut off if it says another.
 */
final class RfbServerHandshake {
    /** So much is said to the page. */
    static final int SAID_BYTES = RfbClientHandshake.VERSION_BYTES + 2 + Integer.BYTES;

    private static final byte[] VERSION = "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TYPES = {1, RfbClientHandshake.NONE};
    private static final byte[] TYPE = {RfbClientHandshake.NONE};
    private static final byte[] FINE = new byte[Integer.BYTES];

    /** What a page is to say next. */
    private enum Step {
        WHICH_VERSION,
        WHICH_TYPE,
        ANYTHING
    }

    private final Consumer<byte[]> say;
    private final ByteArrayOutputStream heard = new ByteArrayOutputStream();
    private Step step = Step.WHICH_VERSION;
    private boolean isWrong;

    /** @param say tells the page */
    RfbServerHandshake(Consumer<byte[]> say) {
        this.say = say;
    }

    void begin() {
        say.accept(VERSION.clone());
    }

    /** Hears what a page sent; what is left of it is for the server. */
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

    /** Whether the page said something else than pages of ours say. */
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
            say.accept(TYPES.clone());
        } else {
            step = Step.ANYTHING;
            say.accept(FINE.clone());
        }
    }
}
