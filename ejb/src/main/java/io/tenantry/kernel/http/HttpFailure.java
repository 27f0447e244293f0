package io.tenantry.kernel.http;

/** Thrown if there was no response. */
public final class HttpFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean sent;

    HttpFailure(String message, boolean sent, Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    HttpFailure(String message, boolean sent) {
        super(message);
        this.sent = sent;
    }

    /** Whether the other side may have read the request and so may have executed it. */
    public boolean maybeDone() {
        return sent;
    }
}
