package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retrying is for failed runs: for all others nothing is done and nothing is recorded. */
class RunAdministrationTest {
    private static final long FAILED = 1;
    private static final long DONE = 2;

    private final RunAdministration console = new RunAdministration();
    private final List<String> happened = new ArrayList<>();

    @BeforeEach
    @SuppressWarnings("unchecked")
    void open() {
        console.access = new Access() {
            @Override
            public void require(String permission) {
                happened.add("asked for " + permission);
            }
        };
        console.audit = new AuditTrail() {
            @Override
            public void record(String action, String kind, String subject, Map<String, ?> facts) {
                happened.add(action + " " + subject);
            }
        };
        console.runs = new ChargingRuns() {
            @Override
            public int retry(long runId) {
                return runId == FAILED ? 1 : 0;
            }
        };
        console.list = new RunList() {
            @Override
            public boolean contains(long runId) {
                return runId == FAILED || runId == DONE;
            }
        };
        console.requested = (Event<ChargingRequested>) Proxy.newProxyInstance(
                Event.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, it) -> {
                    happened.add(method.getName());
                    return null;
                });
    }

    @Test
    void retriesFailedRuns() {
        assertThat(console.retry(FAILED)).isTrue();
        assertThat(happened).contains("charging.retried 1", "fire");
    }

    @Test
    void leavesOtherRunsUnchanged() {
        assertThat(console.retry(DONE)).isFalse();
        assertThat(happened).containsOnly("asked for " + Permission.PLATFORM_CHARGING_MANAGE);
    }

    @Test
    void reportsUnknownRuns() {
        assertThatThrownBy(() -> console.retry(3)).isInstanceOf(NotFoundException.class);
        assertThat(happened).containsOnly("asked for " + Permission.PLATFORM_CHARGING_MANAGE);
    }
}
