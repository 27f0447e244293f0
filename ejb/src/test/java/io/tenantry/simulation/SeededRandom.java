package io.tenantry.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/** Reproducible randomness: all random choices of an act come from its own seed. */
final class SeededRandom {
    private final Random random;

    SeededRandom(long seed) {
        random = new Random(seed);
    }

    /** Whether an event with this probability, in thousandths, happens. */
    boolean happens(int times) {
        return random.nextInt(1_000) < times;
    }

    /** Returns a number from the first to the last, inclusive. */
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    /** Returns a span of whole milliseconds. */
    Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
    }

    /** Returns a seed for another generator. */
    long seed() {
        return random.nextLong();
    }

    /** Returns one of them, with a probability proportional to its weight. */
    <T> T pickWeighted(List<T> all, ToIntFunction<T> weight) {
        var left = random.nextInt(all.stream().mapToInt(weight).sum());
        for (var one : all) {
            left -= weight.applyAsInt(one);
            if (left < 0) {
                return one;
            }
        }
        throw new IllegalArgumentException("nothing has any weight");
    }
}
