package io.tenantry.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What was measured while things broke: kept in {@code target/faults.txt}, and shown. */
final class Results {
    private static final Path FILE = Path.of("target", "faults.txt");

    private Results() {}

    static synchronized void say(String what) {
        System.out.println(what);
        try {
            Files.writeString(
                    FILE,
                    what + System.lineSeparator(),
                    StandardCharsets.UTF_8,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
