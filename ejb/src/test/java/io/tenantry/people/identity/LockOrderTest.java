package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Two concurrent ways to change a password wait for each other without deadlock. */
class LockOrderTest {
    private static final TenantId TENANT = Database.AURORA;

    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void resettingByLinkAndChangingThePasswordDoNotDeadlock() throws Exception {
        var email = "order1@locks.example";
        var owner = Database.in(TENANT, () -> identityFixture.customer(email).owner());
        var session = Database.in(
                TENANT,
                () -> identityFixture.passwordAuthentication.signIn(
                        email, IdentityFixture.PASSWORD, "192.0.2.91", "test"));
        var here = ((SignInOutcome.Authenticated) session).sessionId();
        var attempt = Database.in(TENANT, () -> (SignInTransactions.Admission.Admitted)
                        identityFixture.signInTransactions.admit(email, "192.0.2.91"))
                .attempt();
        var before = attempt.candidate().orElseThrow().passwordHash().orElseThrow();
        var secret = Database.in(
                        TENANT,
                        () -> IdentityFixture.asSystem(
                                () -> identityFixture.personAccounts.sendLink(IdentityFixture.id(owner))))
                .shown()
                .orElseThrow()
                .url()
                .split("#", 2)[1];
        var used = identityFixture.passwords.hash("another-orbit-teapot");
        var replaced = identityFixture.passwords.hash("a-third-orbit-teapot");

        var byLink = new FutureTask<>(() -> Database.in(
                TENANT, () -> identityFixture.passwordLinks.use(secret, used).isPresent()));
        var byPassword = new FutureTask<>(() -> Database.in(
                TENANT,
                () -> IdentityFixture.as(
                        owner,
                        () -> identityFixture.signInTransactions.replace(
                                attempt, IdentityFixture.id(owner), before, replaced, here))));
        Database.run(TENANT, () -> {
            identityFixture.sql.query(
                    "select token_hash from one_time_link where token_hash = ? for update",
                    row -> row.bytes("token_hash"),
                    RandomTokens.sha256(secret));
            startAndAwait(byLink, 1);
            startAndAwait(byPassword, 2);
        });

        assertThat(finished(byLink)).isTrue();
        assertThat(finished(byPassword)).isFalse();
        assertThat(Database.texts("select password_hash from t_aurora.credential where person_id = '"
                        + IdentityFixture.id(owner) + "'"))
                .containsExactly(used);
    }

    private static void startAndAwait(FutureTask<?> work, int waiting) {
        new Thread(work, "at-once-" + waiting).start();
        while (!work.isDone()
                && Database.texts("select 'waits' from pg_stat_activity where cardinality(pg_blocking_pids(pid)) > 0")
                                .size()
                        < waiting) {
            Thread.onSpinWait();
        }
    }

    private static <T> T finished(FutureTask<T> work) throws Exception {
        return work.get(60, TimeUnit.SECONDS);
    }
}
