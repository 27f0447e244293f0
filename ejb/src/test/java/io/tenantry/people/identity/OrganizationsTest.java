package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.InvitationOutcome.AlreadyThere;
import io.tenantry.people.identity.InvitationOutcome.Invalid;
import io.tenantry.people.identity.InvitationOutcome.RoleNotYours;
import io.tenantry.people.identity.Organizations.Draft;
import io.tenantry.people.identity.Organizations.Field;
import io.tenantry.people.identity.Organizations.Outcome;
import io.tenantry.people.identity.Organizations.Summary;
import io.tenantry.testing.Database;
import org.junit.jupiter.api.Test;

class OrganizationsTest {
    private final IdentityFixture identityFixture = new IdentityFixture();

    @Test
    void rejectsControlAndBidiCharactersInNames() {
        for (var refused : new int[] {0x0A, 0x85, 0x200E, 0x200F, 0x061C, 0x202A, 0x202E, 0x2066, 0x2069, 0xFFFE}) {
            assertThat(Organizations.isName("gnp" + Character.toString(refused) + "exe"))
                    .isFalse();
        }
        assertThat(Organizations.isName("\u05D0 Shop\u200E 1")).isTrue();
    }

    @Test
    void createsAnOrganizationWithItsOwnerAndFiresAnEvent() {
        Database.run(Database.AURORA, () -> {
            var support = identityFixture.staffMember("support1@aurora.example", "staff_support");
            var outcome = IdentityFixture.as(
                    support,
                    () -> identityFixture.organizations.create(
                            new Draft(" Kiosk GmbH ", "Billing@Kiosk.example", "de", "Karla", "karla@kiosk.example")));
            var created = (Outcome.Created) outcome;
            assertThat(created.mailedTo()).contains("karla@kiosk.example");
            assertThat(identityFixture.events)
                    .filteredOn(OrganizationCreated.class::isInstance)
                    .containsExactly(new OrganizationCreated(created.organizationId()));
            IdentityFixture.run(support, () -> {
                var kiosk = identityFixture.organizations.one(created.organizationId());
                assertThat(kiosk.name()).isEqualTo("Kiosk GmbH");
                assertThat(kiosk.billingEmail()).isEqualTo("billing@kiosk.example");
                assertThat(kiosk.country()).isEqualTo("DE");
                assertThat(kiosk.members()).isEqualTo(1);
                assertThat(identityFixture
                                .members
                                .of(created.organizationId())
                                .get(0)
                                .role())
                        .isEqualTo("owner");
            });
        });
    }

    @Test
    void reportsEveryInvalidField() {
        Database.run(Database.AURORA, () -> {
            var outcome = IdentityFixture.asSystem(() ->
                    identityFixture.organizations.create(new Draft(" ", "no address", "XX", "Line\nbreak", "a@b@c")));
            assertThat(outcome)
                    .isEqualTo(new Outcome.Invalid(java.util.List.of(
                            Field.NAME, Field.BILLING_EMAIL, Field.COUNTRY, Field.MEMBER_NAME, Field.MEMBER_EMAIL)));
        });
    }

