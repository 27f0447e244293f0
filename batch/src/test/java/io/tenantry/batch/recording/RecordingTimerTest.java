package io.tenantry.batch.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.recording.Recordings;
import io.tenantry.health.Readiness;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old recordings go from every schema that exists, also from those of closed tenants. */
class RecordingTimerTest {
    private final List<String> done = new ArrayList<>();
    private final RecordingTimer timer = new RecordingTimer();
    private String broken = "";

    @BeforeEach
    void prepare() {
        timer.readiness = new Readiness();
        timer.readiness.ready();
        timer.tenants = new TenantDirectory() {
            @Override
            public List<Tenant> all() {
                return Arrays.stream(Tenant.State.values())
                        .map(RecordingTimerTest::tenant)
                        .toList();
            }
        };
        timer.recordings = new Recordings() {
            @Override
            public int forget() {
                var scope = Tenancy.scope().label();
                if (scope.equals(broken)) {
                    throw new IllegalStateException("no such table");
                }
                done.add(scope);
                return 1;
            }
        };
    }

    private static Tenant tenant(Tenant.State state) {
        var slug = "is-" + state.name().toLowerCase(Locale.ROOT);
        return new Tenant(
                new TenantId(slug),
                slug,
                state,
                Currency.getInstance("EUR"),
                ZoneOffset.UTC,
                Locale.ENGLISH,
                List.of(),
                Instant.EPOCH);
    }

    @Test
    void prunesEveryExistingSchema() {
        timer.forget();
        assertThat(done).containsExactly("is-active", "is-suspended", "is-maintenance");
        assertThat(Tenancy.current()).isEmpty();
    }

    @Test
    void failingSchemaDoesNotStopOthers() {
        broken = "is-active";
        timer.forget();
        assertThat(done).containsExactly("is-suspended", "is-maintenance");
        assertThat(Tenancy.current()).isEmpty();
    }
}
