package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantChoiceTest {
    private static final Tenant TENANT = new Tenant(
            new TenantId("choice"),
            "Choice",
            Tenant.State.ACTIVE,
            Currency.getInstance("EUR"),
            ZoneOffset.UTC,
            Locale.ENGLISH,
            List.of("choice.localhost"),
            Instant.EPOCH);

    private static TenantChoice with(String permission) {
        return new TenantChoice(
                new Access() {
                    @Override
                    public boolean allows(String one) {
                        return one.equals(permission);
                    }
                },
                new TenantDirectory() {
                    @Override
                    public List<Tenant> all() {
                        return List.of(TENANT);
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {Permission.PLATFORM_TENANTS_VIEW, Permission.PLATFORM_CHARGING_VIEW})
    void offersAllTenantsToOperatorsWhoViewTenantsOrCharging(String permission) {
        assertThat(with(permission).all()).containsExactly(TENANT);
        assertThat(with(permission).chargeable()).containsExactly(TENANT);
    }

    @ParameterizedTest
    @ValueSource(strings = {Permission.PLATFORM_HEALTH_VIEW, Permission.STAFF_SETTINGS_MANAGE, ""})
    void hidesNamesOfOtherResellers(String permission) {
        var choice = with(permission);
        assertThatThrownBy(choice::all).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(choice::chargeable).isInstanceOf(AccessDeniedException.class);
    }

    @Test
    void offersNothingToAnonymousVisitors() {
        var choice = new TenantChoice(new Access(), new TenantDirectory());
        assertThatThrownBy(choice::all).isInstanceOf(AccessDeniedException.class);
        assertThatThrownBy(choice::chargeable).isInstanceOf(AccessDeniedException.class);
    }
}
