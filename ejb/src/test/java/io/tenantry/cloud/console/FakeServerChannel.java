package io.tenantry.cloud.console;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A scripted server: it accepts input at once, or when released. */
final class FakeServerChannel implements ServerChannel {
    final List<byte[]> sent = new ArrayList<>();
    final List<Consumer<Boolean>> pending = new ArrayList<>();
    boolean isPaused;
    boolean isClosed;
    long released;
    TerminalSize terminalSize = new TerminalSize(80, 24);

    @Override
    public void send(byte[] bytes, Consumer<Boolean> whenSent) {
        sent.add(bytes);
        if (isPaused) {
            pending.add(whenSent);
        } else {
            whenSent.accept(true);
        }
    }

    @Override
    public void release(long bytes) {
        released += bytes;
    }

    @Override
    public void resize(TerminalSize next) {
        terminalSize = next;
    }

    @Override
    public void close() {
        isClosed = true;
    }
}
