package io.tenantry.people.identity;

import io.tenantry.tenancy.Actors;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Change of one's password by entering the current one, counted and throttled like signing in: an unlocked screen does not allow faster
 * guessing. No transaction and no connection is held while passwords are hashed.
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

    /** The result of the change. */
    public sealed interface Outcome {
        /** The new password is set; all other sessions of the person have ended, and links to choose one. */
        record Changed() implements Outcome {}

        /** The current password was wrong. */
        record Wrong() implements Outcome {}

        /** The new password is not accepted. */
        record Unacceptable(PasswordPolicy.Violation violation) implements Outcome {}

        /** Too many attempts; the next is checked after this time. */
        record Throttled(Duration retryAfter) implements Outcome {}
    }

    /**
     * Changes the password of the current person.
     *
     * @param person the current person, from the session
     * @param kept the session in which it happens
     * @param address the network address from which the attempt comes
     */
    public Outcome change(AuthenticatedPerson person, String before, String fresh, UUID kept, String address) {
        SelfOnly.require("own password");
        if (!person.personId().equals(Actors.require().personId())) {
            throw new AccessDeniedException("own password");
        }
        var violation = violation(person, fresh);
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

    /** Returns what is wrong with a new password of the person. */
    public Optional<PasswordPolicy.Violation> violation(AuthenticatedPerson person, String fresh) {
        return PasswordPolicy.violation(fresh, person.email(), site.and(person.name()));
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
