package io.tenantry.cloud.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * A vendor did not do what it was asked. The message holds the vendor's words, for staff and logs; what a customer reads is made from the
 * reason alone.
 */
public final class ProviderFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why, in our words. */
    public enum Reason {
        /** The credentials are wrong or have run out. Nothing was done. */
        CREDENTIALS(false, false),
        /** The credentials are right but not allowed to. Nothing was done. */
        FORBIDDEN(false, false),
        /** There is no such thing. */
        NOT_FOUND(false, false),
        /** The vendor does not take what we sent. */
        INVALID(false, false),
        /** The account may have no more of it. */
        LIMIT(false, false),
        /** Sold out there. */
        NO_CAPACITY(true, false),
        /** At something else, or not in a state for that. */
        BUSY(true, false),
        /** We ask too often. Nothing was done. */
        TOO_OFTEN(true, false),
        /** It was not reached. Nothing was done. */
        UNREACHABLE(true, false),
        /** It was reached, and said nothing. */
        NO_ANSWER(true, true),
        /** It failed itself. */
        VENDOR(true, true),
        /** What it said is not what it promises to say. */
        NOT_UNDERSTOOD(false, true);

        private final boolean passing;
        private final boolean maybeDone;

        Reason(boolean passing, boolean maybeDone) {
            this.passing = passing;
            this.maybeDone = maybeDone;
        }
    }

    private final Reason reason;
    private final transient Optional<Duration> wait;

    /** With the vendor's words. */
    public ProviderFailure(Reason reason, String words) {
        this(reason, words, Optional.empty(), null);
    }

    /** With the vendor's words, and when to come again. */
    public ProviderFailure(
            Reason reason, String words, Optional<Duration> wait, @org.jspecify.annotations.Nullable Throwable cause) {
        super(words, cause);
        this.reason = reason;
        this.wait = wait;
    }

    public Reason reason() {
        return reason;
    }

    /** When the vendor asks us to come again. */
    public Optional<Duration> comeAgainIn() {
        return wait;
    }

    /** Whether asking again later may help. */
    public boolean isPassing() {
        return reason.passing;
    }

    /** Whether the vendor may have done it all the same: look before asking again. */
    public boolean maybeDone() {
        return reason.maybeDone;
    }
}
