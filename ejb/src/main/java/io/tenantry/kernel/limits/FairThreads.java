package io.tenantry.kernel.limits;

import io.tenantry.tenancy.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A few threads for slow work of all resellers. Each reseller, and each applicant of a reseller, may use a part of them and of the places to
 * wait, and turns rotate among resellers and then among applicants, so that work that hangs delays only work of the same reseller. Work without
 * a place to wait is refused at once. The platform counts as one more reseller. Work that has to survive the node is a work item instead.
 */
public final class FairThreads {
    private static final System.Logger LOG = System.getLogger(FairThreads.class.getName());

    private final Object monitor = new Object();
    private final List<Entry> waiting = new ArrayList<>();
    private final List<Entry> running = new ArrayList<>();
    private final Map<Scope, Long> lastTurns = new HashMap<>();
    private final ExecutorService executor;
    private final Limits runningMax;
    private final Limits waitingMax;
    private final LongSupplier nanos;
    private long turns;

    /**
     * How much there may be at once.
     *
     * @param all on the node
     * @param tenant of one reseller
     * @param applicant of one applicant of a reseller
     */
    public record Limits(int all, int tenant, int applicant) {}

    /** Who wants work done: a person or a network address, for example. */
    public record Applicant(Scope scope, String key) {}

    /** What became of work that took too long. */
    public enum Lateness {
        /** It has not started and never will. */
        WAITED,

        /** It was interrupted, and uses its thread until it ends. */
        INTERRUPTED
    }

    private static final class Entry {
        private final Applicant applicant;
        private final Runnable work;
        private final Consumer<Lateness> late;
        private final long since;
        private @Nullable Thread thread;
        private boolean isLate;

        private Entry(Applicant applicant, Runnable work, Consumer<Lateness> late, long since) {
            this.applicant = applicant;
            this.work = work;
            this.late = late;
            this.since = since;
        }

        private void interrupt() {
            if (thread != null) {
                thread.interrupt();
            }
        }
    }

    /**
     * Creates threads that are started when they are needed.
     *
     * @param executor a pool without a limit; it is ended with this
     * @param runningMax how much may run
     * @param waitingMax how much may wait
     */
    public FairThreads(ExecutorService executor, Limits runningMax, Limits waitingMax) {
        this(executor, runningMax, waitingMax, System::nanoTime);
    }

    FairThreads(ExecutorService executor, Limits runningMax, Limits waitingMax, LongSupplier nanos) {
        this.executor = executor;
        this.runningMax = runningMax;
        this.waitingMax = waitingMax;
        this.nanos = nanos;
    }

    /** Does the work at the applicant's turn. Returns false if it, its reseller or all have too much waiting; then it is not done. */
    public boolean execute(Applicant applicant, Runnable work) {
        return execute(applicant, work, lateness -> {});
    }

    /**
     * Does the work at the applicant's turn.
     *
     * @param late called once if the work takes too long; see {@link #endLate}
     * @return false if the applicant, its reseller or all have too much waiting; then it is not done
     */
    public boolean execute(Applicant applicant, Runnable work, Consumer<Lateness> late) {
        synchronized (monitor) {
            var entry = new Entry(applicant, work, late, nanos.getAsLong());
            if (hasRoom(runningMax, running, applicant)) {
                return start(entry);
            }
            return hasRoom(waitingMax, waiting, applicant) && waiting.add(entry);
        }
    }

    /** Ends work that takes longer, from when it was requested: what waits is dropped, and what runs is interrupted. */
    public void endLate(Duration max) {
        List<Entry> dropped;
        List<Entry> interrupted;
        synchronized (monitor) {
            var latest = nanos.getAsLong() - max.toNanos();
            dropped = late(waiting, latest);
            interrupted = late(running, latest);
            waiting.removeAll(dropped);
            forgetTurns();
            interrupted.forEach(Entry::interrupt);
        }
        dropped.forEach(entry -> entry.late.accept(Lateness.WAITED));
        interrupted.forEach(entry -> entry.late.accept(Lateness.INTERRUPTED));
    }

    /** Begins nothing more, and interrupts what has not ended within that time. */
    public void end(Duration farewell) {
        synchronized (monitor) {
            waiting.clear();
        }
        executor.shutdown();
        try {
            if (!executor.awaitTermination(farewell.toMillis(), TimeUnit.MILLISECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private boolean start(Entry entry) {
        lastTurns.put(entry.applicant.scope(), ++turns);
        running.add(entry);
        var isStarted = false;
        try {
            executor.execute(() -> run(entry));
            isStarted = true;
        } catch (RejectedExecutionException ended) {
            LOG.log(System.Logger.Level.DEBUG, "the threads are ended", ended);
        } finally {
            if (!isStarted) {
                running.remove(entry);
            }
        }
        return isStarted;
    }

    private void run(Entry entry) {
        try {
            if (begin(entry)) {
                entry.work.run();
            }
        } finally {
            finish(entry);
        }
    }

    private boolean begin(Entry entry) {
        synchronized (monitor) {
            entry.thread = Thread.currentThread();
            return !entry.isLate;
        }
    }

    /** One more can begin at most: all others that wait are kept back by other limits. Leaves no interrupt to it. */
    private void finish(Entry entry) {
        synchronized (monitor) {
            entry.thread = null;
            if (entry.isLate) {
                var unused = Thread.interrupted();
            }
            running.remove(entry);
            next().ifPresent(next -> {
                waiting.remove(next);
                start(next);
            });
            forgetTurns();
        }
    }

    private Optional<Entry> next() {
        return waiting.stream()
                .filter(entry -> hasRoom(runningMax, running, entry.applicant))
                .min(Comparator.comparingLong((Entry entry) -> ofTenant(running, entry.applicant))
                        .thenComparingLong(entry -> lastTurns.getOrDefault(entry.applicant.scope(), 0L))
                        .thenComparingLong(entry -> ofApplicant(running, entry.applicant)));
    }

    private void forgetTurns() {
        lastTurns
                .keySet()
                .removeIf(scope -> Stream.concat(waiting.stream(), running.stream())
                        .noneMatch(entry -> entry.applicant.scope().equals(scope)));
    }

    private static List<Entry> late(List<Entry> entries, long latest) {
        var late = entries.stream()
                .filter(entry -> !entry.isLate && entry.since - latest < 0)
                .toList();
        late.forEach(entry -> entry.isLate = true);
        return late;
    }

    private static boolean hasRoom(Limits limits, List<Entry> entries, Applicant applicant) {
        return entries.size() < limits.all()
                && ofTenant(entries, applicant) < limits.tenant()
                && ofApplicant(entries, applicant) < limits.applicant();
    }

    private static long ofTenant(List<Entry> entries, Applicant applicant) {
        return entries.stream()
                .filter(entry -> entry.applicant.scope().equals(applicant.scope()))
                .count();
    }

    private static long ofApplicant(List<Entry> entries, Applicant applicant) {
        return entries.stream()
                .filter(entry -> entry.applicant.equals(applicant))
                .count();
    }
}
