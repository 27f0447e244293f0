package io.tenantry.people.identity;

import io.tenantry.tenancy.Actors;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;

/**
 * Changing one's own password by showing the one before, counted and paused as signing in is: who finds a screen unlocked can
 * guess no faster there. No transaction and no connection is held while passwords are hashed.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PasswordChange {
    @Inject
    Passwords passwords;

    @Inject
    SiteNames site;

    @Inject
    SignInTransactions signInTransactions;

    @Inject
    PasswordAttempts attempts;

    /** How it ended. */
    public sealed interface Outcome {
        /** The new one is in force; all other sessions of the person have ended, and links to choose one. */
        record Changed() implements Outcome {}

        /** The one before was not that. */
        record Wrong() implements Outcome {}

        /** The new one is not accepted. */
        record Unacceptable(PasswordPolicy.Violation violation) implements Outcome {}

        /** Too many attempts; the next is looked at after this time. */
        record Throttled(Duration retryAfter) implements Outcome {}
    }

    /**
     * Changes the password of the person who acts.
     *
     * @param person the one who acts, as the session knows them
     * @param kept the session in which it happens
     * @param address the network address from which the attempt comes
     */
    public Outcome change(AuthenticatedPerson person, String before, String fresh, UUID kept, String address) {
        SelfOnly.require("own password");
        if (!person.personId().equals(Actors.require().personId())) {
            throw new AccessDeniedException("own password");
        }
        var violation = PasswordPolicy.violation(fresh, person.email(), site.and(person.name()));
        if (violation.isPresent()) {
            return new Outcome.Unacceptable(violation.get());
        }
        return attempts.<Outcome>check(
                person.email(),
                address,
                true,
                attempt -> attempt(attempt, person, before, fresh, kept),
                Outcome.Changed.class::isInstance,
                Outcome.Throttled::new);
    }

    private Outcome attempt(
            SignInTransactions.Attempt attempt, AuthenticatedPerson person, String before, String fresh, UUID kept) {
        var candidate = attempt.candidate();
        var hash = candidate.flatMap(SignInTransactions.Candidate::passwordHash);
        var isRight = before.length() <= 4 * PasswordPolicy.LENGTH_MAX && passwords.matches(before, hash);
        if (isRight
                && signInTransactions.replace(
                        attempt, person.personId(), hash.orElseThrow(), passwords.hash(fresh), kept)) {
            return new Outcome.Changed();
        }
        signInTransactions.refused(candidate, "wrong_password");
        return new Outcome.Wrong();
    }
}