    @Test
    void membersCannotCreateOrSeeOtherOrganizations() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("member3@example.org");
            var other = identityFixture.customer("other3@example.org");
            IdentityFixture.run(customer.owner(), () -> {
                assertThatThrownBy(() -> identityFixture.organizations.create(
                                new Draft("X", "x@example.org", "DE", "X", "x@example.org")))
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> identityFixture.organizations.page("", 0, 10))
                        .isInstanceOf(AccessDeniedException.class);
                assertThatThrownBy(() -> identityFixture.organizations.one(other.organizationId()))
                        .isInstanceOf(NotFoundException.class);
                assertThatThrownBy(() -> identityFixture.members.of(other.organizationId()))
                        .isInstanceOf(NotFoundException.class);
            });
        });
    }

    @Test
    void findsByNameAddressAndMember() {
        Database.run(
                Database.BOREALIS,
                () -> IdentityFixture.asSystem(() -> {
                    identityFixture.organizations.create(
                            new Draft("Zebra 100%", "z@sorted9.example", "AT", "Zoe", "zoe@stripes.example"));
                    identityFixture.organizations.create(
                            new Draft("Aardvark", "a@sorted9.example", "AT", "Ada", "ada@ants.example"));
                    assertThat(identityFixture.organizations.page("@sorted9", 0, 10))
                            .extracting(Summary::name)
                            .containsExactly("Aardvark", "Zebra 100%");
                    assertThat(identityFixture.organizations.page("ZEBRA", 0, 10))
                            .hasSize(1);
                    assertThat(identityFixture.organizations.page("0%", 0, 10)).hasSize(1);
                    assertThat(identityFixture.organizations.page("stripes", 0, 10))
                            .hasSize(1);
                    assertThat(identityFixture.organizations.page("' or 1=1 --", 0, 10))
                            .isEmpty();
                    assertThat(identityFixture.organizations.page("@sorted9", 1, 10))
                            .hasSize(1);
                    assertThat(identityFixture.organizations.count("ardv")).isEqualTo(1);
                    return true;
                }));
    }

    @Test
    void keepsTheLastOwnerOfAnOrganization() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("lastowner5@example.org");
            var owner = IdentityFixture.id(customer.owner());
            IdentityFixture.run(customer.owner(), () -> {
                assertThat(identityFixture.members.remove(customer.organizationId(), owner))
                        .isEqualTo(TeamChange.LAST_OWNER);
                assertThat(identityFixture.members.changeRole(customer.organizationId(), owner, "viewer"))
                        .isEqualTo(TeamChange.LAST_OWNER);
            });
            identityFixture.member(customer, "secondowner5@example.org", "owner");
            IdentityFixture.run(
                    customer.owner(),
                    () -> assertThat(identityFixture.members.changeRole(customer.organizationId(), owner, "viewer"))
                            .isEqualTo(TeamChange.DONE));
        });
    }

    @Test
    void refusesRolesWithMorePermissionsThanOnesOwn() {
        Database.rolledBack(Database.AURORA, () -> {
            var customer = identityFixture.customer("handsout6@example.org");
            identityFixture.sql.update("insert into role (code, name, kind, permissions) values "
                    + "('doorkeeper', 'Doorkeeper', 'ORGANIZATION', array['members_manage', 'vps_view', 'organization_view', "
                    + "'tickets_view', 'hosting_view'])");
            var doorkeeper = identityFixture.member(customer, "doorkeeper6@example.org", "doorkeeper");
            IdentityFixture.run(doorkeeper, () -> {
                var organization = customer.organizationId();
                assertThat(identityFixture.members.invite(organization, "x6@example.org", "X", "owner"))
                        .isEqualTo(new RoleNotYours("owner"));
                assertThat(identityFixture.members.invite(organization, "x6@example.org", "X", "staff_owner"))
                        .isEqualTo(new RoleNotYours("staff_owner"));
                assertThat(identityFixture.members.changeRole(organization, IdentityFixture.id(doorkeeper), "owner"))
                        .isEqualTo(TeamChange.ROLE_NOT_ALLOWED);
                assertThat(identityFixture.members.remove(organization, IdentityFixture.id(customer.owner())))
                        .isEqualTo(TeamChange.ROLE_NOT_ALLOWED);
                assertThat(identityFixture.members.invite(organization, "x6@example.org", "X", "viewer"))
                        .isInstanceOf(InvitationOutcome.Pending.class);
                assertThat(identityFixture.members.invite(organization, "x6@example.org", "X", "viewer"))
                        .isEqualTo(new InvitationOutcome.AlreadyInvited());
                assertThat(identityFixture.members.invite(organization, "handsout6@example.org", "X", "viewer"))
                        .isInstanceOf(AlreadyThere.class);
                assertThat(identityFixture.members.invite(organization, "x6", "X", "viewer"))
                        .isEqualTo(new Invalid(InvitationOutcome.Field.EMAIL));
            });
        });
    }

    @Test
    void onlyStaffManagersInviteStaff() {
        Database.run(Database.AURORA, () -> {
            var support = identityFixture.staffMember("support7@aurora.example", "staff_support");
            var owner = identityFixture.staffMember("owner7@aurora.example", "staff_owner");
            IdentityFixture.run(
                    support,
                    () -> assertThatThrownBy(
                                    () -> identityFixture.staff.invite("friend7@aurora.example", "F", "staff_owner"))
                            .isInstanceOf(AccessDeniedException.class));
            IdentityFixture.run(owner, () -> {
                assertThat(identityFixture.staff.invite("friend7@aurora.example", "F", "operator_owner"))
                        .isInstanceOf(RoleNotYours.class);
                assertThat(identityFixture.staff.invite("friend7@aurora.example", "F", "staff_owner"))
                        .isInstanceOf(InvitationOutcome.Invited.class);
            });
        });
    }
}
