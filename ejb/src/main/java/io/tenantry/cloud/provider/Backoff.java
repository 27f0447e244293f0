package io.tenantry.cloud.provider;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Waits between attempts; replaced in tests. */
@FunctionalInterface
public interface Backoff {
    /** Waits, at most {@link ProviderHttp#PATIENCE}. */
    void pause(Duration duration);

    /** Waits. An interrupted thread returns immediately and stays interrupted. */
    static void wait(Duration duration) {
        var until = System.nanoTime() + duration.toNanos();
        for (var left = duration.toNanos(); left > 0 && !Thread.currentThread().isInterrupted(); ) {
            LockSupport.parkNanos(left);
            left = until - System.nanoTime();
        }
    }
}
