package io.tenantry.web.cloud.console;

import io.tenantry.cloud.console.ClientChannel;
import io.tenantry.cloud.console.Console;
import io.tenantry.cloud.console.ConsoleEndReason;
import jakarta.websocket.CloseReason;
import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The socket of a page with a console. At most one piece of server output and one message of ours are in transit to it, which bounds the memory
 * used for a client that does not read.
 */
final class ConsoleSocket implements ClientChannel {
    private static final System.Logger LOG = System.getLogger(ConsoleSocket.class.getName());
    private static final long SEND_MAX_MILLIS = 90_000;

    private final Session socket;
    private final ConsoleVisitor consoleVisitor;
    private @Nullable Console console;
    private boolean isAsked;
    private boolean isNoting;
    private boolean isNoteWanted;
    private int taken;

    ConsoleSocket(Session socket, ConsoleVisitor consoleVisitor) {
        this.socket = socket;
        this.consoleVisitor = consoleVisitor;
        socket.getAsyncRemote().setSendTimeout(SEND_MAX_MILLIS);
    }

    ConsoleVisitor guest() {
        return consoleVisitor;
    }

    /** Returns whether this is the first time that the page requests a console. */
    synchronized boolean asks() {
        var isFirst = !isAsked;
        isAsked = true;
        return isFirst;
    }

    synchronized boolean isAsked() {
        return isAsked;
    }

    /** Whether the page is still there. */
    boolean isOpen() {
        return socket.isOpen();
    }

    /** Starts with an opened console; the page may have closed the socket meanwhile. */
    void begin(Console opened) {
        synchronized (this) {
            console = opened;
        }
        if (socket.isOpen()) {
            send("{\"open\":true}", () -> {});
        } else {
            opened.end(ConsoleEndReason.CLOSED);
        }
    }

    synchronized Optional<Console> console() {
        return Optional.ofNullable(console);
    }

    /** Ends the console because the page has left. */
    void left() {
        console().ifPresent(one -> one.end(ConsoleEndReason.CLOSED));
    }

    @Override
    public void show(byte[] bytes, Runnable shown) {
        try {
            socket.getAsyncRemote().sendBinary(ByteBuffer.wrap(bytes), result -> {
                if (result.isOK()) {
                    shown.run();
                } else {
                    left();
                }
            });
        } catch (RuntimeException gone) {
            left();
        }
    }

    @Override
    public void recorded() {
        send("{\"recorded\":true}", () -> {});
    }

    @Override
    public void took(int bytes) {
        synchronized (this) {
            taken += bytes;
        }
        note();
    }

    /** Sends the number of bytes received since the last such message: also the response to a heartbeat. */
    void note() {
        int now;
        synchronized (this) {
            if (isNoting) {
                isNoteWanted = true;
                return;
            }
            isNoting = true;
            now = taken;
            taken = 0;
        }
        send("{\"took\":" + now + "}", this::noted);
    }

    private void send(String words, Runnable output) {
        try {
            socket.getAsyncRemote().sendText(words, result -> {
                if (result.isOK()) {
                    output.run();
                } else {
                    left();
                }
            });
        } catch (RuntimeException gone) {
            left();
        }
    }

    private void noted() {
        boolean isMore;
        synchronized (this) {
            isNoting = false;
            isMore = isNoteWanted;
            isNoteWanted = false;
        }
        if (isMore) {
            note();
        }
    }

    @Override
    public void end(ConsoleEndReason why) {
        close(ConsoleCloseCodes.of(why));
    }

    void close(CloseReason why) {
        try {
            socket.close(why);
        } catch (IOException | RuntimeException gone) {
            LOG.log(System.Logger.Level.DEBUG, "a socket was already closed", gone);
        }
    }
}
