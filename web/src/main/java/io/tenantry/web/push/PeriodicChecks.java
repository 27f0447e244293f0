package io.tenantry.web.push;

import jakarta.enterprise.concurrent.ManagedThreadFactory;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Repeats checks of open connections until closed. Unlike the server's scheduler it also runs while the server is suspended, before it stops:
 * connections still have to end then, and the scheduler would log an error instead of each check.
 */
public final class PeriodicChecks implements AutoCloseable {
    /** A slow check does not delay another one. */
    private static final int THREADS = 2;

    private final ScheduledThreadPoolExecutor executor;

    public PeriodicChecks(ManagedThreadFactory threads) {
        executor = new ScheduledThreadPoolExecutor(THREADS, threads);
    }

    /** Repeats the check, this long after it ended. */
    public void repeat(Runnable check, Duration pause) {
        var unused = executor.scheduleWithFixedDelay(check, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Interrupts a running check and runs no further one. */
    @Override
    public void close() {
        var unused = executor.shutdownNow();
    }
}
