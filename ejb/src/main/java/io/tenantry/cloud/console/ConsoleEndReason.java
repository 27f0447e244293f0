package io.tenantry.cloud.console;

/** Why a console ended. */
public enum ConsoleEndReason {
    /** The user closed it, or the connection to the browser broke. */
    LEFT,
    /** The shell ended, for example by {@code exit}. */
    OVER,
    /** The connection to the server broke. */
    LOST,
    /** There was no input for too long. */
    IDLE,
    /** It reached the maximum duration. */
    LONG,
    /** The session in which it was opened ended. */
    SIGNED_OUT,
    /** The user lost the permission, or the service ended. */
    FORBIDDEN,
    /** More data was sent than may be buffered. */
    OVERRUN,
    /** The node is shutting down. */
    CLOSING
}
