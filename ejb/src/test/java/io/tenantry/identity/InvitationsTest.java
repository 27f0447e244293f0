package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.InvitationOutcome.Field;
import io.tenantry.identity.InvitationOutcome.Invalid;
import io.tenantry.identity.InvitationOutcome.Pending;
import io.tenantry.testing.Database;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nobody uses invitations to send many letters, or other people's words, in the name of a brand. */
class InvitationsTest {
    private final World world = new World();

    @Test
    void aPersonGetsALinkEveryFiveMinutesAtMost() {
        Database.undone(Database.AURORA, () -> {
            var customer = world.customer("pause1@invite.example");
            var organization = customer.organizationId();
            var support = world.staffMember("pause1@invite-staff.example", "staff_support");
            World.run(customer.owner(), () -> {
                var invited = invited(organization, "new1@invite.example");
                var again = (ThrowingCallable) () -> world.memberInvitations.sendAgain(organization, invited);
                refused(again, TooManyLinks.Limit.PERSON, 300);
                var person = world.sql.one(
                        "select person_id from membership_invitation where id = ?",
                        row -> row.uuid("person_id"),
                        invited);
                World.run(support, () -> refused(() -> world.people.sendLink(person), TooManyLinks.Limit.PERSON, 300));
                age("membership_invitation", "invited_at", "5 minutes");
                age("membership_invitation", "sent_at", "5 minutes");
                assertThat(world.memberInvitations.sendAgain(organization, invited))
                        .isPresent();
                refused(again, TooManyLinks.Limit.PERSON, 300);
            });
        });
    }

    @Test
    void anOrganizationInvitesTwentyPeopleInAnHour() {
        Database.undone(Database.AURORA, () -> {
            var organization = world.customer("hour2@invite.example");
            var other = world.customer("other2@invite.example");
            World.run(organization.owner(), () -> {
                for (int one = 0; one < 20; one++) {
                    var invited = invited(organization.organizationId(), "hour2" + one + "@invite.example");
                    world.memberInvitations.withdraw(organization.organizationId(), invited);
                }
                refused(
                        () -> invited(organization.organizationId(), "more2@invite.example"),
                        TooManyLinks.Limit.ORGANIZATION,
                        3600);
            });
            World.run(other.owner(), () -> invited(other.organizationId(), "more2@invite.example"));
            age("invitation", "made_at", "1 hour");
            World.run(organization.owner(), () -> invited(organization.organizationId(), "more2@invite.example"));
        });
    }

    @Test
    void aResellerInvitesTwoHundredPeopleInAnHour() {
        Database.undone(Database.AURORA, () -> {
            var boss = world.staffMember("boss3@invite-staff.example", "staff_owner");
            world.sql.update("delete from invitation");
            world.sql.update(
                    "insert into invitation (id, made_at) select gen_random_uuid(), now() from generate_series(1, 199)");
            World.run(boss, () -> {
                world.staff.invite("last3@invite-staff.example", "Lara", "staff_support");
                refused(
                        () -> world.staff.invite("more3@invite-staff.example", "Mo", "staff_support"),
                        TooManyLinks.Limit.RESELLER,
                        3600);
                var draft = new Organizations.Draft("C", "c3@invite.example", "DE", "Cora", "cora3@invite.example");
                refused(() -> world.organizations.create(draft), TooManyLinks.Limit.RESELLER, 3600);
            });
            assertThat(world.customer("system3@invite.example").organizationId())
                    .isNotNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Your parcel waits: http://evil.example/p", "See WWW.evil.example", "evil.example/p"})
    void nobodyIsCalledByAWebAddress(String name) {
        Database.undone(Database.AURORA, () -> {
            var customer = world.customer("name4@invite.example");
            World.run(customer.owner(), () -> {
                assertThat(world.members.invite(customer.organizationId(), "new4@invite.example", name, "viewer"))
                        .isEqualTo(new Invalid(Field.NAME));
                assertThat(world.people.rename(name)).isFalse();
            });
            var boss = world.staffMember("boss4@invite-staff.example", "staff_owner");
            World.run(boss, () -> {
                assertThat(world.staff.invite("new4@invite-staff.example", name, "staff_support"))
                        .isEqualTo(new Invalid(Field.NAME));
                var draft = new Organizations.Draft("C", "c4@invite.example", "DE", name, "cora4@invite.example");
                assertThat(world.organizations.create(draft)).isInstanceOf(Organizations.Outcome.Invalid.class);
            });
        });
    }

    private UUID invited(UUID organization, String email) {
        return ((Pending) world.members.invite(organization, email, "Nia New", "viewer")).invitationId();
    }

    private void age(String table, String column, String time) {
        world.sql.update("update " + table + " set " + column + " = " + column + " - interval '" + time + "'");
    }

    private static void refused(ThrowingCallable work, TooManyLinks.Limit limit, long seconds) {
        assertThatThrownBy(work).isInstanceOfSatisfying(TooManyLinks.class, refused -> {
            assertThat(refused.limit()).isEqualTo(limit);
            assertThat(refused.retryAfterSeconds()).isBetween(1L, seconds);
        });
    }
}
