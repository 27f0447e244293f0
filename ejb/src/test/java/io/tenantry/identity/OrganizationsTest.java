package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.InvitationOutcome.AlreadyThere;
import io.tenantry.identity.InvitationOutcome.Invalid;
import io.tenantry.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.identity.Organizations.Draft;
import io.tenantry.identity.Organizations.Field;
import io.tenantry.identity.Organizations.Outcome;
import io.tenantry.identity.Organizations.Summary;
import io.tenantry.testing.Database;
import org.junit.jupiter.api.Test;

class OrganizationsTest {
    private final World world = new World();

    @Test
    void aNameTurnsNoDirectionAndHasNoControls() {
        for (var refused : new int[] {0x0A, 0x85, 0x200E, 0x200F, 0x061C, 0x202A, 0x202E, 0x2066, 0x2069, 0xFFFE}) {
            assertThat(Organizations.isName("gnp" + Character.toString(refused) + "exe"))
                    .isFalse();
        }
        assertThat(Organizations.isName("\u05D0 Shop\u200E 1")).isTrue();
    }

    @Test
    void staffAddACustomerWithItsOwnerAndTellEverybodyConcerned() {
        Database.run(Database.AURORA, () -> {
            var support = world.staffMember("support1@aurora.example", "staff_support");
            var outcome = World.as(
                    support,
                    () -> world.organizations.create(
                            new Draft(" Kiosk GmbH ", "Billing@Kiosk.example", "de", "Karla", "karla@kiosk.example")));
            var created = (Outcome.Created) outcome;
            assertThat(created.mailedTo()).contains("karla@kiosk.example");
            assertThat(world.events)
                    .filteredOn(OrganizationCreated.class::isInstance)
                    .containsExactly(new OrganizationCreated(created.organizationId()));
            World.run(support, () -> {
                var kiosk = world.organizations.one(created.organizationId());
                assertThat(kiosk.name()).isEqualTo("Kiosk GmbH");
                assertThat(kiosk.billingEmail()).isEqualTo("billing@kiosk.example");
                assertThat(kiosk.country()).isEqualTo("DE");
                assertThat(kiosk.members()).isEqualTo(1);
                assertThat(world.members.of(created.organizationId()).get(0).role())
                        .isEqualTo("owner");
            });
        });
    }

    @Test
    void namesEveryFieldThatIsWrong() {
        Database.run(Database.AURORA, () -> {
            var outcome = World.asSystem(
                    () -> world.organizations.create(new Draft(" ", "no address", "XX", "Line\nbreak", "a@b@c")));
            assertThat(outcome)
                    .isEqualTo(new Outcome.Invalid(java.util.List.of(
                            Field.NAME, Field.BILLING_EMAIL, Field.COUNTRY, Field.MEMBER_NAME, Field.MEMBER_EMAIL)));
        });
    }

