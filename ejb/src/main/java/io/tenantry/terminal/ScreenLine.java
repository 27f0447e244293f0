package io.tenantry.terminal;

import java.util.function.Consumer;

/** A server's screen that has let us in: the page is greeted by us, and then everything goes through as it is. */
final class ScreenLine implements Line {
    private final TcpLine line;
    private final Greeting greeting;

    /** Of what is shown, this much was said by us. */
    private long own = Greeting.SAID_BYTES;

    private boolean hasBegun;

    ScreenLine(TcpLine line, Console console) {
        this.line = line;
        greeting = new Greeting(console::heard);
    }

    /** The page is greeted; the server is not read before that is over, so nothing comes between. */
    void greet() {
        greeting.begin();
    }

    @Override
    public void send(byte[] bytes, Consumer<Boolean> sent) {
        var rest = greeting.hear(bytes);
        if (greeting.isOver() && !hasBegun) {
            hasBegun = true;
            line.begin();
        }
        if (greeting.isWrong() || rest.length == 0) {
            sent.accept(!greeting.isWrong());
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
    public void resize(Size size) {
        // A screen is as large as the server wants it.
    }

    @Override
    public void close() {
        line.close();
    }
}
