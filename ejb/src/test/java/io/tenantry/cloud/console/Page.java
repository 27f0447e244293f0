package io.tenantry.cloud.console;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** A page that reads until it is paused. */
final class Page implements ClientChannel {
    private static final long PATIENCE_SECONDS = 30;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private @Nullable Runnable pending;
    private @Nullable ConsoleEndReason consoleEndReason;
    private boolean pauses;

    @Override
    public void show(byte[] bytes, Runnable whenShown) {
        boolean continues;
        lock.lock();
        try {
            shown.writeBytes(bytes);
            continues = !pauses;
            if (!continues) {
                pending = whenShown;
            }
            more.signalAll();
        } finally {
            lock.unlock();
        }
        if (continues) {
            whenShown.run();
        }
    }

    @Override
    public void recorded() {
        // Never called.
    }

    @Override
    public void took(int bytes) {
        // Never called.
    }

    @Override
    public void end(ConsoleEndReason why) {
        lock.lock();
        try {
            consoleEndReason = why;
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Stops reading. */
    void pause() {
        lock.lock();
        try {
            pauses = true;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has not acknowledged its latest output. */
    boolean isPaused() {
        lock.lock();
        try {
            return pending != null;
        } finally {
            lock.unlock();
        }
    }

    void await(String words) throws InterruptedException {
        var left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (!shown.toString(StandardCharsets.UTF_8).contains(words)) {
                if (left <= 0) {
                    throw new AssertionError("expected " + words + " but got " + shown);
                }
                left = more.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    Optional<ConsoleEndReason> awaitEnd() throws InterruptedException {
        var left = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        lock.lock();
        try {
            while (consoleEndReason == null && left > 0) {
                left = more.awaitNanos(left);
            }
            return Optional.ofNullable(consoleEndReason);
        } finally {
            lock.unlock();
        }
    }
}
