package io.tenantry.brand;

import io.tenantry.brand.ImageUpload.Reason;
import java.time.Duration;
import java.util.function.Supplier;

/** Until when the work of a thread is waited for. Work that can be left in between asks for it, and ends behind it. */
final class Deadline {
    private static final ThreadLocal<Long> END = new ThreadLocal<>();

    private Deadline() {}

    /** Does work that is of no use after a time. */
    static <T> T within(Duration time, Supplier<T> work) {
        END.set(System.nanoTime() + time.toNanos());
        try {
            return work.get();
        } finally {
            END.remove();
        }
    }

    /** @throws UnsupportedSvg if nobody waits any more */
    static void require() {
        var end = END.get();
        if (end != null && System.nanoTime() - end > 0) {
            throw new UnsupportedSvg(Reason.TOO_SLOW);
        }
    }
}
