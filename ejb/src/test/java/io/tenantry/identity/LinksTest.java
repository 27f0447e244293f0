package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.InvitationOutcome.Invited;
import io.tenantry.identity.LinkOutcome.PasswordSet;
import io.tenantry.identity.LinkOutcome.Unacceptable;
import io.tenantry.identity.LinkOutcome.Unusable;
import io.tenantry.identity.SignInOutcome.Throttled;
import io.tenantry.identity.SignInOutcome.Welcome;
import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class LinksTest {
    private static final String FRESH = "a-brand-new-password";

    private final World world = new World();

    @Test
    void leadsToTheResellersOwnHost() {
        assertThat(invite("host1@aurora.example").url()).startsWith("http://aurora.example:8080/link#");
        var operator = Database.in(
                Scope.PLATFORM,
                () -> World.asSystem(
                        () -> (Invited) world.staff.invite("host1@platform.example", "Pat", "operator_owner")));
        assertThat(operator.shown().orElseThrow().url()).startsWith("http://platform.localhost:8080/link#");
    }

    @Test
    void setsThePasswordOnce() {
        var secret = secret(invite("once2@aurora.example"));
        assertThat(choose(secret, FRESH)).isInstanceOf(PasswordSet.class);
        assertThat(signIn("once2@aurora.example", FRESH)).isInstanceOf(Welcome.class);
        assertThat(choose(secret, "another-long-password")).isInstanceOf(Unusable.class);
        assertThat(signIn("once2@aurora.example", FRESH)).isInstanceOf(Welcome.class);
    }

    @Test
    void usedTwiceAtTheSameTimeWorksOnce() throws Exception {
        var secret = secret(invite("twice3@aurora.example"));
        var uses = new ArrayList<Callable<LinkOutcome>>();
        for (int i = 0; i < 8; i++) {
            var password = "password of racer " + i;
            uses.add(() -> choose(secret, password));
        }
        assertThat(CredentialsTest.atOnce(uses))
                .filteredOn(PasswordSet.class::isInstance)
                .hasSize(1);
    }

    @Test
    void isNotUsedUpByAPasswordThatIsRefusedOrByLooking() {
        var secret = secret(invite("refused4@aurora.example"));
        assertThat(choose(secret, "short")).isEqualTo(new Unacceptable(PasswordPolicy.Violation.TOO_SHORT));
        assertThat(Database.in(Database.AURORA, () -> world.links.open(secret))).isPresent();
        assertThat(choose(secret, FRESH)).isInstanceOf(PasswordSet.class);
    }

    @Test
    void expires() {
        var link = invite("expired5@aurora.example");
        Database.asOwner("update t_aurora.one_time_link set created_at = created_at - interval '73 hours', "
                + "expires_at = expires_at - interval '73 hours' where used_at is null and person_id = "
                + "(select id from t_aurora.person where email = 'expired5@aurora.example')");
        assertThat(choose(secret(link), FRESH)).isInstanceOf(Unusable.class);
    }

    @Test
    void worksOnlyAtTheResellerWhereItWasMade() {
        var secret = secret(invite("elsewhere6@aurora.example"));
        assertThat(Database.in(Database.BOREALIS, () -> world.choice.choose(secret, FRESH)))
                .isInstanceOf(Unusable.class);
        assertThat(choose(secret, FRESH)).isInstanceOf(PasswordSet.class);
    }

    @Test
    void aNewerLinkReplacesAnOlderOne() {
        var first = invite("newer7@aurora.example");
        var second = newLink("newer7@aurora.example");
        assertThat(choose(secret(first), FRESH)).isInstanceOf(Unusable.class);
        assertThat(choose(secret(second), FRESH)).isInstanceOf(PasswordSet.class);
    }

    @Test
    void aNewPasswordEndsAllSessionsAndPauses() {
        assertThat(choose(secret(invite("ended8@aurora.example")), FRESH)).isInstanceOf(PasswordSet.class);
        var session = ((Welcome) signIn("ended8@aurora.example", FRESH)).sessionId();
        for (int i = 0; i < 6; i++) {
            var address = "203.0.113." + (8 + i);
            Database.in(
                    Database.AURORA, () -> world.credentials.signIn("ended8@aurora.example", "wrong", address, "x"));
        }
        assertThat(Database.in(
                        Database.AURORA,
                        () -> world.credentials.signIn("ended8@aurora.example", FRESH, "203.0.113.80", "x")))
                .isInstanceOf(Throttled.class);
        assertThat(choose(secret(newLink("ended8@aurora.example")), "yet-another-one"))
                .isInstanceOf(PasswordSet.class);
        assertThat(Database.in(Database.AURORA, () -> world.sessions.find(session)))
                .isEmpty();
        assertThat(Database.in(
                        Database.AURORA,
                        () -> world.credentials.signIn(
                                "ended8@aurora.example", "yet-another-one", "203.0.113.80", "x")))
                .isInstanceOf(Welcome.class);
    }

    @Test
    void isKeptOnlyAsAHashAndNeverPrinted() {
        var link = invite("hidden9@aurora.example");
        assertThat(link.toString()).doesNotContain(secret(link));
        assertThat(Database.texts("select encode(token_hash, 'hex') from t_aurora.one_time_link"))
                .noneMatch(hash -> hash.contains(secret(link)));
    }

    @Test
    void whoeverInvitesAPersonThatOthersKnowGetsNoWayIn() {
        Database.run(Database.AURORA, () -> {
            var first = world.customer("first10@example.org");
            var second = world.customer("second10@example.org");
            var boss = world.staffMember("boss10@aurora.example", "staff_owner");
            world.member(first, "shared10@example.org", "viewer");
            world.events.clear();
            assertThat(World.as(
                            second.owner(),
                            () -> world.members.invite(
                                    second.organizationId(), "shared10@example.org", "Shari", "viewer")))
                    .isInstanceOf(InvitationOutcome.Pending.class);
            var again = World.as(boss, () -> world.staff.invite("shared10@example.org", "Shari", "staff_support"));
            assertThat(((Invited) again).shown()).isEmpty();
            assertThat(((Invited) again).mailedTo()).isEmpty();
            assertThat(world.events).noneMatch(PersonTold.OfLink.class::isInstance);
        });
    }

    @Test
    void supportMayHelpCustomersButNotTheirOwnBoss() {
        Database.run(Database.AURORA, () -> {
            var boss = world.staffMember("boss11@aurora.example", "staff_owner");
            var support = world.staffMember("support11@aurora.example", "staff_support");
            var customer = world.customer("helped11@example.org");
            World.run(support, () -> {
                assertThat(world.people.sendLink(World.id(customer.owner())).mailedTo())
                        .contains("helped11@example.org");
                assertThatThrownBy(() -> world.people.sendLink(World.id(boss))).isInstanceOf(AccessDenied.class);
            });
            World.run(
                    customer.owner(),
                    () -> assertThatThrownBy(() -> world.people.sendLink(World.id(customer.owner())))
                            .isInstanceOf(AccessDenied.class));
        });
    }

    @Test
    void goesToItsPersonByMailAndIsShownToNobodyElse() {
        Database.run(Database.AURORA, () -> {
            var boss = world.staffMember("boss12@aurora.example", "staff_owner");
            var support = world.staffMember("support12@aurora.example", "staff_support");
            var customer = world.customer("mailed12@example.org");
            World.run(support, () -> {
                world.events.clear();
                var sent = world.people.sendLink(World.id(customer.owner()));
                assertThat(sent.mailedTo()).contains("mailed12@example.org");
                assertThat(sent.shown()).isEmpty();
                assertThat(world.events)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                PersonTold.OfLink.class,
                                told -> assertThat(told.personId()).isEqualTo(World.id(customer.owner())));
                var added = (Organizations.Outcome.Created) world.organizations.create(
                        new Organizations.Draft("Bakery", "bakery12@example.org", "DE", "Bea", "bea12@example.org"));
                assertThat(added.mailedTo()).contains("bea12@example.org");
            });
            World.run(boss, () -> {
                var invited = (Invited) world.staff.invite("colleague12@aurora.example", "Colin", "staff_support");
                assertThat(invited.mailedTo()).contains("colleague12@aurora.example");
                assertThat(invited.shown()).isEmpty();
                sixMinutesPass(invited.personId());
                assertThat(world.people.sendLink(invited.personId()).shown()).isEmpty();
            });
            World.run(customer.owner(), () -> {
                var invited = (InvitationOutcome.Pending)
                        world.members.invite(customer.organizationId(), "mia12@example.org", "Mia", "viewer");
                world.sql.update("update membership_invitation set invited_at = invited_at - interval '6 minutes',"
                        + " sent_at = sent_at - interval '6 minutes'");
                var again = world.memberInvitations.sendAgain(customer.organizationId(), invited.invitationId());
                assertThat(again.orElseThrow().mailedTo()).contains("mia12@example.org");
                assertThat(again.orElseThrow().shown()).isEmpty();
                assertThat(world.members.inviteAgain(customer.organizationId(), World.id(customer.owner())))
                        .isEmpty();
            });
        });
    }

    @Test
    void operatorsHaveNoMailAndSeeTheLinkOfWhomeverNeverHadAPassword() {
        Database.undone(Scope.PLATFORM, () -> {
            var boss = world.staffMember("boss13@platform.example", "operator_owner");
            var known = world.staffMember("known13@platform.example", "operator_viewer");
            World.run(boss, () -> {
                var invited = (Invited) world.staff.invite("fresh13@platform.example", "Fay", "operator_viewer");
                assertThat(invited.mailedTo()).isEmpty();
                assertThat(invited.shown()).isPresent();
                assertThat(world.people.sendLink(invited.personId()).shown()).isPresent();
                assertThatThrownBy(() -> world.people.sendLink(World.id(known))).isInstanceOf(AccessDenied.class);
            });
        });
    }

    private void sixMinutesPass(UUID person) {
        world.sql.update(
                "update one_time_link set created_at = created_at - interval '6 minutes' where person_id = ?", person);
    }

    private IssuedLink invite(String email) {
        return Database.in(
                        Database.AURORA,
                        () -> World.asSystem(() -> (Invited) world.staff.invite(email, "Sam", "staff_owner")))
                .shown()
                .orElseThrow();
    }

    private IssuedLink newLink(String email) {
        return Database.in(
                Database.AURORA,
                () -> World.asSystem(() -> world.people
                        .sendLink(world.sql.one("select id from person where email = ?", row -> row.uuid("id"), email))
                        .shown()
                        .orElseThrow()));
    }

    private LinkOutcome choose(String secret, String password) {
        return Database.in(Database.AURORA, () -> world.choice.choose(secret, password));
    }

    private SignInOutcome signIn(String email, String password) {
        return Database.in(Database.AURORA, () -> world.credentials.signIn(email, password, "192.0.2.200", "Firefox"));
    }

    private static String secret(IssuedLink link) {
        return link.url().substring(link.url().indexOf('#') + 1);
    }
}
