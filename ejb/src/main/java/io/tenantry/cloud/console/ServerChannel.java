package io.tenantry.cloud.console;

import java.util.function.Consumer;

/** The server's end of a console. Its methods return immediately. */
interface ServerChannel {
    /**
     * Sends input. Must not be called again before {@code sent} was run.
     *
     * @param sent run with whether the input was sent
     */
    void send(byte[] bytes, Consumer<Boolean> sent);

    /** Reports output bytes of the server that were passed on: it may send as many again. */
    void release(long bytes);

    void resize(TerminalSize terminalSize);

    void close();
}
