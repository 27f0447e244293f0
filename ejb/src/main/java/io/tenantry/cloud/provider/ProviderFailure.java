package io.tenantry.cloud.provider;

import java.time.Duration;
import java.util.Optional;

/**
 * Signals that a provider did not do what was requested. The message contains the provider's error message, for staff and logs; texts for
 * customers are derived from the reason alone.
 */
public final class ProviderFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** The reason of the failure. */
    public enum Reason {
        /** The credentials are wrong or expired. Nothing was done. */
        CREDENTIALS(false, false),
        /** The credentials are valid but lack the permission. Nothing was done. */
        FORBIDDEN(false, false),
        /** The resource does not exist. */
        NOT_FOUND(false, false),
        /** The provider rejects the request as invalid. */
        INVALID(false, false),
        /** The account has reached a limit. */
        LIMIT(false, false),
        /** The provider has no capacity there. */
        NO_CAPACITY(true, false),
        /** The resource is busy, or its state does not allow the operation. */
        BUSY(true, false),
        /** There were too many requests. Nothing was done. */
        RATE_LIMITED(true, false),
        /** The provider could not be reached. Nothing was done. */
        UNREACHABLE(true, false),
        /** The provider was reached, but did not answer. */
        NO_RESPONSE(true, true),
        /** The provider itself failed. */
        PROVIDER_ERROR(true, true),
        /** The response does not conform to the provider's API. */
        INVALID_RESPONSE(false, true);

        private final boolean passing;
        private final boolean maybeDone;

        Reason(boolean passing, boolean maybeDone) {
            this.passing = passing;
            this.maybeDone = maybeDone;
        }
    }

    private final Reason reason;
    private final transient Optional<Duration> wait;

    /** Creates a failure with the provider's message. */
    public ProviderFailure(Reason reason, String words) {
        this(reason, words, Optional.empty(), null);
    }

    /** Creates a failure with the provider's message and the time of the next attempt. */
    public ProviderFailure(
            Reason reason, String words, Optional<Duration> wait, @org.jspecify.annotations.Nullable Throwable cause) {
        super(words, cause);
        this.reason = reason;
        this.wait = wait;
    }

    public Reason reason() {
        return reason;
    }

    /** Returns the delay after which the provider accepts another request. */
    public Optional<Duration> comeAgainIn() {
        return wait;
    }

    /** Whether a later attempt may succeed. */
    public boolean isPassing() {
        return reason.passing;
    }

    /** Whether the provider may have carried out the request nevertheless, so that a lookup is required before it is repeated. */
    public boolean maybeDone() {
        return reason.maybeDone;
    }
}
