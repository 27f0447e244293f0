package io.tenantry.cloud.provider.sandbox;

import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Terminal output, for callers that wait until it contains something. */
final class CollectedOutput extends OutputStream {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final StringBuilder all = new StringBuilder();

    @Override
    public void write(int one) {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        lock.lock();
        try {
            all.append(new String(bytes, from, length, StandardCharsets.UTF_8));
            more.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Discards the output so far. */
    void forget() {
        lock.lock();
        try {
            all.setLength(0);
        } finally {
            lock.unlock();
        }
    }

    String all() {
        lock.lock();
        try {
            return all.toString();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until that text was output, and discards everything up to its end. */
    String await(String words) throws InterruptedException {
        var left = TimeUnit.SECONDS.toNanos(30);
        lock.lock();
        try {
            while (all.indexOf(words) < 0) {
                if (left <= 0) {
                    throw new AssertionError("nobody said " + words + " but: " + all);
                }
                left = more.awaitNanos(left);
            }
            var end = all.indexOf(words) + words.length();
            var stated = all.substring(0, end);
            all.delete(0, end);
            return stated;
        } finally {
            lock.unlock();
        }
    }
}
