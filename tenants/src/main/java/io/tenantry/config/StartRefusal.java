package io.tenantry.config;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * What becomes of a server that cannot start: the reason is logged once and the process ends, with {@value #EXIT_CODE} if its configuration or its database is refused and
 * {@value #AGAIN_EXIT_CODE} if its database stayed away, so that systemd, Kubernetes or the person who started it notices. A server that other applications share goes on without this one if {@value #KEY} is false.
 */
public final class StartRefusal {
    /** The setting that says whether the process ends. */
    static final String KEY = "tenantry.exit.when-refused";

    /** EX_CONFIG of sysexits.h. */
    public static final int EXIT_CODE = 78;

    /** EX_TEMPFAIL of sysexits.h: the same start may succeed later. */
    public static final int AGAIN_EXIT_CODE = 75;

    /** A process that SIGTERM has ended. */
    private static final int STOPPED_EXIT_CODE = 143;

    private static final Duration GRACE = Duration.ofSeconds(10);

    private static final System.Logger LOG = System.getLogger(StartRefusal.class.getName());

    private StartRefusal() {}

    /**
     * Looks at a part of the configuration.
     *
     * @param check throws if it is wrong, with a message that says what to change
     */
    public static void unless(Runnable check) {
        try {
            check.run();
        } catch (RuntimeException refused) {
            because(String.valueOf(refused.getMessage()));
            throw refused;
        }
    }

    /** Ends the process, unless others share it, for a reason that stays until somebody changes something. */
    public static void because(String reason) {
        refuse(reason, EXIT_CODE);
    }

    /** Ends the process, unless others share it, for a reason that may be gone when it is started again. */
    public static void startAgain(String reason) {
        refuse(reason, AGAIN_EXIT_CODE);
    }

    /** Other services of the server may wait for the database for minutes: they get a grace period, not more. */
    private static void refuse(String reason, int exitCode) {
        LOG.log(System.Logger.Level.ERROR, reason);
        if (endProcess(exitCode)) {
            later(() -> Runtime.getRuntime().halt(exitCode));
        }
    }

    /** Ends the process that is being stopped, unless others share it, if its services are not through with that in time. */
    public static void stopSoon() {
        if (isOurs()) {
            later(() -> Runtime.getRuntime().halt(STOPPED_EXIT_CODE));
        }
    }

    private static boolean isOurs() {
        return new SettingsSource(System::getProperty, System::getenv).flag(KEY, true);
    }

    /** In a thread of its own: the server stops what it has started, the deployment that fails now among it. */
    private static boolean endProcess(int exitCode) {
        if (!isOurs()) {
            return false;
        }
        var end = new Thread(() -> System.exit(exitCode), "refused-start");
        end.setDaemon(true);
        end.start();
        return true;
    }

    /** The server's own services may wait for the database as well and hold up the end; there is nothing that they could save. */
    private static void later(Runnable task) {
        var timer = new Thread(
                () -> {
                    var deadline = System.nanoTime() + GRACE.toNanos();
                    for (var left = GRACE.toNanos(); left > 0; left = deadline - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    task.run();
                },
                "refused-start-grace");
        timer.setDaemon(true);
        timer.start();
    }
}
