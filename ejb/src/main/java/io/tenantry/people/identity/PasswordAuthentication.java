package io.tenantry.people.identity;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Locale;
import java.util.Optional;

/**
 * Sign-in with a password. From outside an unknown person and a wrong password are indistinguishable: one response, one duration. No
 * transaction and no connection is held while a password is hashed.
 */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PasswordAuthentication {
    @Inject
    Passwords passwords;

    @Inject
    SignInTransactions signInTransactions;

    @Inject
    PasswordAttempts attempts;

    /**
     * Opens a session for the person with this address and password.
     *
     * @param address the network address from which the attempt comes
     * @param userAgent the browser's user agent; shown to the person in the list of sessions
     */
    public SignInOutcome signIn(String email, String password, String address, String userAgent) {
        if (EmailAddress.known(email).isEmpty() || password.length() > 4 * PasswordPolicy.LENGTH_MAX) {
            return new SignInOutcome.Refused(); // Not an address; discloses nothing about existing people.
        }
        return attempts.<SignInOutcome>check(
                email,
                address,
                false,
                attempt -> check(attempt, password, address, userAgent),
                SignInOutcome.Authenticated.class::isInstance,
                SignInOutcome.Throttled::new);
    }

    private SignInOutcome check(SignInTransactions.Attempt attempt, String password, String address, String userAgent) {
        var candidate = attempt.candidate();
        var hash = candidate.flatMap(SignInTransactions.Candidate::passwordHash);
        boolean matches = passwords.matches(password, hash);
        var refusal = refusal(candidate, hash, matches);
        if (refusal.isPresent()) {
            signInTransactions.refused(candidate, refusal.get());
            return new SignInOutcome.Refused();
        }
        var person =
                candidate.flatMap(SignInTransactions.Candidate::authenticated).orElseThrow();
        var session = signInTransactions.welcome(attempt, person, hash.orElseThrow(), address, userAgent);
        if (session.isEmpty()) {
            signInTransactions.refused(candidate, "password_changed_meanwhile");
            return new SignInOutcome.Refused();
        }
        hash.filter(passwords::isOutdated)
                .ifPresent(outdated -> signInTransactions.renew(person.personId(), outdated, passwords.hash(password)));
        return new SignInOutcome.Authenticated(person, session.get());
    }

    private static Optional<String> refusal(
            Optional<SignInTransactions.Candidate> candidate, Optional<String> hash, boolean matches) {
        if (candidate.isEmpty()) {
            return Optional.of("unknown_person");
        }
        if (hash.isEmpty()) {
            return Optional.of("no_password_yet");
        }
        if (!matches) {
            return Optional.of("wrong_password");
        }
        if (!candidate.get().isActive()) {
            return Optional.of(candidate.get().state().toLowerCase(Locale.ROOT));
        }
        return candidate.get().authenticated().isEmpty() ? Optional.of("no_role") : Optional.empty();
    }
}
