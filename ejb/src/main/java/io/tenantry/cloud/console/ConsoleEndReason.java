package io.tenantry.cloud.console;

/** How a console came to its end. */
public enum ConsoleEndReason {
    /** The person closed it, or the line to the person broke. */
    LEFT,
    /** The shell ended: somebody typed exit. */
    OVER,
    /** The line to the server broke. */
    LOST,
    /** Nobody typed for too long. */
    IDLE,
    /** It was open for as long as any may be. */
    LONG,
    /** The session ended in which it was opened. */
    SIGNED_OUT,
    /** The person may not any more, or the service is no more. */
    FORBIDDEN,
    /** More was sent than may wait. */
    OVERRUN,
    /** The node is going down. */
    CLOSING
}
