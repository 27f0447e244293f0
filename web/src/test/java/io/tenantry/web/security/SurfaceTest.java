package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.Actor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SurfaceTest {
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
        "/console/runs, CONSOLE",
        "/api/v1/services, API",
    })
    void followsFromThePath(String path, Surface surface) {
        assertThat(Surface.of(path)).isEqualTo(surface);
    }

    @ParameterizedTest
    @CsvSource({"MEMBER, PORTAL, /portal", "STAFF, STAFF, /staff", "OPERATOR, CONSOLE, /console"})
    void everybodyHasOneHome(Actor.Kind kind, Surface home, String path) {
        assertThat(Surface.homeOf(kind)).isEqualTo(home);
        assertThat(home.home()).isEqualTo(path);
        for (var surface : Surface.values()) {
            assertThat(surface.admits(kind)).isEqualTo(surface == home || !surface.asksForSignIn());
        }
    }

    @Test
    void theConsoleIsOnThePlatformsHostOnly() {
        assertThat(Surface.CONSOLE.existsOn(true)).isTrue();
        assertThat(Surface.CONSOLE.existsOn(false)).isFalse();
        assertThat(Surface.PORTAL.existsOn(true)).isFalse();
        assertThat(Surface.STAFF.existsOn(true)).isFalse();
    }
}
