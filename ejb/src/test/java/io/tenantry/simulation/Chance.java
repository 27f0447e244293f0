package io.tenantry.simulation;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/** Chance that falls the same each time: all that an act leaves to it comes from the act's own seed. */
final class Chance {
    private final Random random;

    Chance(long seed) {
        random = new Random(seed);
    }

    /** Whether something happens that happens so often in a thousand. */
    boolean inThousand(int times) {
        return random.nextInt(1_000) < times;
    }

    /** A number from the first to the last. */
    int between(int first, int last) {
        return random.nextInt(first, last + 1);
    }

    /** A span of whole milliseconds. */
    Duration between(Duration least, Duration most) {
        return Duration.ofMillis(random.nextLong(least.toMillis(), most.toMillis() + 1));
    }

    /** A seed for something else. */
    long seed() {
        return random.nextLong();
    }

    /** One of them, each as often as its weight says. */
    <T> T weighed(List<T> all, ToIntFunction<T> weight) {
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
