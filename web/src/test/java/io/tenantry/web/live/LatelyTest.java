package io.tenantry.web.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.live.Signal;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LatelyTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 5);
    private final Lately lately = new Lately(now::get);

    @Test
    void tellsWhatWasHeardSince() {
        passes(10);
        lately.add(run(1));
        passes(3);
        lately.add(run(2));
        passes(2);

        assertThat(lately.since(Duration.ofSeconds(1)))
                .hasValueSatisfying(none -> assertThat(none).isEmpty());
        assertThat(lately.since(Duration.ofSeconds(2)))
                .hasValueSatisfying(some -> assertThat(some).containsExactly(run(2)));
        assertThat(lately.since(Duration.ofSeconds(9)))
                .hasValueSatisfying(all -> assertThat(all).containsExactly(run(1), run(2)));
    }

    @Test
    void saysThatItDoesNotKnowWhatWasBeforeItHeardAnything() {
        passes(5);
        assertThat(lately.since(Duration.ofSeconds(4))).isPresent();
        assertThat(lately.since(Duration.ofSeconds(5))).isEmpty();

        lately.deaf();
        passes(1);
        assertThat(lately.since(Duration.ofMillis(999))).isPresent();
        assertThat(lately.since(Duration.ofSeconds(2))).isEmpty();
    }

    @Test
    void saysThatItDoesNotKnowWhatWasLongAgoOrNever() {
        passes(100);
        assertThat(lately.since(Lately.MEMORY)).isPresent();
        assertThat(lately.since(Lately.MEMORY.plusMillis(1))).isEmpty();
        assertThat(lately.since(Duration.ofMillis(-1))).isEmpty();
    }

    @Test
    void saysThatItDoesNotKnowWhatWasTooMuch() {
        passes(1);
        lately.add(run(0));
        passes(1);
        for (var run = 1; run <= Lately.SIGNALS_MAX; run++) {
            lately.add(run(run));
        }
        passes(1);
        assertThat(lately.since(Duration.ofMillis(1_500)))
                .hasValueSatisfying(all -> assertThat(all).hasSize(Lately.SIGNALS_MAX));
        assertThat(lately.since(Duration.ofSeconds(3))).isEmpty();
    }

    private void passes(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private static Signal run(int id) {
        return new Signal("t_aurora", Signal.Kind.RUN, Integer.toString(id));
    }
}
