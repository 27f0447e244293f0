package io.tenantry.cloud.provider.sandbox.shell;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The output of the commands of a line, up to a limit; beyond it, output is refused, and a marker shows that something is missing. */
final class Output {
    /** The limit of one line with all its commands. */
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

    /** Marks that output was cut off at the limit. */
    void cut() {
        bytes.writeBytes(CUT.getBytes(StandardCharsets.UTF_8));
    }

    byte[] take() {
        var all = bytes.toByteArray();
        bytes.reset();
        return all;
    }
}
