package io.tenantry.billing.charging;

import io.tenantry.tenancy.SqlFailure;
import jakarta.ejb.EJBException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How often a batch is tried that a lost connection or a deadlock rolled back: the same batch finds the same to do. */
public final class TransientRetry {
    private static final int ATTEMPTS_MAX = 5;
    private static final long PAUSE_MAX_MILLIS = 200;

    private TransientRetry() {}

    /** What the batch comes to, in the end; throws what is no accident, or the last of too many. */
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
        // A commit whose answer was lost is unknown: the same batch again finds out.
        return failure instanceof EJBException;
    }

    /** What was at the bottom of a failure. */
    public static String rootMessage(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
