package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A demo that was stopped resumes where it left off and catches up on the days it missed. */
class DemoClockTest {
    private static final Duration UNSEEN = Duration.ofMinutes(5);

    private final MovableClock clock = new MovableClock();
    private final List<Duration> aged = new ArrayList<>();
    private final DemoJourney journey = new DemoJourney();

    /** The container manages transactions in production. */
    private final class Clocks extends DemoClock {
        @Override
        public Duration resume() {
            return Database.in(Scope.PLATFORM, super::resume);
        }

        @Override
        public void recordHeartbeat() {
            Database.run(Scope.PLATFORM, super::recordHeartbeat);
        }

        @Override
        public Optional<Duration> destination() {
            return Database.in(Scope.PLATFORM, super::destination);
        }

        @Override
        public void moveTo(Duration ahead) {
            Database.run(Scope.PLATFORM, () -> super.moveTo(ahead));
        }

        @Override
        public void age(TenantId tenant, Duration step) {
            if (tenant.equals(Database.AURORA)) {
                aged.add(step);
            }
        }
    }

    @BeforeEach
    void prepare() {
        var clocks = new Clocks();
        clocks.sql = new Sql(Database.runtime());
        clocks.clock = clock;
        clocks.settings = new Settings(Map.of("tenantry.demo", "true")::get, name -> null);
        journey.demoClock = clocks;
        journey.clock = clock;
        journey.tenants = new TenantDirectory(Database.administration());
        Database.asOwner("delete from platform.demo_clock");
    }

    @AfterEach
    void forget() {
        Database.asOwner("delete from platform.demo_clock");
    }

    @Test
    void simulatesMissedDaysOneByOne() {
        left(Duration.ofHours(1), Duration.ofDays(3));

        journey.resume();

        var missed = Duration.ofDays(3).minus(UNSEEN);
        assertThat(clock.offset()).isCloseTo(Duration.ofHours(1).minus(missed), Duration.ofSeconds(10));
        assertThat(aged)
                .singleElement()
                .satisfies(by -> assertThat(by).isCloseTo(missed.negated(), Duration.ofSeconds(10)));
        var days = new ArrayList<Instant>();
        while (journey.advance()) {
            days.add(clock.instant().truncatedTo(ChronoUnit.DAYS));
        }
        assertThat(days).hasSizeBetween(3, 4);
        for (var day = 1; day < days.size(); day++) {
            assertThat(Duration.between(days.get(day - 1), days.get(day))).isLessThanOrEqualTo(Duration.ofDays(1));
        }
        assertThat(clock.offset()).isEqualTo(Duration.ofHours(1));
        assertThat(aged.stream().reduce(Duration.ZERO, Duration::plus)).isZero();
    }

    @Test
    void keepsItsDestinationAfterARestart() {
        left(Duration.ZERO, Duration.ofDays(2));
        Database.asOwner("update platform.demo_clock set target_seconds = 864000");

        journey.resume();

        assertThat(Database.texts("select target_seconds from platform.demo_clock"))
                .containsExactly("864000");
    }

    @Test
    void resumesWithoutCatchingUpIfRunningOrNew() {
        left(Duration.ofHours(1), Duration.ofSeconds(30));
        journey.resume();
        assertThat(clock.offset()).isEqualTo(Duration.ofHours(1));

        Database.asOwner("update platform.demo_clock set offset_seconds = 7200, seen_at = null");
        journey.resume();
        assertThat(clock.offset()).isEqualTo(Duration.ofHours(2));

        Database.asOwner("delete from platform.demo_clock");
        journey.resume();
        assertThat(aged).isEmpty();
        assertThat(journey.advance()).isFalse();
    }

    @Test
    void recordsThatItRuns() {
        journey.recordHeartbeat();
        left(Duration.ofHours(1), Duration.ofDays(3));
        journey.recordHeartbeat();
        journey.resume();
        assertThat(clock.offset()).isEqualTo(Duration.ofHours(1));
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-25T12:00:00Z, PT4M, PT0S",
        "2026-11-25T12:00:00Z, PT12H, PT0S",
        "2026-11-25T12:00:00Z, PT12H6M, PT12H1M",
        "2026-11-25T00:01:00Z, PT3M, PT0S",
        "2026-11-25T00:01:00Z, PT7M, PT2M",
        "2026-11-25T12:00:00Z, PT240H, PT239H55M"
    })
    void catchesUpOnlyAfterAMissedMidnight(Instant now, Duration stopped, Duration missed) {
        assertThat(DemoClock.missed(now, stopped)).isEqualTo(missed);
    }

    private static void left(Duration offset, Duration ago) {
        Database.asOwner("insert into platform.demo_clock (offset_seconds, seen_at) values (" + offset.toSeconds()
                + ", clock_timestamp() - interval '" + ago + "') on conflict (one) do update set offset_seconds ="
                + " excluded.offset_seconds, seen_at = excluded.seen_at");
    }
}
