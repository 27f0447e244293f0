package io.tenantry.kernel.limits;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.function.LongSupplier;

/** The time that the work of a thread may take. Java cannot stop work, so the work checks its limit between its steps. */
public final class TimeLimit {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ThreadLocal<TimeLimit> CURRENT = new ThreadLocal<>();

    private final LongSupplier nanoseconds;
    private final long end;

    private TimeLimit(LongSupplier nanoseconds, Duration most) {
        this.nanoseconds = nanoseconds;
        this.end = nanoseconds.getAsLong() + most.toNanos();
    }

    /**
     * Work that checks its limit.
     *
     * @param <T> its result
     * @param <E> what it throws
     */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Runs work that somebody waits for.
     *
     * @throws TimeLimitExceededException if it takes longer
     */
    public static <T, E extends Exception> T elapsed(Duration most, Work<T, E> work) throws E {
        return within(new TimeLimit(System::nanoTime, most), work);
    }

    /**
     * Runs work that may use that much of a processor; the time in which other threads run does not count.
     *
     * @throws TimeLimitExceededException if it takes more
     */
    public static <T, E extends Exception> T ofProcessor(Duration most, Work<T, E> work) throws E {
        return within(new TimeLimit(TimeLimit::processorTime, most), work);
    }

    private static <T, E extends Exception> T within(TimeLimit limit, Work<T, E> work) throws E {
        CURRENT.set(limit);
        try {
            return work.run();
        } finally {
            CURRENT.remove();
        }
    }

    /**
     * Checks the limit of the current work, if it has one.
     *
     * @throws TimeLimitExceededException if it is used up
     */
    public static void require() {
        var limit = CURRENT.get();
        if (limit != null && limit.nanoseconds.getAsLong() - limit.end > 0) {
            throw new TimeLimitExceededException();
        }
    }

    private static long processorTime() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
