package io.tenantry.people.identity;

import jakarta.ejb.ApplicationException;
import java.time.Duration;

/** Too many people were invited, or somebody was sent a link a moment ago. Nothing was done; it may be asked for again later. */
@ApplicationException(rollback = true)
public final class TooManyLinksException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Limit limit;
    private final Duration retryAfter;

    TooManyLinksException(Limit limit, Duration retryAfter) {
        super("too many links: " + limit);
        this.limit = limit;
        this.retryAfter = retryAfter;
    }

    /** What was reached. */
    public enum Limit {
        /** A person gets a link every five minutes at most. */
        PERSON,
        /** The invitations of an organization in an hour. */
        ORGANIZATION,
        /** The invitations of a reseller, or of the platform, in an hour. */
        RESELLER
    }

    public Limit limit() {
        return limit;
    }

    /** Whole seconds to wait, at least one. */
    public long retryAfterSeconds() {
        return Math.max(1, retryAfter.toSeconds());
    }
}
