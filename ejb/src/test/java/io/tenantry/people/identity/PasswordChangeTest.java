package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.SignInOutcome.Authenticated;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PasswordChangeTest {
    private static final String NEW_PASSWORD = "a-brand-new-password";
    private static final String ADDRESS = "192.0.2.31";

    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void changesThePasswordAndEndsTheOtherSessions() {
        var olga = olga("own1@aurora.example");
        var here = signIn("own1@aurora.example", IdentityFixture.PASSWORD);
        var elsewhere = signIn("own1@aurora.example", IdentityFixture.PASSWORD);
        assertThat(change(olga, here, IdentityFixture.PASSWORD, NEW_PASSWORD))
                .isInstanceOf(PasswordChange.Outcome.Changed.class);
        assertThat(isLive(here)).isTrue();
        assertThat(isLive(elsewhere)).isFalse();
        assertThat(Database.in(
                        Database.AURORA,
                        () -> identityFixture.passwordAuthentication.signIn(
                                "own1@aurora.example", IdentityFixture.PASSWORD, ADDRESS, "test")))
                .isInstanceOf(SignInOutcome.Refused.class);
        assertThat(signIn("own1@aurora.example", NEW_PASSWORD).person().email()).isEqualTo("own1@aurora.example");
    }

    @Test
    void isAudited() {
        var olga = olga("own2@aurora.example");
        change(olga, signIn("own2@aurora.example", IdentityFixture.PASSWORD), IdentityFixture.PASSWORD, NEW_PASSWORD);
        assertThat(Database.in(
                        Database.AURORA,
                        () -> identityFixture.audit.rows(new ListQuery(
                                "person.password_set",
                                Map.of(
                                        AuditTrail.SUBJECT,
                                        IdentityFixture.id(olga).toString()),
                                "",
                                false,
                                0,
                                10))))
                .first()
                .satisfies(entry -> {
                    assertThat(entry.actorName()).contains("Olga Owner");
                    assertThat(entry.facts()).contains("person");
                });
    }

    @Test
    void rejectsAWrongPasswordAndThrottlesFurtherAttempts() {
        var olga = olga("own3@aurora.example");
        var here = signIn("own3@aurora.example", IdentityFixture.PASSWORD);
        for (int i = 0; i < 5; i++) {
            assertThat(change(olga, here, "not it " + i, NEW_PASSWORD))
                    .isInstanceOf(PasswordChange.Outcome.Wrong.class);
        }
        assertThat(change(olga, here, IdentityFixture.PASSWORD, NEW_PASSWORD))
                .isInstanceOf(PasswordChange.Outcome.Throttled.class);
        assertThat(isLive(here)).isTrue();
    }

    @Test
    void rejectsPolicyViolationsAndSessionsOfOtherPersons() {
        var olga = olga("own4@aurora.example");
        var here = signIn("own4@aurora.example", IdentityFixture.PASSWORD);
        assertThat(change(olga, here, IdentityFixture.PASSWORD, "short"))
                .isEqualTo(new PasswordChange.Outcome.Unacceptable(PasswordPolicy.Violation.TOO_SHORT));
        var other = olga("own5@aurora.example");
        assertThatThrownBy(() -> change(other, here, IdentityFixture.PASSWORD, NEW_PASSWORD))
                .isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void signsOutOnOtherDevicesOnly() {
        var olga = olga("own6@aurora.example");
        var here = signIn("own6@aurora.example", IdentityFixture.PASSWORD);
        var elsewhere = signIn("own6@aurora.example", IdentityFixture.PASSWORD);
        Database.in(
                Database.AURORA,
                () -> IdentityFixture.as(olga, () -> {
                    identityFixture.sessions.endOthers(here.sessionId());
                    return true;
                }));
        assertThat(isLive(here)).isTrue();
        assertThat(isLive(elsewhere)).isFalse();
    }

    @Test
    void acceptsANewNameButNoBlankName() {
        var olga = olga("own7@aurora.example");
        assertThat(Database.in(
                        Database.AURORA,
                        () -> IdentityFixture.as(olga, () -> identityFixture.personAccounts.rename("  "))))
                .isFalse();
        assertThat(Database.in(
                        Database.AURORA,
                        () -> IdentityFixture.as(olga, () -> identityFixture.personAccounts.rename(" Olga Other "))))
                .isTrue();
        assertThat(signIn("own7@aurora.example", IdentityFixture.PASSWORD)
                        .person()
                        .name())
                .isEqualTo("Olga Other");
    }

    private Actor olga(String email) {
        return Database.in(
                Database.AURORA, () -> identityFixture.customer(email).owner());
    }

    private Authenticated signIn(String email, String password) {
        return (Authenticated) Database.in(
                Database.AURORA, () -> identityFixture.passwordAuthentication.signIn(email, password, ADDRESS, "test"));
    }

    private boolean isLive(Authenticated session) {
        return Database.in(Database.AURORA, () -> identityFixture.sessions.find(session.sessionId()))
                .isPresent();
    }

    private PasswordChange.Outcome change(Actor actor, Authenticated here, String current, String replacement) {
        return Database.in(
                Database.AURORA,
                () -> IdentityFixture.as(
                        actor,
                        () -> identityFixture.passwordChange.change(
                                here.person(), current, replacement, here.sessionId(), ADDRESS)));
    }
}
