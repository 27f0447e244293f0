package io.tenantry.people.identity;

import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;

/** Choosing a password by a one-time link. No transaction and no connection is held while it is hashed. */
@Stateless
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class PasswordReset {
    @Inject
    PasswordLinks passwordLinks;

    @Inject
    Passwords passwords;

    @Inject
    SiteNames site;

    /** Sets the password of the link's person and uses the link up. */
    public LinkOutcome choose(String secret, String password) {
        var open = passwordLinks.open(secret);
        if (open.isEmpty()) {
            return new LinkOutcome.Unusable();
        }
        var violation = PasswordPolicy.violation(
                password, open.get().email(), site.and(open.get().name()));
        if (violation.isPresent()) {
            return new LinkOutcome.Unacceptable(violation.get());
        }
        try {
            var caller = Passwords.Caller.known("link " + open.get().personId(), "");
            var hash = passwords.inTurn(caller, () -> passwords.hash(password));
            return passwordLinks
                    .use(secret, hash)
                    .<LinkOutcome>map(used -> new LinkOutcome.PasswordSet(used.personId(), used.email()))
                    .orElseGet(LinkOutcome.Unusable::new);
        } catch (Passwords.HashingBusyException hashingBusyException) {
            return new LinkOutcome.Busy();
        }
    }

    /** Returns what is wrong with a password for the link's person; nothing if the link is not valid. */
    public Optional<PasswordPolicy.Violation> violation(String secret, String password) {
        return passwordLinks
                .open(secret)
                .flatMap(person -> PasswordPolicy.violation(password, person.email(), site.and(person.name())));
    }

    /** Returns a hash for {@link PasswordLinks#setByTheSystem}: the demo hashes one password and gives it to many. */
    public String hash(String password) {
        return passwords.inTurn(Passwords.Caller.system(), () -> passwords.hash(password));
    }
}
