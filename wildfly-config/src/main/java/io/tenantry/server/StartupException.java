package io.tenantry.server;

/** A reason why the server or its database cannot run, in one line that says what to do. */
public final class StartupException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, with which values, and what to do. */
    public StartupException(String message) {
        super(message);
    }

    /** The same, with what lies beneath. */
    public StartupException(String message, Throwable cause) {
        super(message, cause);
    }
}
