package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import java.time.Duration;
import java.util.function.Supplier;

/** The deadline of a thread's work. Interruptible work checks it, and ends once it has passed. */
final class Deadline {
    private static final ThreadLocal<Long> END = new ThreadLocal<>();

    private Deadline() {}

    /** Runs work with a deadline. */
    static <T> T within(Duration time, Supplier<T> work) {
        END.set(System.nanoTime() + time.toNanos());
        try {
            return work.get();
        } finally {
            END.remove();
        }
    }

    /**
     * Checks the deadline.
     *
     * @throws UnsupportedSvg if it has passed
     */
    static void require() {
        var end = END.get();
        if (end != null && System.nanoTime() - end > 0) {
            throw new UnsupportedSvg(Reason.TOO_SLOW);
        }
    }
}
