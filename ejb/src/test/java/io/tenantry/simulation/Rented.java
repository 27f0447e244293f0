package io.tenantry.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a service owes by the witness's independent calculation, in whole cents: hour by hour from its activation to its end, each at the most
 * expensive plan it had in that hour.
 */
final class Rented {
    private static final Duration HOUR = Duration.ofHours(1);

    final UUID id;
    final UUID wallet;
    private final List<Price> prices = new ArrayList<>();
    private final List<Gap> gaps = new ArrayList<>();
    private Optional<Instant> started = Optional.empty();
    private Optional<Instant> ended = Optional.empty();

    Rented(UUID id, UUID wallet) {
        this.id = id;
        this.wallet = wallet;
    }

    /** The price of an hour from then on. */
    private record Price(Instant from, int cents) {}

    /** A period in which its server was missing, as far as was observed. */
    private record Gap(Instant from, Instant to) {
        boolean holds(Instant instant) {
            return !instant.isBefore(from) && instant.isBefore(to);
        }
    }

    void addPrice(Instant from, int cents) {
        prices.add(new Price(from, cents));
    }

    void start(Instant at) {
        started = Optional.of(at);
    }

    void end(Instant at) {
        ended = Optional.of(at);
    }

    void addGap(Instant from, Instant to) {
        gaps.add(new Gap(from, to));
    }

    boolean isStarted() {
        return started.isPresent();
    }

    /**
     * Returns its total cost.
     *
     * @param reached hours of a running service are charged if they started before then
     */
    long cents(Instant reached) {
        return sum(reached, false);
    }

    /** Returns the part of it that is refunded for missing periods. */
    long refunded(Instant reached) {
        return sum(reached, true);
    }

    private long sum(Instant reached, boolean onlyMissing) {
        if (started.isEmpty()) {
            return 0;
        }
        var end = ended.orElse(reached);
        var sum = 0L;
        for (var hour = started.get(); hour.equals(started.get()) || hour.isBefore(end); hour = hour.plus(HOUR)) {
            if (!onlyMissing || isMissing(hour)) {
                sum += highestPrice(hour);
            }
        }
        return sum;
    }

    private boolean isMissing(Instant hour) {
        return gaps.stream().anyMatch(gap -> gap.holds(hour));
    }

    private int highestPrice(Instant hour) {
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
