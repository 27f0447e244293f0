package io.tenantry.people.identity;

import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.util.HexFormat;

/**
 * Requests for a link to choose another password. The response discloses neither whether the address is known nor whether a link was created, and
 * neither does its time: the address is looked up on another thread. A person gets a link every five minutes at most; a network address may make
 * ten requests in a quarter of an hour.
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

    @Inject
    Sql sql;

    @Inject
    PasswordResetLinks links;

    @Inject
    PasswordResetThreads threads;

    /**
     * Requests a link.
     *
     * @param address the network address of the request
     */
    public void ask(String email, String address) {
        var network = NetworkAddress.network(address);
        var subject = "forgot:" + HexFormat.of().formatHex(RandomTokens.sha256(network));
        int asked = sql.one(COUNT, row -> row.whole("failures"), subject);
        if (asked > ASKED_MAX) {
            return;
        }
        threads.execute(network, () -> links.issue(email));
    }
}
