package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.SignInOutcome.Authenticated;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionsTest {
    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void signingOutEndsOnlyTheCurrentSession() {
        var owner = customer("out1@example.org");
        var here = signIn("out1@example.org");
        var there = signIn("out1@example.org");
        Database.run(Database.AURORA, () -> IdentityFixture.run(owner, () -> identityFixture.sessions.end(here)));
        assertThat(isLive(here)).isFalse();
        assertThat(isLive(there)).isTrue();
    }

    @Test
    void signingOutEverywhereEndsAllSessions() {
        var owner = customer("everywhere2@example.org");
        var here = signIn("everywhere2@example.org");
        var there = signIn("everywhere2@example.org");
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(owner, () -> {
                    assertThat(identityFixture.sessions.mine()).hasSize(2);
                    identityFixture.sessions.endMine();
                }));
        assertThat(isLive(here)).isFalse();
        assertThat(isLive(there)).isFalse();
        assertThat(isLive(signIn("everywhere2@example.org"))).isTrue();
    }

    @Test
    void deletesOldSessionsAtTheNextSignIn() {
        customer("gone8@example.org");
        var gone = signIn("gone8@example.org");
        var recent = signIn("gone8@example.org");
        Database.asOwner(
                "update t_aurora.web_session set last_seen_at = now() - interval '91 days' where id = '" + gone + "'");
        signIn("gone8@example.org");
        assertThat(Database.texts(
                        "select id::text from t_aurora.web_session where id in ('" + gone + "', '" + recent + "')"))
                .containsExactly(recent.toString());
    }

    @Test
    void refusesToEndSessionsOfOtherPersons() {
        customer("victim3@example.org");
        var stranger = customer("stranger3@example.org");
        var session = signIn("victim3@example.org");
        Database.run(Database.AURORA, () -> IdentityFixture.run(stranger, () -> identityFixture.sessions.end(session)));
        assertThatThrownBy(() -> Database.run(
                        Database.AURORA,
                        () -> IdentityFixture.run(stranger, () -> identityFixture.sessions.endMine(session))))
                .isInstanceOf(NotFoundException.class);
        assertThat(isLive(session)).isTrue();
    }

    @Test
    void endsAnotherOwnSessionAndAuditsItOnce() {
        var owner = customer("there9@example.org");
        var here = signIn("there9@example.org");
        var there = signIn("there9@example.org");
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(owner, () -> {
                    identityFixture.sessions.endMine(there);
                    identityFixture.sessions.endMine(there);
                }));
        assertThat(isLive(there)).isFalse();
        assertThat(isLive(here)).isTrue();
        assertThat(Database.texts("select count(*)::text from t_aurora.audit_record"
                        + " where action = 'person.session_ended' and subject_id = '" + IdentityFixture.id(owner)
                        + "'"))
                .containsExactly("1");
    }

    @Test
    void sessionsOfADisabledPersonStayEndedAfterEnabling() {
        var owner = customerWithTwoOwners("disabled4@example.org");
        var session = signIn("disabled4@example.org");
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.asSystem(() -> {
                    identityFixture.personAccounts.disable(IdentityFixture.id(owner));
                    return true;
                }));
        assertThat(isLive(session)).isFalse();
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.asSystem(() -> {
                    identityFixture.personAccounts.enable(IdentityFixture.id(owner));
                    return true;
                }));
        assertThat(isLive(session)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "last_seen_at = last_seen_at - interval '121 minutes'",
                "created_at = created_at - interval '721 minutes'",
            })
    void expiresWhenIdleOrTooOld(String change) {
        customer(change.hashCode() + "5@example.org");
        var session = signIn(change.hashCode() + "5@example.org");
        Database.asOwner("update t_aurora.web_session set " + change + " where id = '" + session + "'");
        assertThat(isLive(session)).isFalse();
    }

    @Test
    void staysLiveWhileInUse() {
        customer("used6@example.org");
        var session = signIn("used6@example.org");
        Database.asOwner(
                "update t_aurora.web_session set last_seen_at = last_seen_at - interval '119 minutes' where id = '"
                        + session + "'");
        assertThat(isLive(session)).isTrue();
        Database.asOwner(
                "update t_aurora.web_session set last_seen_at = last_seen_at - interval '119 minutes' where id = '"
                        + session + "'");
        assertThat(isLive(session)).isTrue();
    }

    private Actor customer(String email) {
        return Database.in(
                Database.AURORA, () -> identityFixture.customer(email).owner());
    }

    /** Creates an owner who is not the only one. */
    private Actor customerWithTwoOwners(String email) {
        return Database.in(Database.AURORA, () -> {
            var customer = identityFixture.customer(email);
            identityFixture.member(customer, "second." + email, "owner");
            return customer.owner();
        });
    }

    private UUID signIn(String email) {
        return Database.in(
                Database.AURORA,
                () -> ((Authenticated) identityFixture.passwordAuthentication.signIn(
                                email, IdentityFixture.PASSWORD, "192.0.2.77", "Firefox"))
                        .sessionId());
    }

    private boolean isLive(UUID session) {
        return Database.in(
                Database.AURORA, () -> identityFixture.sessions.find(session).isPresent());
    }
}
