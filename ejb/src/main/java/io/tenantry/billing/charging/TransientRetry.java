package io.tenantry.billing.charging;

import io.tenantry.tenancy.SqlFailure;
import jakarta.ejb.EJBException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Retries a batch that was rolled back by a lost connection or a deadlock: a repeated batch finds the same work. */
public final class TransientRetry {
    private static final int ATTEMPTS_MAX = 5;
    private static final long PAUSE_MAX_MILLIS = 200;

    private TransientRetry() {}

    /** Returns the result of the batch; throws a failure that is not transient, or the last one after too many attempts. */
    public static <T> T of(Supplier<T> batch) {
        for (var attempt = 1; ; attempt++) {
            try {
                return batch.get();
            } catch (RuntimeException failure) {
                if (attempt == ATTEMPTS_MAX || !isTransient(failure)) {
                    throw failure;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(1, PAUSE_MAX_MILLIS)));
            }
        }
    }

    private static boolean isTransient(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SqlFailure sql) {
                return sql.isTransient();
            }
        }
        // The outcome of a commit whose response was lost is unknown: repeating the batch resolves it.
        return failure instanceof EJBException;
    }

    /** Returns the message of the root cause of a failure. */
    public static String rootMessage(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
