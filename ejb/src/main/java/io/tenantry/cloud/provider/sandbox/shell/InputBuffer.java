package io.tenantry.cloud.provider.sandbox.shell;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * What a visitor has sent and nobody has read yet. Its size is bounded by the window that SSH gives the visitor, which opens again only
 * by as much as was read.
 */
public final class InputBuffer {
    /** There will be no more. */
    static final int END = -1;

    /** There was nothing in that time. */
    static final int NOTHING = -2;

    private static final Duration FOREVER = Duration.ofDays(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private final LongConsumer wasRead;
    private int position;
    private boolean ended;

    /** Tells how many bytes were read, so that the visitor may send as many. */
    public InputBuffer(LongConsumer wasRead) {
        this.wasRead = wasRead;
    }

    /** More from the visitor; left aside once the end was said. */
    public void put(byte[] bytes, int from, int length) {
        lock.lock();
        try {
            if (!ended && length > 0) {
                var chunk = new byte[length];
                System.arraycopy(bytes, from, chunk, 0, length);
                chunks.add(chunk);
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The visitor will send no more. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** The next byte, or {@link #END}. */
    int next() {
        var next = next(FOREVER);
        while (next == NOTHING) {
            next = next(FOREVER);
        }
        return next;
    }

    /** The next byte, {@link #END}, or {@link #NOTHING}. A thread that is interrupted meets the end. */
    int next(Duration atMost) {
        int next;
        lock.lock();
        try {
            if (!await(atMost)) {
                return NOTHING;
            }
            var chunk = chunks.peek();
            if (chunk == null) {
                return END;
            }
            next = chunk[position++] & 0xff;
            if (position == chunk.length) {
                chunks.remove();
                position = 0;
            }
        } finally {
            lock.unlock();
        }
        wasRead.accept(1);
        return next;
    }

    /** Everything up to the end, but not more than so many bytes. */
    byte[] rest(int max) {
        var all = new ByteArrayOutputStream();
        while (all.size() < max) {
            var next = next();
            if (next == END) {
                break;
            }
            all.write(next);
        }
        return all.toByteArray();
    }

    /** Whether nothing was sent ahead. */
    boolean isEmpty() {
        lock.lock();
        try {
            return chunks.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    private boolean await(Duration atMost) {
        try {
            var left = atMost.toNanos();
            while (chunks.isEmpty() && !ended) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            chunks.clear();
            position = 0;
            ended = true;
        }
        return true;
    }
}
