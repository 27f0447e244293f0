package io.tenantry.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BucketsTest {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Buckets buckets = new Buckets(3);

    @Test
    void giveAMinutesRequestsAtOnceAndThenAsTheyFlowBack() {
        assertThat(taken("a", 60, 0)).isEqualTo(60);
        assertThat(buckets.take("a", 60, 0)).contains(Duration.ofSeconds(1));
        assertThat(buckets.take("a", 60, SECOND)).isEmpty();
        assertThat(buckets.take("a", 60, SECOND)).contains(Duration.ofSeconds(1));
        assertThat(taken("a", 60, 11 * SECOND)).isEqualTo(10);
    }

    @Test
    void areNotEmptiedFurtherByWhoIsRefused() {
        taken("a", 60, 0);
        IntStream.range(0, 1_000).forEach(any -> buckets.take("a", 60, 0));
        assertThat(buckets.take("a", 60, SECOND)).isEmpty();
    }

    @Test
    void areApart() {
        taken("a", 60, 0);
        assertThat(buckets.take("b", 60, 0)).isEmpty();
    }

    @Test
    void workWhenTheClockOfTheMachineWraps() {
        var late = Long.MAX_VALUE - SECOND;
        assertThat(taken("a", 60, late)).isEqualTo(60);
        assertThat(buckets.take("a", 60, late + 2 * SECOND)).isEmpty();
    }

    @Test
    void rememberNoMoreThanTheyMay() {
        for (var subject : new String[] {"a", "b", "c", "d", "e"}) {
            taken(subject, 60, 0);
        }
        assertThat(buckets.size()).isLessThanOrEqualTo(4);
        assertThat(buckets.take("f", 60, 0)).isPresent();
        assertThat(buckets.take("f", 60, 120 * SECOND)).isEmpty();
        assertThat(buckets.size()).isEqualTo(1);
    }

    private int taken(String subject, int perMinute, long now) {
        var count = 0;
        while (count < 1_000 && buckets.take(subject, perMinute, now).isEmpty()) {
            count++;
        }
        return count;
    }
}
