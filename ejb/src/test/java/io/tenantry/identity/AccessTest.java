package io.tenantry.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.testing.Database;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AccessTest {
    private final World world = new World();

    @AfterEach
    void noKeyAndNoLook() {
        KeyInUse.clear();
        Glance.end();
    }

    @Test
    void aMemberMayDoWhatTheRoleSaysAndNoMore() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access1@example.org");
            var viewer = world.member(customer, "viewer1@example.org", "viewer");
            World.run(viewer, () -> {
                assertThatCode(() -> world.access.requireIn(customer.organizationId(), Permission.VPS_VIEW))
                        .doesNotThrowAnyException();
                assertThatThrownBy(() -> world.access.requireIn(customer.organizationId(), Permission.VPS_CREATE))
                        .isInstanceOf(AccessDenied.class);
                assertThat(world.access.allows(Permission.STAFF_CUSTOMERS_VIEW)).isFalse();
            });
        });
    }

    @Test
    void anotherOrganizationLooksTheSameAsNone() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access2@example.org");
            var other = world.customer("access3@example.org");
            World.run(customer.owner(), () -> {
                assertThatThrownBy(() -> world.access.requireIn(other.organizationId(), Permission.VPS_VIEW))
                        .isInstanceOf(NotVisible.class);
                assertThatThrownBy(() -> world.access.requireIn(UUID.randomUUID(), Permission.VPS_VIEW))
                        .isInstanceOf(NotVisible.class);
            });
        });
    }

    @Test
    void aChangedRoleIsEffectiveAtTheNextCall() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access4@example.org");
            var member = world.member(customer, "changing@example.org", "viewer");
            World.run(
                    customer.owner(),
                    () -> world.members.changeRole(customer.organizationId(), World.id(member), "admin"));
            World.run(
                    member,
                    () -> assertThat(world.access.allowsIn(customer.organizationId(), Permission.VPS_DELETE))
                            .isTrue());
            World.run(customer.owner(), () -> world.members.remove(customer.organizationId(), World.id(member)));
            World.run(
                    member,
                    () -> assertThatThrownBy(
                                    () -> world.access.requireIn(customer.organizationId(), Permission.VPS_VIEW))
                            .isInstanceOf(NotVisible.class));
        });
    }

    @Test
    void staffReachIntoOrganizationsByTheirOwnPermissions() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access5@example.org");
            var billing = world.staffMember("billing5@aurora.example", "staff_billing");
            World.run(billing, () -> {
                assertThat(world.access.allowsIn(customer.organizationId(), Permission.BILLING_MANAGE))
                        .isTrue();
                assertThat(world.access.allowsIn(customer.organizationId(), Permission.VPS_DELETE))
                        .isFalse();
                assertThatThrownBy(() -> world.access.requireIn(UUID.randomUUID(), Permission.BILLING_VIEW))
                        .isInstanceOf(NotVisible.class);
            });
        });
    }

    @Test
    void staffOfOneResellerAreNobodyAtAnother() {
        var owner = Database.in(Database.AURORA, () -> world.staffMember("owner6@aurora.example", "staff_owner"));
        Database.run(
                Database.BOREALIS,
                () -> World.run(
                        owner, () -> assertThat(world.access.permissions()).isEmpty()));
        Database.run(
                Scope.PLATFORM,
                () -> World.run(
                        owner, () -> assertThat(world.access.permissions()).isEmpty()));
    }

    @Test
    void operatorsCountOnlyOnThePlatform() {
        var operator =
                Database.in(Scope.PLATFORM, () -> world.staffMember("operator7@platform.example", "operator_viewer"));
        Database.run(
                Scope.PLATFORM,
                () -> World.run(
                        operator,
                        () -> assertThat(world.access.permissions())
                                .contains(Permission.PLATFORM_RUNS_VIEW)
                                .doesNotContain(Permission.PLATFORM_RUNS_MANAGE)));
        Database.run(
                Database.AURORA,
                () -> World.run(
                        operator,
                        () -> assertThatThrownBy(() -> world.access.require(Permission.STAFF_CUSTOMERS_VIEW))
                                .isInstanceOf(AccessDenied.class)));
    }

    @Test
    void aRowOfAnOperatorInAResellersSchemaIsWorthNothing() {
        var person = Database.in(Database.AURORA, () -> world.staffMember("forged8@aurora.example", "staff_support"));
        Database.asOwner("update t_aurora.staff_member set role = 'operator_owner', role_kind = 'OPERATOR' "
                + "where person_id = '" + person.personId() + "'");
        Database.run(Database.AURORA, () -> {
            World.run(person, () -> assertThat(world.access.permissions()).isEmpty());
            World.run(
                    new Actor(Actor.Kind.OPERATOR, person.personId(), "forged"),
                    () -> assertThat(world.access.permissions()).isEmpty());
        });
    }

    @Test
    void nobodyMayDoNothingAndTheSystemEverything() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access9@example.org");
            assertThat(world.access.allows(Permission.STAFF_PLANS_VIEW)).isFalse();
            assertThatThrownBy(() -> world.access.requireIn(customer.organizationId(), Permission.VPS_VIEW))
                    .isInstanceOf(NotVisible.class);
            World.asSystem(() -> {
                world.access.require(Permission.STAFF_SETTINGS_MANAGE);
                world.access.requireIn(customer.organizationId(), Permission.EGRESS_MANAGE);
                return true;
            });
        });
    }

    @Test
    void aDisabledPersonMayDoNothing() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access10@example.org");
            var member = world.member(customer, "disabled10@example.org", "admin");
            World.asSystem(() -> {
                world.people.disable(World.id(member));
                return true;
            });
            World.run(
                    member,
                    () -> assertThat(world.access.allowsIn(customer.organizationId(), Permission.VPS_VIEW))
                            .isFalse());
        });
    }

    @Test
    void whoLooksAtAPageIsAskedOnceAndAtTheNextOneAgain() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access13@example.org");
            var member = world.member(customer, "looking13@example.org", "viewer");
            var support = world.staffMember("looking13@aurora.example", "staff_support");
            Glance.begin();
            assertThat(mayEnd(member, customer)).isFalse();
            assertThat(mayEnd(support, customer)).isTrue();

            World.run(
                    customer.owner(),
                    () -> world.members.changeRole(customer.organizationId(), World.id(member), "admin"));
            world.sql.update("update staff_member set role = 'staff_billing' where person_id = ?", support.personId());
            assertThat(mayEnd(member, customer)).isFalse();
            assertThat(mayEnd(support, customer)).isTrue();

            Glance.begin();
            assertThat(mayEnd(member, customer)).isTrue();
            assertThat(mayEnd(support, customer)).isFalse();
        });
    }

    @Test
    void whatIsRememberedOfOnePersonIsNobodyElses() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access14@example.org");
            var viewer = world.member(customer, "viewer14@example.org", "viewer");
            var support = world.staffMember("looking14@aurora.example", "staff_support");
            Glance.begin();

            assertThat(mayEnd(customer.owner(), customer)).isTrue();
            assertThat(mayEnd(viewer, customer)).isFalse();
            assertThat(mayEnd(support, customer)).isTrue();
            World.run(
                    support,
                    () -> assertThatThrownBy(() -> world.access.requireIn(UUID.randomUUID(), Permission.VPS_VIEW))
                            .isInstanceOf(NotVisible.class));
            World.run(
                    support,
                    () -> assertThat(world.access.permissions())
                            .contains(Permission.STAFF_SERVICES_MANAGE)
                            .doesNotContain(Permission.STAFF_WALLETS_ADJUST));
        });
    }

    @Test
    void aProgramIsAskedEachTimeEvenIfSomebodyLooks() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access15@example.org");
            Glance.begin();
            assertThat(mayEnd(customer.owner(), customer)).isTrue();

            KeyInUse.enter(new KeyInUse(UUID.randomUUID(), customer.organizationId(), Set.of(Permission.VPS_VIEW)));
            assertThat(mayEnd(customer.owner(), customer)).isFalse();
        });
    }

    @Test
    void aKeyAllowsOnlyWhatItsScopesNameAndOnlyInItsOrganization() {
        Database.run(Database.AURORA, () -> {
            var customer = world.customer("access11@example.org");
            var other = world.customer("access12@example.org");
            World.run(customer.owner(), () -> {
                KeyInUse.enter(new KeyInUse(
                        UUID.randomUUID(), customer.organizationId(), Set.of(Permission.VPS_VIEW, "staff_plans_view")));
                assertThat(world.access.allowsIn(customer.organizationId(), Permission.VPS_VIEW))
                        .isTrue();
                assertThat(world.access.allowsIn(customer.organizationId(), Permission.VPS_CREATE))
                        .isFalse();
                assertThat(world.access.allowsIn(other.organizationId(), Permission.VPS_VIEW))
                        .isFalse();
                assertThat(world.access.places()).hasSize(1);
                assertThat(world.access.places().get(0).permissions()).containsExactly(Permission.VPS_VIEW);
            });
        });
    }

    private boolean mayEnd(Actor actor, World.Customer customer) {
        return World.as(actor, () -> world.access.allowsIn(customer.organizationId(), Permission.VPS_DELETE));
    }
}
