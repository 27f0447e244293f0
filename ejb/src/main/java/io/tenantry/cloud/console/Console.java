package io.tenantry.cloud.console;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What flows between a person and a server, both ways within bounds. Who reads slowly is sent nothing more, and the server is not asked
 * for more than its window holds; who types faster than the server takes it is cut off, since a page of ours waits to be told that it was
 * taken. No thread waits here for anybody, so nobody waits for a slow one.
 */
public final class Console {
    /** What a page may send before it is told that it was taken. */
    public static final int TYPED_MAX = 64 * 1_024;

    /** What a page may not have drawn yet when it is sent nothing more. */
    static final int UNSEEN_MAX = 256 * 1_024;

    private static final int PIECE_MAX = 32 * 1_024;

    private final ClientChannel clientChannel;
    private final LongSupplier nanos;
    private final boolean isTyped;
    private final long openedAt;
    private final Deque<byte[]> said = new ArrayDeque<>();
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
    private long saidBytes;
    private long typedAt;

    /** @param nanos a clock that only goes forward */
    Console(ClientChannel clientChannel, LongSupplier nanos) {
        this(clientChannel, nanos, true);
    }

    /** @param isTyped whether all that a page sends is typed; a screen's page asks for pictures by itself, and says when somebody is there */
    Console(ClientChannel clientChannel, LongSupplier nanos, boolean isTyped) {
        this.clientChannel = clientChannel;
        this.nanos = nanos;
        this.isTyped = isTyped;
        openedAt = nanos.getAsLong();
        typedAt = openedAt;
    }

    /**
     * Begins.
     *
     * @param whatThen run once, when it is over
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

    /** The server said something. */
    void heard(byte[] bytes) {
        synchronized (this) {
            if (consoleEndReason != null) {
                return;
            }
            said.add(bytes);
        }
        show.go();
    }

    /** The server says no more; what it said is shown to the end. */
    void over(ConsoleEndReason how) {
        synchronized (this) {
            lineEnd = how;
        }
        show.go();
    }

    /** The person typed, or pasted. */
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
            end(ConsoleEndReason.OVERRUN);
        } else {
            send.go();
        }
    }

    /** Somebody is at a screen. */
    public synchronized void attended() {
        typedAt = nanos.getAsLong();
    }

    /** The person's window has another size. */
    public void resize(TerminalSize terminalSize) {
        known().ifPresent(one -> one.resize(terminalSize));
    }

    /** So many bytes more were drawn. */
    public void seen(long bytes) {
        synchronized (this) {
            unseen = Math.max(0, unseen - Math.max(0, bytes));
        }
        show.go();
    }

    /** Ends it, unless it is over. */
    public void end(ConsoleEndReason why) {
        Optional<ServerChannel> toServer;
        Runnable then;
        synchronized (this) {
            if (consoleEndReason != null) {
                return;
            }
            consoleEndReason = why;
            said.clear();
            typed.clear();
            toServer = known();
            then = atEnd;
        }
        toServer.ifPresent(ServerChannel::close);
        clientChannel.end(why);
        then.run();
    }

    /** How it ended; empty while it goes on. */
    synchronized Optional<ConsoleEndReason> ended() {
        return Optional.ofNullable(consoleEndReason);
    }

    /** How long nobody has typed. */
    synchronized Duration idle() {
        return Duration.ofNanos(nanos.getAsLong() - typedAt);
    }

    Duration age() {
        return Duration.ofNanos(nanos.getAsLong() - openedAt);
    }

    synchronized long typedBytes() {
        return typedBytes;
    }

    synchronized long saidBytes() {
        return saidBytes;
    }

    private synchronized Optional<ServerChannel> known() {
        return Optional.ofNullable(serverChannel);
    }

    private void showOne() {
        byte[] piece;
        Optional<ConsoleEndReason> over;
        synchronized (this) {
            var isAllShown = serverChannel != null && said.isEmpty() && !isShowing;
            over = isAllShown ? Optional.ofNullable(lineEnd) : Optional.empty();
            if (consoleEndReason != null
                    || serverChannel == null
                    || isShowing
                    || said.isEmpty()
                    || unseen >= UNSEEN_MAX) {
                piece = new byte[0];
            } else {
                piece = take();
                isShowing = true;
                unseen += piece.length;
                saidBytes += piece.length;
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

    /** What waits, as one piece of bounded length. */
    private byte[] take() {
        var first = said.removeFirst();
        if (said.isEmpty() || first.length >= PIECE_MAX) {
            return first;
        }
        var all = new ByteArrayOutputStream(PIECE_MAX);
        all.writeBytes(first);
        for (var next = said.peekFirst(); next != null; next = said.peekFirst()) {
            if (all.size() + next.length > PIECE_MAX) {
                break;
            }
            all.writeBytes(said.removeFirst());
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
            end(ConsoleEndReason.LOST);
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
