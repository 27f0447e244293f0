package io.tenantry.cloud.console;

/** The browser's end of a console. Its methods return immediately and may be called by any thread. */
public interface ClientChannel {
    /** Announces, before any output, that everything the server sends from now on is recorded. */
    void recorded();

    /**
     * Shows output of the server. Not called again before {@code shown} was run.
     *
     * @param shown run by any thread when the output has been sent
     */
    void show(byte[] bytes, Runnable shown);

    /** Reports the number of input bytes that have been sent to the server. */
    void took(int bytes);

    /** Ends the channel; nothing more is sent. */
    void end(ConsoleEndReason why);
}
