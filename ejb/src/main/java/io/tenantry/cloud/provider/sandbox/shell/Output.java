package io.tenantry.cloud.provider.sandbox.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** What the commands of a line say, up to a bound; who says more is refused, and a mark tells that something is missing. */
final class Output {
    /** Of one line with all its commands. */
    static final int BYTES_MAX = 256 * 1024;

    private static final String CUT = "\n(output is cut)\n";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    void line(String text) throws CommandFailure {
        text(text);
        text("\n");
    }

    void text(String text) throws CommandFailure {
        raw(text.getBytes(StandardCharsets.UTF_8));
    }

    void raw(byte[] some) throws CommandFailure {
        if (bytes.size() + some.length > BYTES_MAX) {
            throw new CommandFailure("more than " + BYTES_MAX + " bytes of output");
        }
        bytes.writeBytes(some);
    }

    /** Says that there was more, beyond the bound. */
    void cut() {
        bytes.writeBytes(CUT.getBytes(StandardCharsets.UTF_8));
    }

    byte[] take() {
        var all = bytes.toByteArray();
        bytes.reset();
        return all;
    }
}
