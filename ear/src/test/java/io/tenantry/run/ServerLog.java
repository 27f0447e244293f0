package io.tenantry.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The console log of a server, one event per line. */
record ServerLog(Path file) {
    private static final Pattern TROUBLE = Pattern.compile(
            "\"loggerName\":\"([^\"]*)\",\"level\":\"(WARN|ERROR|FATAL)\",\"message\":\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** The only module that WildFly considers private and the archive needs: BodyDeadline uses it to watch incoming bodies. */
    private static final String XNIO = "is using a private module (\\\"org.jboss.xnio\\\")";

    /** The current length: the offset for later log events. */
    int length() {
        return text().length();
    }

    /** Returns warnings and errors from an offset on, each as level, logger and message. */
    List<String> troubles(int after) {
        return TROUBLE.matcher(text().substring(after))
                .results()
                .map(found -> found.group(2) + " " + found.group(1) + " " + found.group(3))
                .toList();
    }

    /** Returns whether a warning or error does not occur on every start. */
    static boolean isUnexpected(String trouble) {
        return !trouble.contains(XNIO);
    }

    /**
     * Returns the same for the time without a database: a busy machine may then also log a timer's tick that is still waiting, or a pool's
     * first attempt.
     */
    static boolean isUnexpectedWithoutDatabase(String trouble) {
        return isUnexpected(trouble) && !trouble.contains("WFLYEJB0043") && !trouble.contains("IJ000604");
    }

    /** Counts the occurrences of a text. */
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
