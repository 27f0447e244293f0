package io.tenantry.cloud.provider.sandbox.shell;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Input that a client has sent and that was not read yet. Its size is bounded by the client's SSH window, which grows again only by as much as
 * was read.
 */
public final class InputBuffer {
    /** The end of input. */
    static final int END = -1;

    /** A timeout. */
    static final int NOTHING = -2;

    private static final Duration FOREVER = Duration.ofDays(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
    private final LongConsumer wasRead;
    private int position;
    private boolean ended;

    /** Creates a buffer that reports the number of bytes read, so that the client may send as many again. */
    public InputBuffer(LongConsumer wasRead) {
        this.wasRead = wasRead;
    }

    /** Appends input; ignored after the end. */
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

    /** Ends the input. */
    public void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the next byte, or {@link #END}. */
    int next() {
        var next = next(FOREVER);
        while (next == NOTHING) {
            next = next(FOREVER);
        }
        return next;
    }

    /** Returns the next byte, {@link #END}, or {@link #NOTHING} after the timeout. An interrupted thread reads the end. */
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

    /** Returns everything up to the end, but at most that many bytes. */
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

    /** Whether no unread input is available. */
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
