package io.tenantry.server;

/** A reason why the server or its database cannot run, in one line that says what to do. */
public final class ServerProblem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, with which values, and what to do. */
    public ServerProblem(String message) {
        super(message);
    }

    /** The same, with what lies beneath. */
    public ServerProblem(String message, Throwable cause) {
        super(message, cause);
    }
}
