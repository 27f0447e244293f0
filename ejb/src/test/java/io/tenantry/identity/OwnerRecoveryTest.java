package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.identity.InvitationOutcome.Invited;
import io.tenantry.identity.InvitationOutcome.OwnerThere;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Operators let an owner in only where none can sign in, and never silently. */
class OwnerRecoveryTest {
    private static final TenantId TENANT = new TenantId("recovering");
    private static final String OPERATOR = "Olga Operator";

    private final World world = new World();

    @BeforeAll
    static void prepare() {
        Database.tenant(TENANT, "EUR", "Europe/Berlin");
    }

    @Test
    void anOwnerWhoCanSignInInvitesOwners() {
        undone(() -> {
            var owner = world.staffMember("owner@recovering.example", "staff_owner");
            assertThat(world.recovery.invite("me@operator.example", "Me", OPERATOR))
                    .isEqualTo(new OwnerThere());
            assertThat(world.recovery.sendLink(World.id(owner), OPERATOR)).isEmpty();
            assertThat(world.staff.all()).hasSize(1);
            assertThat(told()).isEmpty();
        });
    }

    @Test
    void anOpenInvitationCountsForThreeDays() {
        undone(() -> {
            var first = ((Invited) world.staff.invite("typo@recovering.example", "Tia", "staff_owner")).personId();
            assertThat(world.recovery.invite("me@operator.example", "Me", OPERATOR))
                    .isEqualTo(new OwnerThere());
            assertThat(world.recovery.sendLink(first, OPERATOR)).isPresent();

            world.sql.update(
                    "update one_time_link set created_at = now() - interval '4 days',"
                            + " expires_at = now() - interval '1 day' where person_id = ?",
                    first);
            assertThat(world.recovery.invite("right@recovering.example", "Rita", OPERATOR))
                    .isInstanceOf(Invited.class);
        });
    }

    @Test
    void othersOfTheTeamAreToldAndTheTrailNamesTheOperator() {
        undone(() -> {
            var owner = world.staffMember("gone@recovering.example", "staff_owner");
            world.staffMember("support@recovering.example", "staff_support");
            world.sql.update("update person set state = 'DISABLED' where id = ?", World.id(owner));

            var invited = (Invited) world.recovery.invite("next@recovering.example", "Nina", OPERATOR);

            assertThat(told())
                    .containsExactlyInAnyOrder(
                            World.id(owner) + " next@recovering.example " + OPERATOR,
                            invited.personId() + " next@recovering.example " + OPERATOR);
            assertThat(world.sql.query(
                            "select actor_name from audit_record where action = 'staff.invited' and subject_id = ?",
                            row -> row.text("actor_name"),
                            invited.personId().toString()))
                    .containsExactly(OPERATOR + " (platform operator)");
        });
    }

    private List<String> told() {
        return world.sql.query(
                "select person_id || ' ' || subject || ' ' || detail as told from notification where kind = 'OWNER_LET_IN'",
                row -> row.text("told"));
    }

    private static void undone(Runnable work) {
        Database.undone(
                Scope.of(TENANT),
                () -> World.asSystem(() -> {
                    work.run();
                    return true;
                }));
    }
}
