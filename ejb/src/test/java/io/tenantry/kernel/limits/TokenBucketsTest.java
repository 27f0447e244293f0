package io.tenantry.kernel.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TokenBuckets tokenBuckets = new TokenBuckets(3);

    @Test
    void allowABurstOfAMinuteAndRefillSteadily() {
        assertThat(takeAll("a", 60, 0)).isEqualTo(60);
        assertThat(tokenBuckets.take("a", 60, 0)).contains(Duration.ofSeconds(1));
        assertThat(tokenBuckets.take("a", 60, SECOND)).isEmpty();
        assertThat(tokenBuckets.take("a", 60, SECOND)).contains(Duration.ofSeconds(1));
        assertThat(takeAll("a", 60, 11 * SECOND)).isEqualTo(10);
    }

    @Test
    void areNotDrainedByRefusedRequests() {
        takeAll("a", 60, 0);
        IntStream.range(0, 1_000).forEach(any -> tokenBuckets.take("a", 60, 0));
        assertThat(tokenBuckets.take("a", 60, SECOND)).isEmpty();
    }

    @Test
    void areIndependent() {
        takeAll("a", 60, 0);
        assertThat(tokenBuckets.take("b", 60, 0)).isEmpty();
    }

    @Test
    void surviveAnOverflowOfTheClock() {
        var late = Long.MAX_VALUE - SECOND;
        assertThat(takeAll("a", 60, late)).isEqualTo(60);
        assertThat(tokenBuckets.take("a", 60, late + 2 * SECOND)).isEmpty();
    }

    @Test
    void limitTheirNumber() {
        for (var subject : new String[] {"a", "b", "c", "d", "e"}) {
            takeAll(subject, 60, 0);
        }
        assertThat(tokenBuckets.size()).isLessThanOrEqualTo(4);
        assertThat(tokenBuckets.take("f", 60, 0)).isPresent();
        assertThat(tokenBuckets.take("f", 60, 120 * SECOND)).isEmpty();
        assertThat(tokenBuckets.size()).isEqualTo(1);
    }

    private int takeAll(String subject, int perMinute, long now) {
        var count = 0;
        while (count < 1_000 && tokenBuckets.take(subject, perMinute, now).isEmpty()) {
            count++;
        }
        return count;
    }
}
