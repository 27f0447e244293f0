package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import org.jboss.logging.MDC;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The context in the log lines of a thread. */
class LogContextTest {
    private static final TenantId AURORA = new TenantId("aurora");

    @AfterEach
    void nobody() {
        Tenancy.clear();
        MDC.remove("tenant");
    }

    @Test
    void factIsLoggedUntilClosed() {
        try (var outer = LogContext.with("run", "1")) {
            try (var inner = LogContext.with("run", "2")) {
                assertThat(MDC.get("run")).isEqualTo("2");
            }
            assertThat(MDC.get("run")).isEqualTo("1");
        }
        assertThat(MDC.get("run")).isNull();
    }

    @Test
    void tenantIsLoggedWhileEntered() {
        try (var outer = Tenancy.enter(Scope.PLATFORM)) {
            try (var inner = Tenancy.enter(AURORA)) {
                assertThat(MDC.get("tenant")).isEqualTo("aurora");
            }
            assertThat(MDC.get("tenant")).isEqualTo("platform");
        }
        assertThat(MDC.get("tenant")).isNull();
    }

    @Test
    void clearedTenantIsNotLogged() {
        Tenancy.enter(AURORA);

        Tenancy.clear();

        assertThat(MDC.get("tenant")).isNull();
    }
}
