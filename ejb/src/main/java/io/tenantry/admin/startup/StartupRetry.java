package io.tenantry.admin.startup;

import io.tenantry.tenancy.DatabaseUnavailable;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Work of a start, begun again while the database is away: a node that starts in the moment in which the database does, or dies,
 * would otherwise stand there without its application until somebody looks. What else goes wrong goes wrong at once.
 *
 * @param atMost how long to go on trying
 * @param pauseMax the longest pause between two tries; the first is a quarter of a second, each doubles
 */
record StartupRetry(Duration atMost, Duration pauseMax) {
    private static final System.Logger LOG = System.getLogger(StartupRetry.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    /**
     * Does the work, which can be done twice, until it is done.
     *
     * @param waits called when it begins to wait for the database
     * @param isStopping whether there is nothing to wait for, as the process is about to end; who changes that wakes this thread
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
                // Once: an operator needs no line for each try.
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

    /** The process is being stopped. */
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
