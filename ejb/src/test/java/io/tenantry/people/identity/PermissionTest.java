package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class PermissionTest {
    @SuppressWarnings("unused")
    private static final java.util.List<String> ofOrganizations = Permission.OF_ORGANIZATIONS;

    @Test
    void offersOnlyScopesOfAvailableFeatures() {
        assertThat(Permission.MEMBER_KEY_SCOPES)
                .hasSize(15)
                .contains("vps_view", "billing_manage", "settings_manage")
                .noneMatch(scope -> scope.startsWith("tickets_") || scope.startsWith("hosting_"));
    }

    @Test
    void definesTwentyPermissionsOfOrganizations() {
        assertThat(new HashSet<>(Permission.OF_ORGANIZATIONS)).hasSize(20);
    }

    @ParameterizedTest
    @FieldSource("ofOrganizations")
    void mapsEachOrganizationPermissionToAStaffPermission(String permission) {
        assertThat(Permission.OF_STAFF).contains(Permission.staffNeed(permission));
    }

    @Test
    void mapsViewToViewAndManageToManage() {
        assertThat(Permission.staffNeed(Permission.BILLING_VIEW)).isEqualTo(Permission.STAFF_BILLING_VIEW);
        assertThat(Permission.staffNeed(Permission.BILLING_MANAGE)).isEqualTo(Permission.STAFF_BILLING_MANAGE);
    }

    @Test
    void rejectsUnknownPermissions() {
        assertThatThrownBy(() -> Permission.staffNeed("vps_fly")).isInstanceOf(IllegalArgumentException.class);
    }
}
