package io.tenantry.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a service owes by the witness's own reckoning, in whole cents: hour by hour from its activation to its end, each at the dearest plan that
 * it had in it.
 */
final class Rented {
    private static final Duration HOUR = Duration.ofHours(1);

    final UUID id;
    final UUID wallet;
    private final List<Price> prices = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private Optional<Instant> begun = Optional.empty();
    private Optional<Instant> ended = Optional.empty();

    Rented(UUID id, UUID wallet) {
        this.id = id;
        this.wallet = wallet;
    }

    /** What an hour costs from then on. */
    private record Price(Instant from, int cents) {}

    /** A time in which its server was not there, as far as was seen. */
    private record Gap(Instant from, Instant to) {
        boolean holds(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(to);
        }
    }

    void costs(Instant from, int cents) {
        prices.add(new Price(from, cents));
    }

    void begins(Instant at) {
        begun = Optional.of(at);
    }

    void ends(Instant at) {
        ended = Optional.of(at);
    }

    void misses(Instant from, Instant to) {
        gaps.add(new Gap(from, to));
    }

    boolean isBegun() {
        return begun.isPresent();
    }

    /**
     * All that it has cost.
     *
     * @param reached hours of one that runs are charged if they began before then
     */
    long cents(Instant reached) {
        return sum(reached, false);
    }

    /** What of that is given back, since it was not there. */
    long givenBack(Instant reached) {
        return sum(reached, true);
    }

    private long sum(Instant reached, boolean onlyMissing) {
        if (begun.isEmpty()) {
            return 0;
        }
        var end = ended.orElse(reached);
        var sum = 0L;
        for (var hour = begun.get(); hour.equals(begun.get()) || hour.isBefore(end); hour = hour.plus(HOUR)) {
            if (!onlyMissing || isMissing(hour)) {
                sum += dearest(hour);
            }
        }
        return sum;
    }

    private boolean isMissing(Instant hour) {
        return gaps.stream().anyMatch(gap -> gap.holds(hour));
    }

    private int dearest(Instant hour) {
        var dearest = 0;
        for (var price : prices) {
            if (!price.from().isAfter(hour)) {
                dearest = price.cents();
            } else if (price.from().isBefore(hour.plus(HOUR))) {
                dearest = Math.max(dearest, price.cents());
            }
        }
        return dearest;
    }
}
