package io.tenantry.server;

import java.time.Duration;
import java.util.List;

/**
 * A command prefix that lets root run PostgreSQL, which refuses root: in a separate user namespace, or, where a container forbids those, as
 * {@code nobody} with the single capability to access root's folders.
 */
final class Unprivileged {
    private static final List<String> NAMESPACE = List.of("unshare", "--user");
    private static final List<String> NOBODY = List.of(
            "setpriv",
            "--reuid=65534",
            "--regid=65534",
            "--clear-groups",
            "--inh-caps=+dac_override",
            "--ambient-caps=+dac_override");

    private Unprivileged() {}

    /** Returns the prefix of a command line; empty for all users except root. */
    static List<String> prefix() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (works(NAMESPACE)) {
            return NAMESPACE;
        }
        if (works(NOBODY)) {
            return NOBODY;
        }
        throw new StartupException(
                "PostgreSQL does not run as root, and neither unshare nor setpriv can change that here; "
                        + "start as another user");
    }

    private static boolean works(List<String> prefix) {
        var line = new java.util.ArrayList<>(prefix);
        line.add("true");
        try {
            return Command.of(line).run(Duration.ofSeconds(10)).code() == 0;
        } catch (StartupException e) {
            return false;
        }
    }
}
