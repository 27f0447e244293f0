package io.tenantry.people.identity;

import jakarta.ejb.ApplicationException;
import java.time.Duration;

/**
 * Thrown if too many people were invited, or if a person was sent a link a moment ago. Nothing was done; the request may be repeated later.
 */
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

    /** The limit that was reached. */
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

    /** Returns whole seconds to wait, at least one. */
    public long retryAfterSeconds() {
        return Math.max(1, retryAfter.toSeconds());
    }
}
