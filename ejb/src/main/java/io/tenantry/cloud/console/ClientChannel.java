package io.tenantry.cloud.console;

/** The person's end of a console: what they see. Its methods return at once and may be called by any thread. */
public interface ClientChannel {
    /** All that the server says from now on is recorded, and the person is to know that before it says anything. */
    void recorded();

    /**
     * Shows what the server said. Not called again before {@code shown} was.
     *
     * @param shown to be run when it has gone out, by whatever thread
     */
    void show(byte[] bytes, Runnable shown);

    /** So many bytes of what was typed have gone to the server. */
    void took(int bytes);

    /** It is over; nothing comes any more. */
    void end(ConsoleEndReason why);
}
