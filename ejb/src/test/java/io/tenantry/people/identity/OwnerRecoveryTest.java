package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.InvitationOutcome.Invited;
import io.tenantry.people.identity.InvitationOutcome.OwnerThere;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operators restore an owner's access only where no owner can sign in, and never silently. */
class OwnerRecoveryTest {
    private static final TenantId TENANT = new TenantId("recovering");
    private static final String OPERATOR = "Olga Operator";

    private final IdentityFixture identityFixture = new IdentityFixture();

    @BeforeAll
    static void prepare() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
    }

    @Test
    void refusesWhileAnOwnerCanSignIn() {
        undone(() -> {
            var owner = identityFixture.staffMember("owner@recovering.example", "staff_owner");
            assertThat(identityFixture.recovery.invite("me@operator.example", "Me", OPERATOR))
                    .isEqualTo(new OwnerThere());
            assertThat(identityFixture.recovery.sendLink(IdentityFixture.id(owner), OPERATOR))
                    .isEmpty();
            assertThat(identityFixture.staff.all()).hasSize(1);
            assertThat(ownerNotifications()).isEmpty();
        });
    }

    @Test
    void refusesWhileAnOwnersInvitationIsValid() {
        undone(() -> {
            var first = ((Invited) identityFixture.staff.invite("typo@recovering.example", "Tia", "staff_owner"))
                    .personId();
            assertThat(identityFixture.recovery.invite("me@operator.example", "Me", OPERATOR))
                    .isEqualTo(new OwnerThere());
            assertThat(identityFixture.recovery.sendLink(first, OPERATOR)).isPresent();

            identityFixture.sql.update(
                    "update one_time_link set created_at = now() - interval '4 days',"
                            + " expires_at = now() - interval '1 day' where person_id = ?",
                    first);
            assertThat(identityFixture.recovery.invite("right@recovering.example", "Rita", OPERATOR))
                    .isInstanceOf(Invited.class);
        });
    }

    @Test
    void notifiesTheTeamAndAuditsTheOperator() {
        undone(() -> {
            var owner = identityFixture.staffMember("gone@recovering.example", "staff_owner");
            identityFixture.staffMember("support@recovering.example", "staff_support");
            identityFixture.sql.update("update person set state = 'DISABLED' where id = ?", IdentityFixture.id(owner));

            var invited = (Invited) identityFixture.recovery.invite("next@recovering.example", "Nina", OPERATOR);

            assertThat(ownerNotifications())
                    .containsExactlyInAnyOrder(
                            IdentityFixture.id(owner) + " next@recovering.example " + OPERATOR,
                            invited.personId() + " next@recovering.example " + OPERATOR);
            assertThat(identityFixture.sql.query(
                            "select actor_name from audit_record where action = 'staff.invited' and subject_id = ?",
                            row -> row.text("actor_name"),
                            invited.personId().toString()))
                    .containsExactly(OPERATOR + " (platform operator)");
        });
    }

    private List<String> ownerNotifications() {
        return identityFixture.sql.query(
                "select person_id || ' ' || subject || ' ' || detail as told from notification where kind = 'OWNER_LINK_SENT'",
                row -> row.text("told"));
    }

    private static void undone(Runnable work) {
        Database.rolledBack(
                Scope.of(TENANT),
                () -> IdentityFixture.asSystem(() -> {
                    work.run();
                    return true;
                }));
    }
}
