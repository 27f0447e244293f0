package io.tenantry.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** What a server has written to its console so far, an event a line. */
record ServerLog(Path file) {
    private static final Pattern TROUBLE = Pattern.compile(
            "\"loggerName\":\"([^\"]*)\",\"level\":\"(WARN|ERROR|FATAL)\",\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** The one module that WildFly calls private and the archive needs: BodyDeadline watches what comes in with it. */
    private static final String XNIO = "is using a private module (\\\"org.jboss.xnio\\\")";

    /** How much there is: what follows is what is logged from now on. */
    int length() {
        return text().length();
    }

    /** Warnings and errors after the first characters, each as level, logger and message. */
    List<String> troubles(int after) {
        return TROUBLE.matcher(text().substring(after))
                .results()
                .map(found -> found.group(2) + " " + found.group(1) + " " + found.group(3))
                .toList();
    }

    /** Whether a warning or error is none that each start has. */
    static boolean isUnexpected(String trouble) {
        return !trouble.contains(XNIO);
    }

    /** As above while the database is away: a busy machine may then also have a timer's tick that is still waiting, or a pool's first attempt. */
    static boolean isUnexpectedWithoutDatabase(String trouble) {
        return isUnexpected(trouble) && !trouble.contains("WFLYEJB0043") && !trouble.contains("IJ000604");
    }

    /** How often a text is in it. */
    long count(String what) {
        return text().lines().filter(line -> line.contains(what)).count();
    }

    private String text() {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
