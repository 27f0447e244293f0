package io.tenantry.people.identity;

import io.tenantry.kernel.time.Ids;
import io.tenantry.tenancy.Sql;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds a person by address or makes a new one. Only for a new one is there a link: whoever invites a person that others
 * know already must not get a way into that person's account.
 */
@Dependent
class PersonRegistration {
    private static final String CREATE = """
            insert into person (id, email, name, created_at)
            values (?, ?, ?, ?)
            on conflict (email) do nothing
            returning id
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    OneTimeTokens links;

    /** A person, and the link if it is a new one. */
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
    Arrival arrive(String email, String name) {
        var known = known(email);
        if (known.isPresent()) {
            return arrival(known.get(), email, Optional.empty());
        }
        return sql.first(CREATE, row -> row.uuid("id"), Ids.next(clock), email, name, clock.instant())
                .map(id -> arrival(id, email, Optional.of(links.issue(id, PasswordLinks.Purpose.INVITE))))
                .orElseGet(() -> arrival(known(email).orElseThrow(), email, Optional.empty()));
    }

    /** The person with that address, known or new, without a link. */
    UUID person(String email, String name) {
        return known(email)
                .or(() -> sql.first(CREATE, row -> row.uuid("id"), Ids.next(clock), email, name, clock.instant()))
                .or(() -> known(email))
                .orElseThrow();
    }

    private Arrival arrival(UUID personId, String email, Optional<IssuedLink> link) {
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
