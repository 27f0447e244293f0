package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.InvitationOutcome.Field;
import io.tenantry.people.identity.InvitationOutcome.Invalid;
import io.tenantry.people.identity.InvitationOutcome.Pending;
import io.tenantry.testing.Database;
import java.util.EnumSet;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Invitations cannot be used to send many emails, or third-party text, in the name of a brand. */
class InvitationsTest {
    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void limitsLinksPerPersonToOneInFiveMinutes() {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("pause1@invite.example");
            var organization = customer.organizationId();
            var support = identityFixture.staffMember("pause1@invite-staff.example", "staff_support");
            IdentityFixture.run(customer.owner(), () -> {
                var invited = invite(organization, "new1@invite.example");
                var again = (ThrowingCallable) () -> identityFixture.memberInvitations.sendAgain(organization, invited);
                assertRefused(again, TooManyLinksException.Limit.PERSON, 300);
                var person = identityFixture.sql.one(
                        "select person_id from membership_invitation where id = ?",
                        row -> row.uuid("person_id"),
                        invited);
                IdentityFixture.run(
                        support,
                        () -> assertRefused(
                                () -> identityFixture.personAccounts.sendLink(person),
                                TooManyLinksException.Limit.PERSON,
                                300));
                age("membership_invitation", "invited_at", "5 minutes");
                age("membership_invitation", "sent_at", "5 minutes");
                assertThat(identityFixture.memberInvitations.sendAgain(organization, invited))
                        .isPresent();
                assertRefused(again, TooManyLinksException.Limit.PERSON, 300);
            });
        });
    }

    @Test
    void limitsInvitationsPerOrganizationToTwentyAnHour() {
        Database.rolledBack(Database.AURORA, () -> {
            var organization = identityFixture.customer("hour2@invite.example");
            var other = identityFixture.customer("other2@invite.example");
            IdentityFixture.run(organization.owner(), () -> {
                for (int one = 0; one < 20; one++) {
                    var invited = invite(organization.organizationId(), "hour2" + one + "@invite.example");
                    identityFixture.memberInvitations.withdraw(organization.organizationId(), invited);
                }
                assertRefused(
                        () -> invite(organization.organizationId(), "more2@invite.example"),
                        TooManyLinksException.Limit.ORGANIZATION,
                        3600);
            });
            IdentityFixture.run(other.owner(), () -> invite(other.organizationId(), "more2@invite.example"));
            age("invitation", "created_at", "1 hour");
            IdentityFixture.run(
                    organization.owner(), () -> invite(organization.organizationId(), "more2@invite.example"));
        });
    }

    @Test
    void limitsInvitationsPerResellerToTwoHundredAnHour() {
        Database.rolledBack(Database.AURORA, () -> {
            var boss = identityFixture.staffMember("boss3@invite-staff.example", "staff_owner");
            identityFixture.sql.update("delete from invitation");
            identityFixture.sql.update(
                    "insert into invitation (id, created_at) select gen_random_uuid(), now() from generate_series(1, 199)");
            IdentityFixture.run(boss, () -> {
                identityFixture.staff.invite("last3@invite-staff.example", "Lara", "staff_support");
                assertRefused(
                        () -> identityFixture.staff.invite("more3@invite-staff.example", "Mo", "staff_support"),
                        TooManyLinksException.Limit.RESELLER,
                        3600);
                var draft = new Organizations.Draft("C", "c3@invite.example", "DE", "Cora", "cora3@invite.example");
                assertRefused(
                        () -> identityFixture.organizations.create(draft), TooManyLinksException.Limit.RESELLER, 3600);
            });
            assertThat(identityFixture.customer("system3@invite.example").organizationId())
                    .isNotNull();
        });
    }

    @Test
    void limitsInvitationsPerMemberAndReservesSomeForStaff() {
        Database.rolledBack(Database.AURORA, () -> {
            var boss = identityFixture.staffMember("boss6@invite-staff.example", "staff_owner");
            var customer = identityFixture.customer("busy6@invite.example");
            var other = identityFixture.customer("other6@invite.example");
            identityFixture.sql.update("delete from invitation");
            insertInvitations(39, IdentityFixture.id(customer.owner()));
            IdentityFixture.run(customer.owner(), () -> {
                invite(customer.organizationId(), "last6@invite.example");
                assertRefused(
                        () -> invite(customer.organizationId(), "more6@invite.example"),
                        TooManyLinksException.Limit.RESELLER,
                        3600);
            });
            IdentityFixture.run(other.owner(), () -> invite(other.organizationId(), "more6@invite.example"));
            insertInvitations(200, IdentityFixture.id(customer.owner()));
            IdentityFixture.run(
                    other.owner(),
                    () -> assertRefused(
                            () -> invite(other.organizationId(), "again6@invite.example"),
                            TooManyLinksException.Limit.RESELLER,
                            3600));
            IdentityFixture.run(
                    boss, () -> identityFixture.staff.invite("new6@invite-staff.example", "Nia", "staff_support"));
        });
    }

    private void insertInvitations(int number, UUID member) {
        identityFixture.sql.update(
                "insert into invitation (id, member_id, created_at) select gen_random_uuid(), ?, now() from generate_series(1, ?)",
                member,
                number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Your parcel waits: http://evil.example/p", "See WWW.evil.example", "evil.example/p"})
    void rejectsNamesThatContainWebAddresses(String name) {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("name4@invite.example");
            IdentityFixture.run(customer.owner(), () -> {
                assertThat(identityFixture.members.invite(
                                customer.organizationId(), "new4@invite.example", name, "viewer"))
                        .isEqualTo(new Invalid(Field.NAME));
                assertThat(identityFixture.personAccounts.rename(name)).isFalse();
            });
            var boss = identityFixture.staffMember("boss4@invite-staff.example", "staff_owner");
            IdentityFixture.run(boss, () -> {
                assertThat(identityFixture.staff.invite("new4@invite-staff.example", name, "staff_support"))
                        .isEqualTo(new Invalid(Field.NAME));
                var draft = new Organizations.Draft("C", "c4@invite.example", "DE", name, "cora4@invite.example");
                assertThat(identityFixture.organizations.create(draft))
                        .isInstanceOf(Organizations.Outcome.Invalid.class);
            });
        });
    }

    @Test
    void reportsAllInvalidFieldsTogether() {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("all@invite.example");
            IdentityFixture.run(customer.owner(), () -> {
                assertThat(identityFixture.members.invite(customer.organizationId(), "x", "", "king"))
                        .isEqualTo(new Invalid(EnumSet.allOf(Field.class)));
                assertThat(identityFixture.members.invite(customer.organizationId(), "x", "", "viewer"))
                        .isEqualTo(new Invalid(EnumSet.of(Field.EMAIL, Field.NAME)));
            });
            var boss = identityFixture.staffMember("all@invite-staff.example", "staff_owner");
            IdentityFixture.run(
                    boss,
                    () -> assertThat(identityFixture.staff.invite("x", "", "king"))
                            .isEqualTo(new Invalid(EnumSet.allOf(Field.class))));
        });
    }

    @Test
    void staffInvitationsSendALinkToPersonsWithoutPassword() {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("typed5@invite.example");
            var boss = identityFixture.staffMember("boss5@invite-staff.example", "staff_owner");
            IdentityFixture.run(customer.owner(), () -> {
                invite(customer.organizationId(), "owner5@invite.example");
                invite(customer.organizationId(), "colleague5@invite.example");
            });
            var before = linksSent();
            IdentityFixture.run(boss, () -> {
                var draft =
                        new Organizations.Draft("New", "n5@invite.example", "DE", "Real Boss", "owner5@invite.example");
                var created = (Organizations.Outcome.Created) identityFixture.organizations.create(draft);
                assertThat(created.mailedTo()).contains("owner5@invite.example");
                var name = identityFixture.sql.one(
                        "select name from person where id = ?", row -> row.text("name"), created.personId());
                assertThat(name).isEqualTo("Real Boss");
                var colleague = (InvitationOutcome.Invited)
                        identityFixture.staff.invite("colleague5@invite.example", "Colin", "staff_support");
                assertThat(colleague.mailedTo()).contains("colleague5@invite.example");
                assertThat(identityFixture.staff.invite("colleague5@invite.example", "Colin", "staff_support"))
                        .isInstanceOf(InvitationOutcome.AlreadyThere.class);
            });
            assertThat(linksSent()).isEqualTo(before + 2);
        });
    }

    private long linksSent() {
        return identityFixture.events.stream()
                .filter(SecurityMailRequested.LinkCreated.class::isInstance)
                .count();
    }

    private UUID invite(UUID organization, String email) {
        return ((Pending) identityFixture.members.invite(organization, email, "Nia New", "viewer")).invitationId();
    }

    private void age(String table, String column, String time) {
        identityFixture.sql.update(
                "update " + table + " set " + column + " = " + column + " - interval '" + time + "'");
    }

    private static void assertRefused(ThrowingCallable work, TooManyLinksException.Limit limit, long seconds) {
        assertThatThrownBy(work).isInstanceOfSatisfying(TooManyLinksException.class, refused -> {
            assertThat(refused.limit()).isEqualTo(limit);
            assertThat(refused.retryAfterSeconds()).isBetween(1L, seconds);
        });
    }
}