    @Test
    void membersAddNoCustomersAndSeeNoOthers() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("member3@example.org");
            var other = world.customer("other3@example.org");
            World.run(customer.owner(), () -> {
                assertThatThrownBy(() ->
                                world.organizations.create(new Draft("X", "x@example.org", "DE", "X", "x@example.org")))
                        .isInstanceOf(AccessDenied.class);
                assertThatThrownBy(() -> world.organizations.page("", 0, 10)).isInstanceOf(AccessDenied.class);
                assertThatThrownBy(() -> world.organizations.one(other.organizationId()))
                        .isInstanceOf(NotVisible.class);
                assertThatThrownBy(() -> world.members.of(other.organizationId()))
                        .isInstanceOf(NotVisible.class);
            });
        });
    }

    @Test
    void findsByNameAddressAndMember() {
        Database.run(
                Database.BOREALIS,
                () -> World.asSystem(() -> {
                    world.organizations.create(
                            new Draft("Zebra 100%", "z@sorted9.example", "AT", "Zoe", "zoe@stripes.example"));
                    world.organizations.create(
                            new Draft("Aardvark", "a@sorted9.example", "AT", "Ada", "ada@ants.example"));
                    assertThat(world.organizations.page("@sorted9", 0, 10))
                            .extracting(Summary::name)
                            .containsExactly("Aardvark", "Zebra 100%");
                    assertThat(world.organizations.page("ZEBRA", 0, 10)).hasSize(1);
                    assertThat(world.organizations.page("0%", 0, 10)).hasSize(1);
                    assertThat(world.organizations.page("stripes", 0, 10)).hasSize(1);
                    assertThat(world.organizations.page("' or 1=1 --", 0, 10)).isEmpty();
                    assertThat(world.organizations.page("@sorted9", 1, 10)).hasSize(1);
                    assertThat(world.organizations.count("ardv")).isEqualTo(1);
                    return true;
                }));
    }

    @Test
    void anOrganizationKeepsAnOwner() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("lastowner5@example.org");
            var owner = World.id(customer.owner());
            World.run(customer.owner(), () -> {
                assertThat(world.members.remove(customer.organizationId(), owner))
                        .isEqualTo(TeamChange.LAST_OWNER);
                assertThat(world.members.changeRole(customer.organizationId(), owner, "viewer"))
                        .isEqualTo(TeamChange.LAST_OWNER);
            });
            world.member(customer, "secondowner5@example.org", "owner");
            World.run(
                    customer.owner(),
                    () -> assertThat(world.members.changeRole(customer.organizationId(), owner, "viewer"))
                            .isEqualTo(TeamChange.DONE));
        });
    }

    @Test
    void nobodyHandsOutMoreThanTheyHold() {
        Database.undone(Database.AURORA, () -> {
            var customer = world.customer("handsout6@example.org");
            world.sql.update("insert into role (code, name, kind, permissions) values "
                    + "('doorkeeper', 'Doorkeeper', 'ORGANIZATION', array['members_manage', 'vps_view', 'notes_view', "
                    + "'tickets_view', 'hosting_view'])");
            var doorkeeper = world.member(customer, "doorkeeper6@example.org", "doorkeeper");
            World.run(doorkeeper, () -> {
                var organization = customer.organizationId();
                assertThat(world.members.invite(organization, "x6@example.org", "X", "owner"))
                        .isEqualTo(new RoleNotYours("owner"));
                assertThat(world.members.invite(organization, "x6@example.org", "X", "staff_owner"))
                        .isEqualTo(new RoleNotYours("staff_owner"));
                assertThat(world.members.changeRole(organization, World.id(doorkeeper), "owner"))
                        .isEqualTo(TeamChange.ROLE_NOT_YOURS);
                assertThat(world.members.remove(organization, World.id(customer.owner())))
                        .isEqualTo(TeamChange.ROLE_NOT_YOURS);
                assertThat(world.members.invite(organization, "x6@example.org", "X", "viewer"))
                        .isInstanceOf(InvitationOutcome.Pending.class);
                assertThat(world.members.invite(organization, "x6@example.org", "X", "viewer"))
                        .isEqualTo(new InvitationOutcome.AlreadyInvited());
                assertThat(world.members.invite(organization, "handsout6@example.org", "X", "viewer"))
                        .isInstanceOf(AlreadyThere.class);
                assertThat(world.members.invite(organization, "x6", "X", "viewer"))
                        .isEqualTo(new Invalid(InvitationOutcome.Field.EMAIL));
            });
        });
    }

    @Test
    void onlyThoseWhoManageStaffInviteStaff() {
        Database.run(Database.AURORA, () -> {
            var support = world.staffMember("support7@aurora.example", "staff_support");
            var owner = world.staffMember("owner7@aurora.example", "staff_owner");
            World.run(
                    support,
                    () -> assertThatThrownBy(() -> world.staff.invite("friend7@aurora.example", "F", "staff_owner"))
                            .isInstanceOf(AccessDenied.class));
            World.run(owner, () -> {
                assertThat(world.staff.invite("friend7@aurora.example", "F", "operator_owner"))
                        .isInstanceOf(RoleNotYours.class);
                assertThat(world.staff.invite("friend7@aurora.example", "F", "staff_owner"))
                        .isInstanceOf(InvitationOutcome.Invited.class);
            });
        });
    }
}
