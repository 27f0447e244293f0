package io.tenantry.web.problem;

import io.tenantry.web.layout.Messages;
import java.util.Locale;

/** The problem types of the API. Each has a section on the page to which its type refers. */
public enum ProblemType {
    UNREADABLE(400),
    IDEMPOTENCY_KEY_MISSING(400),
    NO_WALLET(402),
    INSUFFICIENT_FUNDS(402),
    ACCESS_DENIED(403),
    NOT_FOUND(404),
    INVALID_STATE(409),
    LOCKED(409),
    UNSUPPORTED(409),
    IDEMPOTENCY_KEY_TAKEN(409),
    IDEMPOTENCY_KEY_IN_PROGRESS(409),
    LIMIT_REACHED(409),
    OFFER_WITHDRAWN(409),
    ORDERS_PAUSED(409),
    TOO_LARGE(413),
    INVALID_VALUE(422),
    RATE_LIMITED(429),
    INTERNAL_ERROR(500);

    /** The page that describes all problem types. */
    public static final String PAGE = "/docs/problems";

    private final int status;

    ProblemType(int status) {
        this.status = status;
    }

    /** Returns the address of its description, from the root of the host. */
    public String type() {
        return PAGE + "#" + getCode();
    }

    /** Returns the stable code for programs. */
    public String getCode() {
        return name().toLowerCase(Locale.ROOT);
    }

    public int getStatus() {
        return status;
    }

    /** Returns a short title, in English. */
    public String getTitle() {
        return title(Locale.ENGLISH);
    }

    /** Returns a short title; the same for each occurrence except for the language (RFC 9457, 3.1.3). */
    public String title(Locale locale) {
        return new Messages(locale).text("problem." + getCode());
    }
}
