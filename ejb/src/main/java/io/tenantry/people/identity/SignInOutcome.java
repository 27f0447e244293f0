package io.tenantry.people.identity;

import java.time.Duration;
import java.util.UUID;

/** The result of a sign-in attempt. A refusal gives no reason; the audit trail has it. */
public sealed interface SignInOutcome {
    /**
     * The person is authenticated and a session is open.
     *
     * @param sessionId the session; for servers only, never in a page or a URL
     */
    record Authenticated(AuthenticatedPerson person, UUID sessionId) implements SignInOutcome {}

    /** Unknown person, wrong password, disabled, no password yet, no role: indistinguishable from outside. */
    record Refused() implements SignInOutcome {}

    /** Nothing was checked: too many failures before, or too many people at once. */
    record Throttled(Duration retryAfter) implements SignInOutcome {}
}
