package io.tenantry.cloud.console;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Runs a task on one thread at a time, once more for each request that arrives meanwhile; a request made while the task runs returns
 * immediately. A chain of immediate completions thus becomes a loop instead of a recursion.
 */
final class SerialExecutor {
    private final AtomicInteger wanted = new AtomicInteger();
    private final Runnable round;

    SerialExecutor(Runnable round) {
        this.round = round;
    }

    void go() {
        if (wanted.getAndIncrement() != 0) {
            return;
        }
        var known = 1;
        try {
            do {
                round.run();
                known = wanted.addAndGet(-known);
            } while (known != 0);
        } catch (RuntimeException broken) {
            wanted.set(0);
            throw broken;
        }
    }
}
