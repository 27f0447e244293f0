package io.tenantry.people.identity;

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
    private final IdentityFixture identityFixture = new IdentityFixture();

    @AfterEach
    void clearApiKeyAndPermissionCache() {
        CurrentApiKey.clear();
        RequestPermissionCache.end();
    }

    @Test
    void grantsMembersOnlyThePermissionsOfTheirRole() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access1@example.org");
            var viewer = identityFixture.member(customer, "viewer1@example.org", "viewer");
            IdentityFixture.run(viewer, () -> {
                assertThatCode(() -> identityFixture.access.requireIn(customer.organizationId(), Permission.VPS_VIEW))
                        .doesNotThrowAnyException();
                assertThatThrownBy(() ->
                                identityFixture.access.requireIn(customer.organizationId(), Permission.VPS_CREATE))
                        .isInstanceOf(AccessDeniedException.class);
                assertThat(identityFixture.access.allows(Permission.STAFF_CUSTOMERS_VIEW))
                        .isFalse();
            });
        });
    }

    @Test
    void reportsForeignOrganizationsAsNotFound() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access2@example.org");
            var other = identityFixture.customer("access3@example.org");
            IdentityFixture.run(customer.owner(), () -> {
                assertThatThrownBy(() -> identityFixture.access.requireIn(other.organizationId(), Permission.VPS_VIEW))
                        .isInstanceOf(NotFoundException.class);
                assertThatThrownBy(() -> identityFixture.access.requireIn(UUID.randomUUID(), Permission.VPS_VIEW))
                        .isInstanceOf(NotFoundException.class);
            });
        });
    }

    @Test
    void appliesARoleChangeAtTheNextCall() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access4@example.org");
            var member = identityFixture.member(customer, "changing@example.org", "viewer");
            IdentityFixture.run(
                    customer.owner(),
                    () -> identityFixture.members.changeRole(
                            customer.organizationId(), IdentityFixture.id(member), "admin"));
            IdentityFixture.run(
                    member,
                    () -> assertThat(identityFixture.access.allowsIn(customer.organizationId(), Permission.VPS_DELETE))
                            .isTrue());
            IdentityFixture.run(
                    customer.owner(),
                    () -> identityFixture.members.remove(customer.organizationId(), IdentityFixture.id(member)));
            IdentityFixture.run(
                    member,
                    () -> assertThatThrownBy(() ->
                                    identityFixture.access.requireIn(customer.organizationId(), Permission.VPS_VIEW))
                            .isInstanceOf(NotFoundException.class));
        });
    }

    @Test
    void derivesStaffAccessToOrganizationsFromStaffPermissions() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access5@example.org");
            var billing = identityFixture.staffMember("billing5@aurora.example", "staff_billing");
            IdentityFixture.run(billing, () -> {
                assertThat(identityFixture.access.allowsIn(customer.organizationId(), Permission.BILLING_MANAGE))
                        .isTrue();
                assertThat(identityFixture.access.allowsIn(customer.organizationId(), Permission.VPS_DELETE))
                        .isFalse();
                assertThatThrownBy(() -> identityFixture.access.requireIn(UUID.randomUUID(), Permission.BILLING_VIEW))
                        .isInstanceOf(NotFoundException.class);
            });
        });
    }

    @Test
    void grantsStaffNothingAtOtherTenants() {
        var owner =
                Database.in(Database.AURORA, () -> identityFixture.staffMember("owner6@aurora.example", "staff_owner"));
        Database.run(
                Database.BOREALIS,
                () -> IdentityFixture.run(
                        owner,
                        () -> assertThat(identityFixture.access.permissions()).isEmpty()));
        Database.run(
                Scope.PLATFORM,
                () -> IdentityFixture.run(
                        owner,
                        () -> assertThat(identityFixture.access.permissions()).isEmpty()));
    }

    @Test
    void grantsOperatorPermissionsOnlyOnThePlatform() {
        var operator = Database.in(
                Scope.PLATFORM, () -> identityFixture.staffMember("operator7@platform.example", "operator_viewer"));
        Database.run(
                Scope.PLATFORM,
                () -> IdentityFixture.run(
                        operator,
                        () -> assertThat(identityFixture.access.permissions())
                                .contains(Permission.PLATFORM_CHARGING_VIEW)
                                .doesNotContain(Permission.PLATFORM_CHARGING_MANAGE)));
        Database.run(
                Database.AURORA,
                () -> IdentityFixture.run(
                        operator,
                        () -> assertThatThrownBy(() -> identityFixture.access.require(Permission.STAFF_CUSTOMERS_VIEW))
                                .isInstanceOf(AccessDeniedException.class)));
    }

    @Test
    void ignoresOperatorRowsInTenantSchemas() {
        var person = Database.in(
                Database.AURORA, () -> identityFixture.staffMember("forged8@aurora.example", "staff_support"));
        Database.asOwner("update t_aurora.staff_member set role = 'operator_owner', role_kind = 'OPERATOR' "
                + "where person_id = '" + person.personId() + "'");
        Database.run(Database.AURORA, () -> {
            IdentityFixture.run(
                    person,
                    () -> assertThat(identityFixture.access.permissions()).isEmpty());
            IdentityFixture.run(
                    new Actor(Actor.Kind.OPERATOR, person.personId(), "forged"),
                    () -> assertThat(identityFixture.access.permissions()).isEmpty());
        });
    }

    @Test
    void grantsNothingToAnonymousAndEverythingToTheSystem() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access9@example.org");
            assertThat(identityFixture.access.allows(Permission.STAFF_PLANS_VIEW))
                    .isFalse();
            assertThatThrownBy(() -> identityFixture.access.requireIn(customer.organizationId(), Permission.VPS_VIEW))
                    .isInstanceOf(NotFoundException.class);
            IdentityFixture.asSystem(() -> {
                identityFixture.access.require(Permission.STAFF_SETTINGS_MANAGE);
                identityFixture.access.requireIn(customer.organizationId(), Permission.EGRESS_MANAGE);
                return true;
            });
        });
    }

    @Test
    void grantsNothingToDisabledPersons() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access10@example.org");
            var member = identityFixture.member(customer, "disabled10@example.org", "admin");
            IdentityFixture.asSystem(() -> {
                identityFixture.personAccounts.disable(IdentityFixture.id(member));
                return true;
            });
            IdentityFixture.run(
                    member,
                    () -> assertThat(identityFixture.access.allowsIn(customer.organizationId(), Permission.VPS_VIEW))
                            .isFalse());
        });
    }

    @Test
    void cachesPermissionsForOneRequestOnly() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access13@example.org");
            var member = identityFixture.member(customer, "looking13@example.org", "viewer");
            var support = identityFixture.staffMember("looking13@aurora.example", "staff_support");
            RequestPermissionCache.begin();
            assertThat(mayDelete(member, customer)).isFalse();
            assertThat(mayDelete(support, customer)).isTrue();

            IdentityFixture.run(
                    customer.owner(),
                    () -> identityFixture.members.changeRole(
                            customer.organizationId(), IdentityFixture.id(member), "admin"));
            identityFixture.sql.update(
                    "update staff_member set role = 'staff_billing' where person_id = ?", support.personId());
            assertThat(mayDelete(member, customer)).isFalse();
            assertThat(mayDelete(support, customer)).isTrue();

            RequestPermissionCache.begin();
            assertThat(mayDelete(member, customer)).isTrue();
            assertThat(mayDelete(support, customer)).isFalse();
        });
    }

    @Test
    void cachesPermissionsPerPerson() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access14@example.org");
            var viewer = identityFixture.member(customer, "viewer14@example.org", "viewer");
            var support = identityFixture.staffMember("looking14@aurora.example", "staff_support");
            RequestPermissionCache.begin();

            assertThat(mayDelete(customer.owner(), customer)).isTrue();
            assertThat(mayDelete(viewer, customer)).isFalse();
            assertThat(mayDelete(support, customer)).isTrue();
            IdentityFixture.run(
                    support,
                    () -> assertThatThrownBy(
                                    () -> identityFixture.access.requireIn(UUID.randomUUID(), Permission.VPS_VIEW))
                            .isInstanceOf(NotFoundException.class));
            IdentityFixture.run(
                    support,
                    () -> assertThat(identityFixture.access.permissions())
                            .contains(Permission.STAFF_SERVICES_MANAGE)
                            .doesNotContain(Permission.STAFF_BILLING_MANAGE));
        });
    }

    @Test
    void doesNotCachePermissionsOfApiKeys() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access15@example.org");
            RequestPermissionCache.begin();
            assertThat(mayDelete(customer.owner(), customer)).isTrue();

            CurrentApiKey.enter(
                    new CurrentApiKey(UUID.randomUUID(), customer.organizationId(), Set.of(Permission.VPS_VIEW)));
            assertThat(mayDelete(customer.owner(), customer)).isFalse();
        });
    }

    @Test
    void restrictsApiKeysToTheirScopesAndOrganization() {
        Database.run(Database.AURORA, () -> {
            var customer = identityFixture.customer("access11@example.org");
            var other = identityFixture.customer("access12@example.org");
            IdentityFixture.run(customer.owner(), () -> {
                CurrentApiKey.enter(new CurrentApiKey(
                        UUID.randomUUID(), customer.organizationId(), Set.of(Permission.VPS_VIEW, "staff_plans_view")));
                assertThat(identityFixture.access.allowsIn(customer.organizationId(), Permission.VPS_VIEW))
                        .isTrue();
                assertThat(identityFixture.access.allowsIn(customer.organizationId(), Permission.VPS_CREATE))
                        .isFalse();
                assertThat(identityFixture.access.allowsIn(other.organizationId(), Permission.VPS_VIEW))
                        .isFalse();
                assertThat(identityFixture.access.places()).hasSize(1);
                assertThat(identityFixture.access.places().get(0).permissions()).containsExactly(Permission.VPS_VIEW);
            });
        });
    }

    private boolean mayDelete(Actor actor, IdentityFixture.Customer customer) {
        return IdentityFixture.as(
                actor, () -> identityFixture.access.allowsIn(customer.organizationId(), Permission.VPS_DELETE));
    }
}
