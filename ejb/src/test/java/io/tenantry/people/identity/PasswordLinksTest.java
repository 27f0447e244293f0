package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.InvitationOutcome.Invited;
import io.tenantry.people.identity.LinkOutcome.PasswordSet;
import io.tenantry.people.identity.LinkOutcome.Unacceptable;
import io.tenantry.people.identity.LinkOutcome.Unusable;
import io.tenantry.people.identity.SignInOutcome.Authenticated;
import io.tenantry.people.identity.SignInOutcome.Throttled;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import java.util.ArrayList;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class PasswordLinksTest {
    private static final String NEW_PASSWORD = "a-brand-new-password";

    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void pointsToTheTenantsOwnHost() {
        assertThat(invite("host1@aurora.example").url()).startsWith("http://aurora.example:8080/link#");
        var operator = Database.in(
                Scope.PLATFORM,
                () -> IdentityFixture.asSystem(() ->
                        (Invited) identityFixture.staff.invite("host1@platform.example", "Pat", "operator_owner")));
        assertThat(operator.shown().orElseThrow().url()).startsWith("http://platform.localhost:8080/link#");
    }

    @Test
    void setsThePasswordOnce() {
        var secret = secret(invite("once2@aurora.example"));
        assertThat(choose(secret, NEW_PASSWORD)).isInstanceOf(PasswordSet.class);
        assertThat(signIn("once2@aurora.example", NEW_PASSWORD)).isInstanceOf(Authenticated.class);
        assertThat(choose(secret, "another-long-password")).isInstanceOf(Unusable.class);
        assertThat(signIn("once2@aurora.example", NEW_PASSWORD)).isInstanceOf(Authenticated.class);
    }

    @Test
    void worksOnceWhenUsedConcurrently() throws Exception {
        var secret = secret(invite("twice3@aurora.example"));
        var uses = new ArrayList<Callable<LinkOutcome>>();
        for (int i = 0; i < 8; i++) {
            var password = "password of racer " + i;
            uses.add(() -> choose(secret, password));
        }
        assertThat(PasswordAuthenticationTest.atOnce(uses))
                .filteredOn(PasswordSet.class::isInstance)
                .hasSize(1);
    }

    @Test
    void staysUsableAfterViewingAndARejectedPassword() {
        var secret = secret(invite("refused4@aurora.example"));
        assertThat(choose(secret, "short")).isEqualTo(new Unacceptable(PasswordPolicy.Violation.TOO_SHORT));
        assertThat(Database.in(Database.AURORA, () -> identityFixture.passwordLinks.open(secret)))
                .isPresent();
        assertThat(choose(secret, NEW_PASSWORD)).isInstanceOf(PasswordSet.class);
    }

    @Test
    void expires() {
        var link = invite("expired5@aurora.example");
        Database.asOwner("update t_aurora.one_time_link set created_at = created_at - interval '73 hours', "
                + "expires_at = expires_at - interval '73 hours' where used_at is null and person_id = "
                + "(select id from t_aurora.person where email = 'expired5@aurora.example')");
        assertThat(choose(secret(link), NEW_PASSWORD)).isInstanceOf(Unusable.class);
    }

    @Test
    void worksOnlyInItsOwnTenant() {
        var secret = secret(invite("elsewhere6@aurora.example"));
        assertThat(Database.in(Database.BOREALIS, () -> identityFixture.choice.choose(secret, NEW_PASSWORD)))
                .isInstanceOf(Unusable.class);
        assertThat(choose(secret, NEW_PASSWORD)).isInstanceOf(PasswordSet.class);
    }

    @Test
    void isReplacedByANewerLink() {
        var first = invite("newer7@aurora.example");
        var second = newLink("newer7@aurora.example");
        assertThat(choose(secret(first), NEW_PASSWORD)).isInstanceOf(Unusable.class);
        assertThat(choose(secret(second), NEW_PASSWORD)).isInstanceOf(PasswordSet.class);
    }

    @Test
    void endsAllSessionsAndThrottlingWhenUsed() {
        assertThat(choose(secret(invite("ended8@aurora.example")), NEW_PASSWORD))
                .isInstanceOf(PasswordSet.class);
        var session = ((Authenticated) signIn("ended8@aurora.example", NEW_PASSWORD)).sessionId();
        for (int i = 0; i < 6; i++) {
            var address = "203.0.113." + (8 + i);
            Database.in(
                    Database.AURORA,
                    () -> identityFixture.passwordAuthentication.signIn(
                            "ended8@aurora.example", "wrong", address, "x"));
        }
        assertThat(Database.in(
                        Database.AURORA,
                        () -> identityFixture.passwordAuthentication.signIn(
                                "ended8@aurora.example", NEW_PASSWORD, "203.0.113.80", "x")))
                .isInstanceOf(Throttled.class);
        assertThat(choose(secret(newLink("ended8@aurora.example")), "yet-another-one"))
                .isInstanceOf(PasswordSet.class);
        assertThat(Database.in(Database.AURORA, () -> identityFixture.sessions.find(session)))
                .isEmpty();
        assertThat(Database.in(
                        Database.AURORA,
                        () -> identityFixture.passwordAuthentication.signIn(
                                "ended8@aurora.example", "yet-another-one", "203.0.113.80", "x")))
                .isInstanceOf(Authenticated.class);
    }

    @Test
    void revokesTheApiKeysOfThePersonOnAResetOnly() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("keys11@aurora.example");
            var other = identityFixture.member(customer, "keys12@aurora.example", "owner");
            var key = key(customer, customer.owner());
            key(customer, other);
            IdentityFixture.run(
                    customer.owner(),
                    () -> assertThat(identityFixture.apiKeys.countMine()).isEqualTo(1));
            var signedIn = (Authenticated) identityFixture.passwordAuthentication.signIn(
                    "keys11@aurora.example", IdentityFixture.PASSWORD, "192.0.2.111", "x");
            IdentityFixture.run(
                    customer.owner(),
                    () -> assertThat(identityFixture.passwordChange.change(
                                    signedIn.person(),
                                    IdentityFixture.PASSWORD,
                                    NEW_PASSWORD,
                                    signedIn.sessionId(),
                                    "192.0.2.111"))
                            .isInstanceOf(PasswordChange.Outcome.Changed.class));
            assertThat(identityFixture.apiKeys.authenticate(key))
                    .as("a person who knows the password decides about the keys")
                    .isPresent();
        });
        var secret = secret(newLink("keys11@aurora.example"));
        assertThat(choose(secret, "yet-another-phrase")).isInstanceOf(PasswordSet.class);
        assertThat(
                        Database.texts(
                                "select count(*) filter (where k.revoked_at is not null) || ' of ' || count(*)"
                                        + " from t_aurora.api_key k join t_aurora.person p on p.id = k.person_id"
                                        + " where p.email in ('keys11@aurora.example', 'keys12@aurora.example') group by p.email order by p.email"))
                .containsExactly("1 of 1", "0 of 1");
        assertThat(Database.texts("select facts ->> 'revoked_api_keys' from t_aurora.audit_record"
                        + " where action = 'person.password_set' and facts ->> 'purpose' = 'RESET' and subject_id ="
                        + " (select id::text from t_aurora.person where email = 'keys11@aurora.example')"))
                .containsExactly("1");
    }

    private String key(IdentityFixture.Customer customer, Actor person) {
        return IdentityFixture.as(
                person,
                () -> identityFixture
                        .apiKeys
                        .create("robot", customer.organizationId(), Set.of(Permission.VPS_VIEW), null)
                        .text());
    }

    @Test
    void isStoredOnlyAsAHashAndNotPrinted() {
        var link = invite("hidden9@aurora.example");
        assertThat(link.toString()).doesNotContain(secret(link));
        assertThat(Database.texts("select encode(token_hash, 'hex') from t_aurora.one_time_link"))
                .noneMatch(hash -> hash.contains(secret(link)));
    }

    @Test
    void invitingAKnownPersonGrantsNoAccess() {
        Database.run(Database.AURORA, () -> {
            var first = identityFixture.customer("first10@example.org");
            var second = identityFixture.customer("second10@example.org");
            var boss = identityFixture.staffMember("boss10@aurora.example", "staff_owner");
            identityFixture.member(first, "shared10@example.org", "viewer");
            identityFixture.events.clear();
            assertThat(IdentityFixture.as(
                            second.owner(),
                            () -> identityFixture.members.invite(
                                    second.organizationId(), "shared10@example.org", "Shari", "viewer")))
                    .isInstanceOf(InvitationOutcome.Pending.class);
            var again = IdentityFixture.as(
                    boss, () -> identityFixture.staff.invite("shared10@example.org", "Shari", "staff_support"));
            assertThat(((Invited) again).shown()).isEmpty();
            assertThat(((Invited) again).mailedTo()).isEmpty();
            assertThat(identityFixture.events).noneMatch(SecurityMailRequested.LinkCreated.class::isInstance);
        });
    }

    @Test
    void supportMaySendLinksToCustomersButNotToStaffOwners() {
        Database.run(Database.AURORA, () -> {
            var boss = identityFixture.staffMember("boss11@aurora.example", "staff_owner");
            var support = identityFixture.staffMember("support11@aurora.example", "staff_support");
            var customer = identityFixture.customer("helped11@example.org");
            IdentityFixture.run(support, () -> {
                assertThat(identityFixture
                                .personAccounts
                                .sendLink(IdentityFixture.id(customer.owner()))
                                .mailedTo())
                        .contains("helped11@example.org");
                assertThatThrownBy(() -> identityFixture.personAccounts.sendLink(IdentityFixture.id(boss)))
                        .isInstanceOf(AccessDeniedException.class);
            });
            IdentityFixture.run(
                    customer.owner(),
                    () -> assertThatThrownBy(
                                    () -> identityFixture.personAccounts.sendLink(IdentityFixture.id(customer.owner())))
                            .isInstanceOf(AccessDeniedException.class));
        });
    }

    @Test
    void isMailedToItsPersonAndShownToNobody() {
        Database.run(Database.AURORA, () -> {
            var boss = identityFixture.staffMember("boss12@aurora.example", "staff_owner");
            var support = identityFixture.staffMember("support12@aurora.example", "staff_support");
            var customer = identityFixture.customer("mailed12@example.org");
            IdentityFixture.run(support, () -> {
                identityFixture.events.clear();
                var sent = identityFixture.personAccounts.sendLink(IdentityFixture.id(customer.owner()));
                assertThat(sent.mailedTo()).contains("mailed12@example.org");
                assertThat(sent.isKept()).as("without a mail server").isTrue();
                assertThat(sent.shown()).isEmpty();
                assertThat(identityFixture.events)
                        .singleElement()
                        .isInstanceOfSatisfying(
                                SecurityMailRequested.LinkCreated.class,
                                securityMails -> assertThat(securityMails.personId())
                                        .isEqualTo(IdentityFixture.id(customer.owner())));
                var added = (Organizations.Outcome.Created) identityFixture.organizations.create(
                        new Organizations.Draft("Bakery", "bakery12@example.org", "DE", "Bea", "bea12@example.org"));
                assertThat(added.mailedTo()).contains("bea12@example.org");
            });
            IdentityFixture.run(boss, () -> {
                var invited =
                        (Invited) identityFixture.staff.invite("colleague12@aurora.example", "Colin", "staff_support");
                assertThat(invited.mailedTo()).contains("colleague12@aurora.example");
                assertThat(invited.shown()).isEmpty();
                backdateLink(invited.personId());
                assertThat(identityFixture
                                .personAccounts
                                .sendLink(invited.personId())
                                .shown())
                        .isEmpty();
            });
            IdentityFixture.run(customer.owner(), () -> {
                var invited = (InvitationOutcome.Pending)
                        identityFixture.members.invite(customer.organizationId(), "mia12@example.org", "Mia", "viewer");
                identityFixture.sql.update(
                        "update membership_invitation set invited_at = invited_at - interval '6 minutes',"
                                + " sent_at = sent_at - interval '6 minutes'");
                var again =
                        identityFixture.memberInvitations.sendAgain(customer.organizationId(), invited.invitationId());
                assertThat(again.orElseThrow().mailedTo()).contains("mia12@example.org");
                assertThat(again.orElseThrow().shown()).isEmpty();
                assertThat(identityFixture.members.inviteAgain(
                                customer.organizationId(), IdentityFixture.id(customer.owner())))
                        .isEmpty();
            });
        });
    }

    @Test
    void operatorsSeeLinksOfPeopleWithoutPassword() {
        Database.rolledBack(Scope.PLATFORM, () -> {
            var boss = identityFixture.staffMember("boss13@platform.example", "operator_owner");
            var known = identityFixture.staffMember("known13@platform.example", "operator_viewer");
            IdentityFixture.run(boss, () -> {
                var invited =
                        (Invited) identityFixture.staff.invite("fresh13@platform.example", "Fay", "operator_viewer");
                assertThat(invited.mailedTo()).isEmpty();
                assertThat(invited.shown()).isPresent();
                assertThat(identityFixture
                                .personAccounts
                                .sendLink(invited.personId())
                                .shown())
                        .isPresent();
                assertThatThrownBy(() -> identityFixture.personAccounts.sendLink(IdentityFixture.id(known)))
                        .isInstanceOf(AccessDeniedException.class);
            });
        });
    }

    private void backdateLink(UUID person) {
        identityFixture.sql.update(
                "update one_time_link set created_at = created_at - interval '6 minutes' where person_id = ?", person);
    }

    private IssuedLink invite(String email) {
        return Database.in(
                        Database.AURORA,
                        () -> IdentityFixture.asSystem(
                                () -> (Invited) identityFixture.staff.invite(email, "Sam", "staff_owner")))
                .shown()
                .orElseThrow();
    }

    private IssuedLink newLink(String email) {
        return Database.in(
                Database.AURORA,
                () -> IdentityFixture.asSystem(() -> identityFixture
                        .personAccounts
                        .sendLink(identityFixture.sql.one(
                                "select id from person where email = ?", row -> row.uuid("id"), email))
                        .shown()
                        .orElseThrow()));
    }

    private LinkOutcome choose(String secret, String password) {
        return Database.in(Database.AURORA, () -> identityFixture.choice.choose(secret, password));
    }

    private SignInOutcome signIn(String email, String password) {
        return Database.in(
                Database.AURORA,
                () -> identityFixture.passwordAuthentication.signIn(email, password, "192.0.2.200", "Firefox"));
    }

    private static String secret(IssuedLink link) {
        return link.url().substring(link.url().indexOf('#') + 1);
    }
}
