package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.audit.AuditTrail;
import io.tenantry.identity.SignInOutcome.Welcome;
import io.tenantry.listing.Wish;
import io.tenantry.tenancy.Actor;
import io.tenantry.testing.Database;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnPasswordTest {
    private static final String FRESH = "a-brand-new-password";
    private static final String HERE = "192.0.2.31";

    private final World world = new World();

    @Test
    void takesTheNewOneAndEndsOtherSessionsOnly() {
        var olga = olga("own1@aurora.example");
        var here = signIn("own1@aurora.example", World.PASSWORD);
        var elsewhere = signIn("own1@aurora.example", World.PASSWORD);
        assertThat(change(olga, here, World.PASSWORD, FRESH)).isInstanceOf(OwnPassword.Outcome.Changed.class);
        assertThat(isLive(here)).isTrue();
        assertThat(isLive(elsewhere)).isFalse();
        assertThat(Database.in(
                        Database.AURORA,
                        () -> world.credentials.signIn("own1@aurora.example", World.PASSWORD, HERE, "test")))
                .isInstanceOf(SignInOutcome.Refused.class);
        assertThat(signIn("own1@aurora.example", FRESH).person().email()).isEqualTo("own1@aurora.example");
    }

    @Test
    void isAudited() {
        var olga = olga("own2@aurora.example");
        change(olga, signIn("own2@aurora.example", World.PASSWORD), World.PASSWORD, FRESH);
        assertThat(Database.in(
                        Database.AURORA,
                        () -> world.audit.rows(new Wish(
                                "person.password_set",
                                Map.of(AuditTrail.SUBJECT, World.id(olga).toString()),
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
    void refusesAWrongOneAndPausesAfterSome() {
        var olga = olga("own3@aurora.example");
        var here = signIn("own3@aurora.example", World.PASSWORD);
        for (int i = 0; i < 5; i++) {
            assertThat(change(olga, here, "not it " + i, FRESH)).isInstanceOf(OwnPassword.Outcome.Wrong.class);
        }
        assertThat(change(olga, here, World.PASSWORD, FRESH)).isInstanceOf(OwnPassword.Outcome.Throttled.class);
        assertThat(isLive(here)).isTrue();
    }

    @Test
    void refusesWhatThePolicyRefusesAndWhoIsAnother() {
        var olga = olga("own4@aurora.example");
        var here = signIn("own4@aurora.example", World.PASSWORD);
        assertThat(change(olga, here, World.PASSWORD, "short"))
                .isEqualTo(new OwnPassword.Outcome.Unacceptable(PasswordPolicy.Violation.TOO_SHORT));
        var other = olga("own5@aurora.example");
        assertThatThrownBy(() -> change(other, here, World.PASSWORD, FRESH)).isInstanceOf(AccessDenied.class);
    }

    @Test
    void signsOutOnOtherDevicesOnly() {
        var olga = olga("own6@aurora.example");
        var here = signIn("own6@aurora.example", World.PASSWORD);
        var elsewhere = signIn("own6@aurora.example", World.PASSWORD);
        Database.in(
                Database.AURORA,
                () -> World.as(olga, () -> {
                    world.sessions.endOthers(here.sessionId());
                    return true;
                }));
        assertThat(isLive(here)).isTrue();
        assertThat(isLive(elsewhere)).isFalse();
    }

    @Test
    void takesAnotherNameButNoNameAtAll() {
        var olga = olga("own7@aurora.example");
        assertThat(Database.in(Database.AURORA, () -> World.as(olga, () -> world.people.rename("  "))))
                .isFalse();
        assertThat(Database.in(Database.AURORA, () -> World.as(olga, () -> world.people.rename(" Olga Other "))))
                .isTrue();
        assertThat(signIn("own7@aurora.example", World.PASSWORD).person().name())
                .isEqualTo("Olga Other");
    }

    private Actor olga(String email) {
        return Database.in(Database.AURORA, () -> world.customer(email).owner());
    }

    private Welcome signIn(String email, String password) {
        return (Welcome) Database.in(Database.AURORA, () -> world.credentials.signIn(email, password, HERE, "test"));
    }

    private boolean isLive(Welcome session) {
        return Database.in(Database.AURORA, () -> world.sessions.find(session.sessionId()))
                .isPresent();
    }

    private OwnPassword.Outcome change(Actor actor, Welcome here, String before, String fresh) {
        return Database.in(
                Database.AURORA,
                () -> World.as(
                        actor, () -> world.ownPassword.change(here.person(), before, fresh, here.sessionId(), HERE)));
    }
}
