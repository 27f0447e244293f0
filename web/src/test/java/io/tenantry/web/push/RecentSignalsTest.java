package io.tenantry.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.push.Signal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RecentSignalsTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final RecentSignals recentSignals = new RecentSignals(now::get);

    @Test
    void returnsSignalsSinceGivenAge() {
        passes(10);
        recentSignals.add(run(1));
        passes(3);
        recentSignals.add(run(2));
        passes(2);

        assertThat(recentSignals.since(Duration.ofSeconds(1)))
                .hasValueSatisfying(none -> assertThat(none).isEmpty());
        assertThat(recentSignals.since(Duration.ofSeconds(2)))
                .hasValueSatisfying(some -> assertThat(some).containsExactly(run(2)));
        assertThat(recentSignals.since(Duration.ofSeconds(9)))
                .hasValueSatisfying(all -> assertThat(all).containsExactly(run(1), run(2)));
    }

    @Test
    void isUnknownBeforeListeningStarted() {
        passes(5);
        assertThat(recentSignals.since(Duration.ofSeconds(4))).isPresent();
        assertThat(recentSignals.since(Duration.ofSeconds(5))).isEmpty();

        recentSignals.deaf();
        passes(1);
        assertThat(recentSignals.since(Duration.ofMillis(999))).isPresent();
        assertThat(recentSignals.since(Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void isUnknownBeyondMemoryAndForFuture() {
        passes(100);
        assertThat(recentSignals.since(RecentSignals.MEMORY)).isPresent();
        assertThat(recentSignals.since(RecentSignals.MEMORY.plusMillis(1))).isEmpty();
        assertThat(recentSignals.since(Duration.ofMillis(-1))).isEmpty();
    }

    @Test
    void isUnknownBeforeOldestKeptSignal() {
        passes(1);
        recentSignals.add(run(0));
        passes(1);
        for (var run = 1; run <= RecentSignals.SIGNALS_MAX; run++) {
            recentSignals.add(run(run));
        }
        passes(1);
        assertThat(recentSignals.since(Duration.ofMillis(1_500)))
                .hasValueSatisfying(all -> assertThat(all).hasSize(RecentSignals.SIGNALS_MAX));
        assertThat(recentSignals.since(Duration.ofSeconds(3))).isEmpty();
    }

    private void passes(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private static Signal run(int id) {
        return new Signal("t_aurora", Signal.Kind.RUN, Integer.toString(id));
    }
}
