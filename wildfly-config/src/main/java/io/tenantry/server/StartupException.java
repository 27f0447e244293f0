package io.tenantry.server;

/** Thrown if the server or its database cannot run, with a message of one line that states what to do. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception that states the problem, the values involved, and what to do. */
    public StartupException(String message) {
        super(message);
    }

    /** Creates the same exception with its cause. */
    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
