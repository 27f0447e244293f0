package io.tenantry.config;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Logger;

/**
 * Handling of a server that cannot start: the reason is logged once and the process exits, with {@value #EXIT_CODE} if its configuration or its
 * database is refused and {@value #AGAIN_EXIT_CODE} if its database stayed unreachable, so that systemd, Kubernetes or the person who started
 * it notices. If {@value #KEY} is false, the process continues without this application, for servers that host others.
 */
public final class StartRefusal {
    /** The setting that controls whether the process exits. */
    static final String KEY = "tenantry.exit.when-refused";

    /** EX_CONFIG of sysexits.h. */
    public static final int EXIT_CODE = 78;

    /** EX_TEMPFAIL of sysexits.h: the same start may succeed later. */
    public static final int AGAIN_EXIT_CODE = 75;

    /** The exit code of a process ended by SIGTERM. */
    private static final int STOPPED_EXIT_CODE = 143;

    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(StartRefusal.class.getName());

    private StartRefusal() {}

    /**
     * Runs a check of the configuration and refuses the start if it throws.
     *
     * @param check throws if the configuration is wrong, with a message that states what to change
     */
    public static void unless(Runnable check) {
        try {
            check.run();
        } catch (RuntimeException refused) {
            because(String.valueOf(refused.getMessage()));
            throw refused;
        }
    }

    /** Ends the process, unless other applications share it, for a reason that persists until the configuration is changed. */
    public static void because(String reason) {
        refuse(reason, EXIT_CODE);
    }

    /** Ends the process, unless other applications share it, for a reason that may be gone on the next start. */
    public static void startAgain(String reason) {
        refuse(reason, AGAIN_EXIT_CODE);
    }

    /**
     * Logs the reason and halts the process at once: an orderly exit would stop the failing deployment too, and the server's errors about that
     * would bury the reason in the log. A server that has served nothing has nothing to save; the database rolls back what was open.
     * Synchronized, so that the first of several reasons is the only one.
     */
    private static synchronized void refuse(String reason, int exitCode) {
        LOG.log(System.Logger.Level.ERROR, reason);
        if (isOurs()) {
            for (var handler : Logger.getLogger("").getHandlers()) {
                handler.flush();
            }
            Runtime.getRuntime().halt(exitCode);
        }
    }

    /** Halts the stopping process, unless other applications share it, if its services have not stopped within the grace period. */
    public static void stopSoon() {
        if (isOurs()) {
            later(() -> Runtime.getRuntime().halt(STOPPED_EXIT_CODE));
        }
    }

    private static boolean isOurs() {
        return new SettingsSource(System::getProperty, System::getenv).flag(KEY, true);
    }

    /** The server's own services may also wait for the database and delay the exit; they have nothing to save. */
    private static void later(Runnable task) {
        var timer = new Thread(
                () -> {
                    var deadline = System.nanoTime() + GRACE.toNanos();
                    for (var left = GRACE.toNanos(); left > 0; left = deadline - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    task.run();
                },
                "stop-grace");
        timer.setDaemon(true);
        timer.start();
    }
}
