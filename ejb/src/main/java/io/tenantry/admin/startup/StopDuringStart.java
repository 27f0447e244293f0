package io.tenantry.admin.startup;

import io.tenantry.config.StartRefusal;
import java.util.concurrent.locks.LockSupport;

/**
 * Hears that the process is to stop while the start waits for the database: the server cannot stop a deployment that has not ended to start, and would be there
 * until the wait is over.
 */
final class StopDuringStart implements AutoCloseable {
    private final Thread start = Thread.currentThread();
    private final Thread hook = new Thread(this::stop, "stop-during-start");
    private volatile boolean isWaiting;
    private volatile boolean isStopping;

    private StopDuringStart() {}

    /** On this thread, until it is closed. */
    static StopDuringStart listen() {
        var listening = new StopDuringStart();
        Runtime.getRuntime().addShutdownHook(listening.hook);
        return listening;
    }

    /** From now on there is nothing that the start could lose. */
    void waits() {
        isWaiting = true;
    }

    boolean isStopping() {
        return isStopping;
    }

    /** What the hook does. */
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
                // The hook runs, and this is over.
            }
        }
    }
}
