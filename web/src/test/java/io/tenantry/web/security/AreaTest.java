package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.Actor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaTest {
    @ParameterizedTest
    @CsvSource({
        "/, PUBLIC",
        "/sign-in, PUBLIC",
        "/portal, PORTAL",
        "/portal/, PORTAL",
        "/portal/services.xhtml, PORTAL",
        "/portals, PUBLIC",
        "/staff/customers, STAFF",
        "/faces/staff/customers.xhtml, STAFF",
        "/faces/faces/staff/customers.xhtml, PUBLIC",
        "/admin/runs, ADMIN",
        "/api/v1/services, API",
    })
    void followsFromThePath(String path, Area area) {
        assertThat(Area.of(path)).isEqualTo(area);
    }

    @ParameterizedTest
    @CsvSource({"MEMBER, PORTAL, /portal", "STAFF, STAFF, /staff", "OPERATOR, ADMIN, /admin"})
    void everybodyHasOneHome(Actor.Kind kind, Area home, String path) {
        assertThat(Area.homeOf(kind)).isEqualTo(home);
        assertThat(home.home()).isEqualTo(path);
        for (var area : Area.values()) {
            assertThat(area.admits(kind)).isEqualTo(area == home || !area.asksForSignIn());
        }
    }

    @Test
    void theConsoleIsOnThePlatformsHostOnly() {
        assertThat(Area.ADMIN.existsOn(true)).isTrue();
        assertThat(Area.ADMIN.existsOn(false)).isFalse();
        assertThat(Area.PORTAL.existsOn(true)).isFalse();
        assertThat(Area.STAFF.existsOn(true)).isFalse();
    }
}
