package io.tenantry.batch.workqueue;

import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a worker: since when it has been on its item, and its thread. */
final class Worker implements Runnable {
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private volatile @Nullable Instant lookedAt;
    private volatile boolean isReplaced;
    private final Consumer<Worker> work;
    private @Nullable Thread thread;

    /**
     * Prepares a run.
     *
     * @param work what it does on its thread
     */
    Worker(Consumer<Worker> work) {
        this.work = work;
    }

    @Override
    public void run() {
        work.accept(this);
    }

    /** Begins on this thread. */
    synchronized void begin(Instant now) {
        thread = Thread.currentThread();
        lookedAt = now;
    }

    /** Records that the worker is between two items. Returns whether it may begin another one. */
    boolean goesOn(Instant now) {
        lookedAt = now;
        return !isReplaced;
    }

    boolean isReplaced() {
        return isReplaced;
    }

    boolean isOnItemSince(Instant since) {
        var looked = lookedAt;
        return looked != null && looked.isBefore(since);
    }

    /** Logs where the thread is, and interrupts it, which ends what can be interrupted. */
    synchronized void replace(String reason) {
        isReplaced = true;
        if (thread != null) {
            var where = new IllegalStateException(reason);
            where.setStackTrace(thread.getStackTrace());
            LOG.log(System.Logger.Level.ERROR, "worker " + thread.getName() + " hangs and is replaced", where);
            thread.interrupt();
        }
    }

    /** Leaves no interrupt to the thread's next task. */
    synchronized void end() {
        thread = null;
        if (isReplaced) {
            var unused = Thread.interrupted();
        }
    }
}
