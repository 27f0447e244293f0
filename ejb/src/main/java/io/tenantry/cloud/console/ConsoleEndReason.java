package io.tenantry.cloud.console;

/** Why a console ended. */
public enum ConsoleEndReason {
    /** The user closed it, or the connection to the browser broke. */
    CLOSED,
    /** The shell ended, for example by {@code exit}. */
    EXITED,
    /** The connection to the server broke. */
    CONNECTION_LOST,
    /** There was no input for too long. */
    IDLE_TIMEOUT,
    /** It reached the maximum duration. */
    TIME_LIMIT,
    /** The session in which it was opened ended. */
    SIGNED_OUT,
    /** The user lost the permission, or the service ended. */
    FORBIDDEN,
    /** More data was sent than may be buffered. */
    BUFFER_OVERFLOW,
    /** The node is shutting down. */
    SHUTDOWN
}
