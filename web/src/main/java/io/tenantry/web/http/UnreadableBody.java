package io.tenantry.web.http;

import jakarta.servlet.http.HttpServletResponse;

/** Thrown if the body of a request does not match its type, such as parts without their boundary, or is larger than the limit. */
class UnreadableBody extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isTooLarge;

    UnreadableBody(RuntimeException cause) {
        super("the body of the request cannot be read", cause);
        // The container throws this only for a body or part that is larger than the configured limit.
        this.isTooLarge = cause instanceof IllegalStateException;
    }

    /** Returns the status of the response. */
    int status() {
        return isTooLarge ? HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE : HttpServletResponse.SC_BAD_REQUEST;
    }
}
