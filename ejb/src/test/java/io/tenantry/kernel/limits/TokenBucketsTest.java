package io.tenantry.kernel.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final TokenBuckets tokenBuckets = new TokenBuckets(3);

    @Test
    void giveAMinutesRequestsAtOnceAndThenAsTheyFlowBack() {
        assertThat(taken("a", 60, 0)).isEqualTo(60);
        assertThat(tokenBuckets.take("a", 60, 0)).contains(Duration.ofSeconds(1));
        assertThat(tokenBuckets.take("a", 60, SECOND)).isEmpty();
        assertThat(tokenBuckets.take("a", 60, SECOND)).contains(Duration.ofSeconds(1));
        assertThat(taken("a", 60, 11 * SECOND)).isEqualTo(10);
    }

    @Test
    void areNotEmptiedFurtherByWhoIsRefused() {
        taken("a", 60, 0);
        IntStream.range(0, 1_000).forEach(any -> tokenBuckets.take("a", 60, 0));
        assertThat(tokenBuckets.take("a", 60, SECOND)).isEmpty();
    }

    @Test
    void areApart() {
        taken("a", 60, 0);
        assertThat(tokenBuckets.take("b", 60, 0)).isEmpty();
    }

    @Test
    void workWhenTheClockOfTheMachineWraps() {
        var late = Long.MAX_VALUE - SECOND;
        assertThat(taken("a", 60, late)).isEqualTo(60);
        assertThat(tokenBuckets.take("a", 60, late + 2 * SECOND)).isEmpty();
    }

    @Test
    void rememberNoMoreThanTheyMay() {
        for (var subject : new String[] {"a", "b", "c", "d", "e"}) {
            taken(subject, 60, 0);
        }
        assertThat(tokenBuckets.size()).isLessThanOrEqualTo(4);
        assertThat(tokenBuckets.take("f", 60, 0)).isPresent();
        assertThat(tokenBuckets.take("f", 60, 120 * SECOND)).isEmpty();
        assertThat(tokenBuckets.size()).isEqualTo(1);
    }

    private int taken(String subject, int perMinute, long now) {
        var count = 0;
        while (count < 1_000 && tokenBuckets.take(subject, perMinute, now).isEmpty()) {
            count++;
        }
        return count;
    }
}
