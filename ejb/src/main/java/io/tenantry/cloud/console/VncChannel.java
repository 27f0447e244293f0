package io.tenantry.cloud.console;

import java.util.function.Consumer;

/** A server's screen that has let us in: the page is greeted by us, and then everything goes through as it is. */
final class VncChannel implements ServerChannel {
    private final TcpChannel line;
    private final RfbServerHandshake rfbServerHandshake;

    /** Of what is shown, this much was said by us. */
    private long own = RfbServerHandshake.SAID_BYTES;

    private boolean hasBegun;

    VncChannel(TcpChannel line, Console console) {
        this.line = line;
        rfbServerHandshake = new RfbServerHandshake(console::heard);
    }

    /** The page is greeted; the server is not read before that is over, so nothing comes between. */
    void greet() {
        rfbServerHandshake.begin();
    }

    @Override
    public void send(byte[] bytes, Consumer<Boolean> sent) {
        var rest = rfbServerHandshake.hear(bytes);
        if (rfbServerHandshake.isOver() && !hasBegun) {
            hasBegun = true;
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
        // A screen is as large as the server wants it.
    }

    @Override
    public void close() {
        line.close();
    }
}
