package io.tenantry.people;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/**
 * A login of the demo, as written by the application for the launcher: one line each, in columns.
 *
 * @param what description of the person
 */
record DemoLogin(String what, String host, String email, String password) {
    private static final String STAFF = ", staff (";
    private static final String OWNER = ", staff (owner)";

    static List<DemoLogin> read(Path file) throws IOException {
        return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                .map(line -> line.strip().split("\\s{2,}", -1))
                .map(part -> new DemoLogin(part[0], URI.create(part[1]).getHost(), part[2], part[3]))
                .toList();
    }

    /** The owner of that brand's staff. */
    static DemoLogin owner(List<DemoLogin> all, String host) {
        return first(all, host, login -> login.what().endsWith(OWNER));
    }

    /** A customer of that brand; at the platform's own host, its operator. */
    static DemoLogin guest(List<DemoLogin> all, String host) {
        return first(all, host, login -> !login.what().contains(STAFF));
    }

    private static DemoLogin first(List<DemoLogin> all, String host, Predicate<DemoLogin> wanted) {
        return all.stream()
                .filter(login -> login.host().equals(host) && wanted.test(login))
                .findFirst()
                .orElseThrow();
    }
}
