package io.tenantry.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MovableClockTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00Z");

    private final MovableClock clock = new MovableClock();

    @Test
    void showsRealTimeUnlessMoved() {
        assertThat(clock.offset()).isZero();
        assertThat(clock.moved(NOON)).isEqualTo(NOON);

        var before = clock.real();
        assertThat(clock.instant()).isBetween(before, clock.real());
    }

    @Test
    void realTimeFollowsTheSystemClock() {
        var before = System.nanoTime();
        var start = clock.real();
        var elapsed = Duration.between(start, clock.real());

        assertThat(elapsed)
                .isBetween(
                        Duration.ZERO,
                        Duration.ofNanos(System.nanoTime() - before).plusSeconds(1));
        assertThat(start).isAfter(NOON.minus(Duration.ofDays(100)));
    }

    @Test
    void runsWithAnOffset() {
        clock.moveBy(Duration.ofDays(2));
        assertThat(clock.offset()).isEqualTo(Duration.ofDays(2));
        assertThat(clock.moved(NOON)).isEqualTo(Instant.parse("2026-03-12T12:00:00Z"));
        assertThat(clock.instant()).isAfter(clock.real().plus(Duration.ofDays(1)));

        clock.moveBy(Duration.ofHours(-1));
        assertThat(clock.moved(NOON)).isEqualTo(Instant.parse("2026-03-10T11:00:00Z"));
    }

    @Test
    void standsStillWhenStoppedUntilMoved() {
        clock.stopAt(NOON);
        assertThat(clock.instant()).isEqualTo(NOON);
        assertThat(clock.moved(NOON.plusSeconds(60))).isEqualTo(NOON);
        assertThat(clock.real()).isNotEqualTo(NOON);

        clock.moveBy(Duration.ofHours(1));
        assertThat(clock.moved(NOON)).isEqualTo(NOON.plusSeconds(3600));
    }

    @Test
    void hasMicrosecondsLikeTheDatabase() {
        assertThat(clock.moved(NOON.plusNanos(1_999))).isEqualTo(NOON.plusNanos(1_000));
        assertThat(Stream.generate(clock::real).limit(100))
                .allSatisfy(time -> assertThat(time).isEqualTo(time.truncatedTo(ChronoUnit.MICROS)));
        assertThat(Stream.generate(clock::instant).limit(100))
                .allSatisfy(time -> assertThat(time).isEqualTo(time.truncatedTo(ChronoUnit.MICROS)));
    }

    @Test
    void isInUtcUnlessGivenAZone() {
        assertThat(clock.getZone()).isEqualTo(ZoneOffset.UTC);
        clock.stopAt(NOON);
        assertThat(clock.withZone(ZoneId.of("Asia/Tokyo")).instant()).isEqualTo(NOON);
    }
}
