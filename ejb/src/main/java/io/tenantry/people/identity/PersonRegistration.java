package io.tenantry.people.identity;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds a person by address or makes a new one. Only for one without a password is there a link: whoever invites a person who has one must not get
 * a way into that person's account.
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
    record Arrival(UUID personId, String email, Optional<IssuedLink> link, boolean isMailed, boolean isShown) {
        /** As the one who acts gets to know it: a link that was mailed is known to its person alone. */
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

    /** The person with that address, known (also in an older spelling) or new. */
    UUID person(String email, String name) {
        return known(email)
                .or(() -> sql.first(CREATE, row -> row.uuid("id"), Ids.next(clock), email, name, clock.instant()))
                .or(() -> known(email))
                .orElseThrow();
    }

    /**
     * The person, who has just got a place. Until somebody has a password, an address may have been typed by anybody: that person gets a link, and is
     * called as by the last who gave them a place.
     */
    Arrival arrived(UUID personId, String name) {
        var isNew = sql.update(NAME, name, personId) > 0;
        Optional<IssuedLink> link = isNew ? Optional.of(links.invite(personId)) : Optional.empty();
        var email = sql.one("select email from person where id = ?", row -> row.text("email"), personId);
        return new Arrival(personId, email, link, links.isMailed(), links.mayBeShown());
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
