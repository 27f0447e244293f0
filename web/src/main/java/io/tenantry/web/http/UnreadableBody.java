package io.tenantry.web.http;

import jakarta.servlet.http.HttpServletResponse;

/** The body of a request is not what its type says, such as parts without their boundary, or more than we read. */
class UnreadableBody extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean isTooLarge;

    UnreadableBody(RuntimeException cause) {
        super("the body of the request cannot be read", cause);
        // So says the container of a body or part that is larger than what is configured, and of nothing else.
        this.isTooLarge = cause instanceof IllegalStateException;
    }

    /** What it is answered with. */
    int status() {
        return isTooLarge ? HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE : HttpServletResponse.SC_BAD_REQUEST;
    }
}
