package io.tenantry.admin.startup;

import io.tenantry.config.StartRefusal;
import java.util.concurrent.locks.LockSupport;

/**
 * Detects that the process is to stop while startup waits for the database: the server cannot stop a deployment that is still starting, and
 * would remain until the wait is over.
 */
final class StopDuringStart implements AutoCloseable {
    private final Thread start = Thread.currentThread();
    private final Thread hook = new Thread(this::stop, "stop-during-start");
    private volatile boolean isWaiting;
    private volatile boolean isStopping;

    private StopDuringStart() {}

    /** Starts listening for this thread, until closed. */
    static StopDuringStart listen() {
        var listening = new StopDuringStart();
        Runtime.getRuntime().addShutdownHook(listening.hook);
        return listening;
    }

    /** Declares that the start has nothing to lose from now on. */
    void waits() {
        isWaiting = true;
    }

    boolean isStopping() {
        return isStopping;
    }

    /** Runs as the shutdown hook. */
    void stop() {
        isStopping = true;
        LockSupport.unpark(start);
        if (isWaiting) {
            StartRefusal.stopSoon();
        }
    }

    @Override
    public void close() {
        if (!isStopping) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException stopping) {
                // The hook is already running and cannot be removed.
            }
        }
    }
}
