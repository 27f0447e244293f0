package io.tenantry.cloud.console;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The data flow between a browser and a server, bounded in both directions. A slow reader is sent nothing more, and the server is not allowed
 * to send more than its window holds. A client that types faster than the server reads is disconnected, since our pages wait for an
 * acknowledgment of their input. No thread blocks here on either end, so a slow one delays no other.
 */
public final class Console {
    /** The maximum number of unacknowledged input bytes of a page. */
    public static final int TYPED_MAX = 64 * 1_024;

    /** The maximum number of output bytes not yet drawn by a page; beyond it, nothing more is sent. */
    static final int UNSEEN_MAX = 256 * 1_024;

    private static final int PIECE_MAX = 32 * 1_024;

    private final ClientChannel clientChannel;
    private final LongSupplier nanos;
    private final boolean isTyped;
    private final long openedAt;
    private final Deque<byte[]> output = new ArrayDeque<>();
    private final Deque<byte[]> typed = new ArrayDeque<>();
    private final SerialExecutor show = new SerialExecutor(this::showOne);
    private final SerialExecutor send = new SerialExecutor(this::sendOne);
    private @Nullable ServerChannel serverChannel;
    private Runnable atEnd = () -> {};
    private boolean isShowing;
    private boolean isSending;
    private @Nullable ConsoleEndReason lineEnd;
    private @Nullable ConsoleEndReason consoleEndReason;
    private int typedWaiting;
    private long unseen;
    private long typedBytes;
    private long outputBytes;
    private long typedAt;

    /** @param nanos a monotonic clock */
    Console(ClientChannel clientChannel, LongSupplier nanos) {
        this(clientChannel, nanos, true);
    }

    /**
     * @param isTyped whether everything that a page sends is user input; the page of a screen requests pictures on its own, and reports user
     *     activity separately
     */
    Console(ClientChannel clientChannel, LongSupplier nanos, boolean isTyped) {
        this.clientChannel = clientChannel;
        this.nanos = nanos;
        this.isTyped = isTyped;
        openedAt = nanos.getAsLong();
        typedAt = openedAt;
    }

    /**
     * Starts the console.
     *
     * @param whatThen run once, when the console has ended
     */
    void begin(ServerChannel toServer, Runnable whatThen) {
        boolean isTooLate;
        synchronized (this) {
            isTooLate = consoleEndReason != null;
            serverChannel = toServer;
            atEnd = whatThen;
        }
        if (isTooLate) {
            toServer.close();
            whatThen.run();
        } else {
            send.go();
            show.go();
        }
    }

    /** Handles output of the server. */
    void heard(byte[] bytes) {
        synchronized (this) {
            if (consoleEndReason != null) {
                return;
            }
            output.add(bytes);
        }
        show.go();
    }

    /** Handles the end of the server's output; pending output is still shown. */
    void over(ConsoleEndReason how) {
        synchronized (this) {
            lineEnd = how;
        }
        show.go();
    }

    /** Handles input that was typed or pasted. */
    public void type(byte[] bytes) {
        boolean isTooMuch;
        synchronized (this) {
            if (consoleEndReason != null) {
                return;
            }
            if (isTyped) {
                typedAt = nanos.getAsLong();
            }
            typedWaiting += bytes.length;
            isTooMuch = typedWaiting > TYPED_MAX;
            typed.add(bytes);
        }
        if (isTooMuch) {
            end(ConsoleEndReason.BUFFER_OVERFLOW);
        } else {
            send.go();
        }
    }

    /** Records user activity at a screen. */
    public synchronized void attended() {
        typedAt = nanos.getAsLong();
    }

    /** Resizes the terminal to the browser window. */
    public void resize(TerminalSize terminalSize) {
        known().ifPresent(one -> one.resize(terminalSize));
    }

    /** Acknowledges output bytes that were drawn. */
    public void seen(long bytes) {
        synchronized (this) {
            unseen = Math.max(0, unseen - Math.max(0, bytes));
        }
        show.go();
    }

    /** Ends the console, unless it has ended already. */
    public void end(ConsoleEndReason why) {
        Optional<ServerChannel> toServer;
        Runnable then;
        synchronized (this) {
            if (consoleEndReason != null) {
                return;
            }
            consoleEndReason = why;
            output.clear();
            typed.clear();
            toServer = known();
            then = atEnd;
        }
        toServer.ifPresent(ServerChannel::close);
        clientChannel.end(why);
        then.run();
    }

    /** Returns why it ended; empty while it is open. */
    synchronized Optional<ConsoleEndReason> ended() {
        return Optional.ofNullable(consoleEndReason);
    }

    /** Returns the time since the last input. */
    synchronized Duration idle() {
        return Duration.ofNanos(nanos.getAsLong() - typedAt);
    }

    Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - openedAt);
    }

    synchronized long typedBytes() {
        return typedBytes;
    }

    synchronized long outputBytes() {
        return outputBytes;
    }

    private synchronized Optional<ServerChannel> known() {
        return Optional.ofNullable(serverChannel);
    }

    private void showOne() {
        byte[] piece;
        Optional<ConsoleEndReason> over;
        synchronized (this) {
            var isAllShown = serverChannel != null && output.isEmpty() && !isShowing;
            over = isAllShown ? Optional.ofNullable(lineEnd) : Optional.empty();
            if (consoleEndReason != null
                    || serverChannel == null
                    || isShowing
                    || output.isEmpty()
                    || unseen >= UNSEEN_MAX) {
                piece = new byte[0];
            } else {
                piece = take();
                isShowing = true;
                unseen += piece.length;
                outputBytes += piece.length;
            }
        }
        if (over.isPresent()) {
            end(over.get());
        } else if (piece.length > 0) {
            clientChannel.show(piece, () -> shown(piece.length));
        }
    }

    private void shown(int bytes) {
        synchronized (this) {
            isShowing = false;
        }
        known().ifPresent(one -> one.release(bytes));
        show.go();
    }

    /** Returns pending output as one chunk of bounded size. */
    private byte[] take() {
        var first = output.removeFirst();
        if (output.isEmpty() || first.length >= PIECE_MAX) {
            return first;
        }
        var all = new ByteArrayOutputStream(PIECE_MAX);
        all.writeBytes(first);
        for (var next = output.peekFirst(); next != null; next = output.peekFirst()) {
            if (all.size() + next.length > PIECE_MAX) {
                break;
            }
            all.writeBytes(output.removeFirst());
        }
        return all.toByteArray();
    }

    private void sendOne() {
        var toServer = known();
        byte[] piece;
        synchronized (this) {
            if (consoleEndReason != null || toServer.isEmpty() || isSending || typed.isEmpty()) {
                return;
            }
            piece = typed.removeFirst();
            isSending = true;
        }
        toServer.get().send(piece, isSent -> sent(piece.length, isSent));
    }

    private void sent(int bytes, boolean isSent) {
        if (!isSent) {
            end(ConsoleEndReason.CONNECTION_LOST);
            return;
        }
        synchronized (this) {
            isSending = false;
            typedWaiting -= bytes;
            typedBytes += bytes;
        }
        clientChannel.took(bytes);
        send.go();
    }
}
