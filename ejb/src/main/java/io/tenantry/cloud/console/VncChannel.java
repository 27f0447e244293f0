package io.tenantry.cloud.console;

import java.util.function.Consumer;

/** A server's screen after authentication: the page's handshake is answered here, and then all data is passed through unchanged. */
final class VncChannel implements ServerChannel {
    private final TcpChannel line;
    private final RfbServerHandshake rfbServerHandshake;

    /** The output bytes that were sent by us and not by the server. */
    private long own = RfbServerHandshake.SAID_BYTES;

    private boolean hasStarted;

    VncChannel(TcpChannel line, Console console) {
        this.line = line;
        rfbServerHandshake = new RfbServerHandshake(console::heard);
    }

    /** Starts the page's handshake. The server is not read until it is complete, so nothing interferes. */
    void greet() {
        rfbServerHandshake.begin();
    }

    @Override
    public void send(byte[] bytes, Consumer<Boolean> sent) {
        var rest = rfbServerHandshake.hear(bytes);
        if (rfbServerHandshake.isOver() && !hasStarted) {
            hasStarted = true;
            line.begin();
        }
        if (rfbServerHandshake.isWrong() || rest.length == 0) {
            sent.accept(!rfbServerHandshake.isWrong());
        } else {
            line.send(rest, sent);
        }
    }

    @Override
    public void release(long bytes) {
        long theirs;
        synchronized (this) {
            var ours = Math.min(own, bytes);
            own -= ours;
            theirs = bytes - ours;
        }
        if (theirs > 0) {
            line.release(theirs);
        }
    }

    @Override
    public void resize(TerminalSize terminalSize) {
        // The server determines the size of a screen.
    }

    @Override
    public void close() {
        line.close();
    }
}
