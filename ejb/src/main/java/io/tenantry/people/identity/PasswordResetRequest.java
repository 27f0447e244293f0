package io.tenantry.people.identity;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;

/**
 * Requests for a link to choose another password. The response discloses neither whether the address is known nor whether a link was created. A
 * person gets a link every five minutes at most; a network address may make ten requests in a quarter of an hour.
 */
@Stateless
public class PasswordResetRequest {
    private static final int ASKED_MAX = 10;

    private static final String COUNT = """
            insert into sign_in_failure (subject, failures, last_at)
            values (?, 1, now())
            on conflict (subject) do update
               set failures = case when sign_in_failure.last_at < now() - interval '15 minutes' then 1
                                   else sign_in_failure.failures + 1 end,
                   last_at = case when sign_in_failure.last_at < now() - interval '15 minutes' then now()
                                  else sign_in_failure.last_at end
            returning failures
            """;

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

    /**
     * Requests a link.
     *
     * @param address the network address of the request
     */
    public void ask(String email, String address) {
        var subject = "forgot:" + HexFormat.of().formatHex(RandomTokens.sha256(NetworkAddress.network(address)));
        int asked = sql.one(COUNT, row -> row.whole("failures"), subject);
        if (asked > ASKED_MAX) {
            return;
        }
        var spellings = EmailAddress.spellings(email).toArray(String[]::new);
        if (spellings.length > 0) {
            sql.first(FIND, row -> row.uuid("id"), spellings, spellings).ifPresent(this::issue);
        }
    }

    private void issue(UUID personId) {
        links.issue(personId, PasswordLinks.Purpose.RESET);
        audit.record(
                "person.link_requested", "person", personId.toString(), Map.of("purpose", PasswordLinks.Purpose.RESET));
    }
}
