package io.tenantry.cloud.console;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Something that is done by one thread at a time, again for each time that it was asked for meanwhile: whoever asks while it is being
 * done goes on at once. So a chain of answers that come at once is a loop and no tower of calls.
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
