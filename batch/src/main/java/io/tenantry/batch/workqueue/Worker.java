package io.tenantry.batch.workqueue;

import io.tenantry.workqueue.ClaimedWorkItem;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One run of a worker: its item, since when it has been on it, and its thread. */
final class Worker implements Runnable {
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());

    private volatile @Nullable Instant lookedAt;
    private volatile @Nullable ClaimedWorkItem item;
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
        item = null;
        return !isReplaced;
    }

    /** Records the item that the worker is on. */
    void begins(ClaimedWorkItem claimed) {
        item = claimed;
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
        report("hangs and is replaced", reason);
        if (thread != null) {
            thread.interrupt();
        }
    }

    /** Logs where the thread is. */
    synchronized void report(String what, String reason) {
        if (thread != null) {
            var where = new IllegalStateException(reason);
            where.setStackTrace(thread.getStackTrace());
            LOG.log(System.Logger.Level.ERROR, "worker " + thread.getName() + " " + what + " " + itemFacts(), where);
        }
    }

    /** An item's id, kind and tenant; between items a worker only waits for the database. */
    private String itemFacts() {
        var known = item;
        return known == null
                ? "work=none"
                : "work=" + known.id() + " kind=" + known.kind() + " tenant=" + known.tenant();
    }

    /** Leaves no interrupt to the thread's next task. */
    synchronized void end() {
        thread = null;
        item = null;
        if (isReplaced) {
            var unused = Thread.interrupted();
        }
    }
}
