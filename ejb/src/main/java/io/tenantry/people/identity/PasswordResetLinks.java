package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.UUID;

/** Finds the person who requested a link to choose another password, and mails it. For {@link PasswordResetRequest}. */
@Stateless
public class PasswordResetLinks {
    private static final String FIND = """
            select p.id
              from person p
              join credential c on c.person_id = p.id
             where p.email = any (?)
               and p.state = 'ACTIVE'
               and not exists (select from one_time_link l
                                where l.person_id = p.id
                                  and l.created_at > now() - interval '5 minutes'
                                  and l.used_at is null)
             order by array_position(?, p.email)
             limit 1
            """;

    @Inject
    Sql sql;

    @Inject
    AuditTrail audit;

    @Inject
    OneTimeTokens links;

    /** Mails a link, unless the address is unknown or its person has got one a moment ago. */
    public void issue(String email) {
        var spellings = EmailAddress.spellings(email).toArray(String[]::new);
        if (spellings.length > 0) {
            sql.first(FIND, row -> row.uuid("id"), spellings, spellings).ifPresent(this::issueTo);
        }
    }

    private void issueTo(UUID personId) {
        links.issue(personId, PasswordLinks.Purpose.RESET);
        audit.record(
                "person.link_requested", "person", personId.toString(), Map.of("purpose", PasswordLinks.Purpose.RESET));
    }
}
