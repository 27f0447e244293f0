package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/**
 * The processor time that one upload may take, for all files of an archive together. A few kilobytes can unpack to megabytes of text that is
 * expensive to judge; real files of 20,000 rows take about five seconds.
 */
public final class ReadingBudget {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final ThreadLocal<Long> END = new ThreadLocal<>();

    private ReadingBudget() {}

    /** Reads files. */
    @FunctionalInterface
    public interface Reading<T> {
        T read() throws UnreadableStatement;
    }

    private static final class Exhausted extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads within a budget of processor time.
     *
     * @throws UnreadableStatement if the budget is used up, or for the reasons of the reading
     */
    public static <T> T within(Duration most, Reading<T> reading) throws UnreadableStatement {
        END.set(now() + most.toNanos());
        try {
            return reading.read();
        } catch (Exhausted used) {
            throw new UnreadableStatement(Reason.TOO_SLOW, "");
        } finally {
            END.remove();
        }
    }

    /** Ends the reading if its budget is used up. */
    static void require() {
        var end = END.get();
        if (end != null && now() - end > 0) {
            throw new Exhausted();
        }
    }

    private static long now() {
        return THREADS.isCurrentThreadCpuTimeSupported() ? THREADS.getCurrentThreadCpuTime() : System.nanoTime();
    }
}
