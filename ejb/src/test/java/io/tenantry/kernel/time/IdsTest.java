package io.tenantry.kernel.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.LongBinaryOperator;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Layout of RFC 9562, section 5.7. Among 200 identifiers each random bit is 0 at least once and 1 at least once, except in one run in 2^191.
 */
class IdsTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00.123Z");
    private static final long RANDOM_HIGH = 0x0fffL;
    private static final long RANDOM_LOW = 0x3fffffffffffffffL;

    private final List<UUID> ids =
            IntStream.range(0, 200).mapToObj(i -> at(NOON)).toList();

    @Test
    void startsWithTheMilliseconds() {
        assertThat(ids)
                .allSatisfy(id -> assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOON.toEpochMilli()));
    }

    @Test
    void hasVersionSevenAndTheStandardVariant() {
        assertThat(ids).allSatisfy(id -> {
            assertThat(id.version()).isEqualTo(7);
            assertThat(id.variant()).isEqualTo(2);
        });
    }

    @Test
    void hasOtherwiseRandomBits() {
        assertThat(bits(UUID::getMostSignificantBits, (a, b) -> a | b) & RANDOM_HIGH)
                .isEqualTo(RANDOM_HIGH);
        assertThat(bits(UUID::getMostSignificantBits, (a, b) -> a & b) & RANDOM_HIGH)
                .isZero();
        assertThat(bits(UUID::getLeastSignificantBits, (a, b) -> a | b) & RANDOM_LOW)
                .isEqualTo(RANDOM_LOW);
        assertThat(bits(UUID::getLeastSignificantBits, (a, b) -> a & b) & RANDOM_LOW)
                .isZero();
    }

    @Test
    void increasesWithTime() {
        assertThat(at(NOON.plusMillis(1)).toString()).isGreaterThan(at(NOON).toString());
    }

    private long bits(ToLongFunction<UUID> half, LongBinaryOperator combined) {
        return ids.stream().mapToLong(half).reduce(combined).orElseThrow();
    }

    private static UUID at(Instant instant) {
        var clock = new MovableClock();
        clock.stopAt(instant);
        return Ids.next(clock);
    }
}
