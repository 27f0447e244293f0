package io.tenantry.cloud.provider;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** How we wait between tries; tests do not. */
@FunctionalInterface
public interface Backoff {
    /** Waits, at most {@link ProviderHttp#PATIENCE}. */
    void pause(Duration duration);

    /** Waits. A thread that is interrupted meanwhile goes on at once and stays interrupted. */
    static void wait(Duration duration) {
        var until = System.nanoTime() + duration.toNanos();
        for (var left = duration.toNanos(); left > 0 && !Thread.currentThread().isInterrupted(); ) {
            LockSupport.parkNanos(left);
            left = until - System.nanoTime();
        }
    }
}
