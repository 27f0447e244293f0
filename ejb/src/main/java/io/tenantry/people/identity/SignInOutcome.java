package io.tenantry.people.identity;

import java.time.Duration;
import java.util.UUID;

/** How an attempt to sign in ended. What is refused gives no reason; the audit trail has it. */
public sealed interface SignInOutcome {
    /**
     * The person is who they say, and a session of theirs is open.
     *
     * @param sessionId the session; for servers only, never in a page or an URL
     */
    record Authenticated(AuthenticatedPerson person, UUID sessionId) implements SignInOutcome {}

    /** Unknown person, wrong password, disabled, no password yet, no role: the same to the outside. */
    record Refused() implements SignInOutcome {}

    /** Nothing was checked: too many failures before, or too many people at once. */
    record Throttled(Duration retryAfter) implements SignInOutcome {}
}
