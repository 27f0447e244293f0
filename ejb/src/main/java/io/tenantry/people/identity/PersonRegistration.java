package io.tenantry.people.identity;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds a person by address or creates one. Only a person without a password gets a link: an inviter must not gain access to the account of a
 * person who has one.
 */
@Dependent
class PersonRegistration {
    private static final String CREATE = """
            insert into person (id, email, name, created_at)
            values (?, ?, ?, ?)
            on conflict (email) do nothing
            returning id
            """;

    private static final String NAME = """
            update person p
               set name = ?
             where p.id = ?
               and p.state = 'ACTIVE'
               and not exists (select from credential c where c.person_id = p.id)
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    OneTimeTokens links;

    /** A person, and the link if there is no password yet. */
    record RegisteredPerson(UUID personId, String email, Optional<IssuedLink> link, boolean isMailed, boolean isShown) {
        /** The outcome as shown to the current actor: a mailed link is known to its person only. */
        InvitationOutcome.Invited invited() {
            return new InvitationOutcome.Invited(personId, mailedTo(), shown());
        }

        Optional<String> mailedTo() {
            return link.filter(known -> isMailed).map(known -> email);
        }

        Optional<IssuedLink> shown() {
            return link.filter(known -> isShown);
        }
    }

    /** Returns the person with that address, known (also in an older spelling) or new. */
    UUID person(String email, String name) {
        return known(email)
                .or(() -> sql.first(CREATE, row -> row.uuid("id"), Ids.next(clock), email, name, clock.instant()))
                .or(() -> known(email))
                .orElseThrow();
    }

    /**
     * Handles a person who was just given a role. Until the person has a password, the address may have been entered by anyone: the person gets
     * a link, and takes the name entered last.
     */
    RegisteredPerson arrived(UUID personId, String name) {
        var isNew = sql.update(NAME, name, personId) > 0;
        Optional<IssuedLink> link = isNew ? Optional.of(links.invite(personId)) : Optional.empty();
        var email = sql.one("select email from person where id = ?", row -> row.text("email"), personId);
        return new RegisteredPerson(personId, email, link, links.isMailed(), links.mayBeShown());
    }

    private Optional<UUID> known(String email) {
        var spellings = EmailAddress.spellings(email).toArray(String[]::new);
        return sql.first(
                "select id from person where email = any (?) order by array_position(?, email) limit 1",
                row -> row.uuid("id"),
                spellings,
                spellings);
    }
}
