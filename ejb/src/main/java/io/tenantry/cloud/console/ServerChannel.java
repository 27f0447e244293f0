package io.tenantry.cloud.console;

import java.util.function.Consumer;

/** The server's end of a console. Its methods return at once. */
interface ServerChannel {
    /**
     * Sends what was typed. Not to be called again before {@code sent} was.
     *
     * @param sent run with whether it went out
     */
    void send(byte[] bytes, Consumer<Boolean> sent);

    /** So many bytes of what the server said were passed on: it may say as much again. */
    void release(long bytes);

    void resize(TerminalSize terminalSize);

    void close();
}
