package io.tenantry.people.identity;

import java.util.UUID;

/** The result of setting a password by a one-time link. */
public sealed interface LinkOutcome {
    /** The password is set; the person may sign in with it. All their other sessions have ended. */
    record PasswordSet(UUID personId, String email) implements LinkOutcome {}

    /** The password is not accepted; the link still works. */
    record Unacceptable(PasswordPolicy.Violation violation) implements LinkOutcome {}

    /** Unknown, used, expired or replaced: indistinguishable from outside. */
    record Unusable() implements LinkOutcome {}

    /** Too many passwords are being set at once; the link still works. */
    record Busy() implements LinkOutcome {}
}
