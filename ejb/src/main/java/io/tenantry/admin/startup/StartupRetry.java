package io.tenantry.admin.startup;

import io.tenantry.tenancy.DatabaseUnavailable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Startup work that is retried while the database is unreachable: otherwise a node that starts while the database starts or fails would remain
 * without its application until an operator intervenes. Other failures are not retried.
 *
 * @param atMost how long to retry
 * @param pauseMax the longest pause between two tries; the first is a quarter of a second, and each doubles
 */
record StartupRetry(Duration atMost, Duration pauseMax) {
    private static final System.Logger LOG = System.getLogger(StartupRetry.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    /**
     * Runs idempotent work until it succeeds.
     *
     * @param waits called when it starts to wait for the database
     * @param isStopping whether waiting is pointless because the process is about to end; a change must wake this thread
     * @throws Stopped if so
     */
    void until(Runnable work, Runnable waits, BooleanSupplier isStopping) {
        var isAway = false;
        var deadline = System.nanoTime() + atMost.toNanos();
        for (var pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try {
                work.run();
                if (isAway) {
                    LOG.log(System.Logger.Level.INFO, "the database can be reached again");
                }
                return;
            } catch (RuntimeException failure) {
                if (!DatabaseUnavailable.isBehind(failure) || System.nanoTime() - deadline >= 0) {
                    throw failure;
                }
                waits.run();
                // Logged once: an operator needs no line for each try.
                LOG.log(
                        isAway ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                        "the database cannot be reached, the start waits up to {0} s: {1}",
                        atMost.toSeconds(),
                        failure.getMessage());
                isAway = true;
            }
            if (!isStopping.getAsBoolean()) {
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pause.toMillis()));
            }
            if (isStopping.getAsBoolean()) {
                throw new Stopped();
            }
        }
    }

    /** Thrown if the process is being stopped. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Stopped() {
            super("the server is stopped while it waits for the database", null, false, false);
        }
    }

    private Duration longer(Duration pause) {
        var doubled = pause.multipliedBy(2);
        return doubled.compareTo(pauseMax) < 0 ? doubled : pauseMax;
    }
}
