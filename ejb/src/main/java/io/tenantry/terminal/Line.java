package io.tenantry.terminal;

import java.util.function.Consumer;

/** The server's end of a console. Its methods return at once. */
interface Line {
    /**
     * Sends what was typed. Not to be called again before {@code sent} was.
     *
     * @param sent run with whether it went out
     */
    void send(byte[] bytes, Consumer<Boolean> sent);

    /** So many bytes of what the server said were passed on: it may say as much again. */
    void release(long bytes);

    void resize(Size size);

    void close();
}
