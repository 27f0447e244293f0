package io.tenantry.reconciling;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.charging.Books;
import io.tenantry.charging.Books.Rented;
import io.tenantry.charging.PastCharges;
import io.tenantry.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What was charged before an instant is worked out exactly, whatever changed before and after. */
class GivingBackTest {
    private static final Instant BEGIN = Instant.parse("2026-09-30T22:00:00Z");
    private static final Duration SPAN = Duration.ofDays(50);
    private static final int RUNS = 15;

    private static Books books;
    private static List<UUID> prices;

    private record Change(Instant at, UUID price) {}

    @BeforeAll
    static void open() {
        books = new Books("gifts", "EUR", "Europe/Berlin");
        books.clock.stopAt(BEGIN);
        prices = List.of(books.price("7.30"), books.price("14.60"), books.price("3.65"), books.price("9.99"));
    }

    /** Fifty days hold the end of a month, and a month that costs no more than its cap. */
    @Test
    void isWhatAServiceThatEndedThenHasPaid() {
        var seed = 20_261_122L;
        var random = new Random(seed);
        for (var run = 0; run < RUNS; run++) {
            var first = prices.get(random.nextInt(prices.size()));
            var stop = within(random, Duration.ofMinutes(90));
            var changes = changes(random, stop);
            var goesOn = books.rent(books.wallet("100"), first, BEGIN);
            var ended = books.rent(books.wallet("100"), first, BEGIN);
            changes.stream().filter(change -> change.at().isBefore(stop)).forEach(change -> apply(ended, change));
            books.end(ended, stop);
            changes.forEach(change -> apply(goesOn, change));
            books.charge(BEGIN.plus(SPAN));

            assertThat(charged(goesOn.service(), stop))
                    .as("seed %d, run %d, until %s, %s", seed, run, stop, changes)
                    .isEqualTo(books.charged(ended));
            assertThat(charged(goesOn.service(), BEGIN.plus(SPAN))).isEqualTo(books.charged(goesOn));
            assertThat(charged(goesOn.service(), BEGIN)).isEqualTo(books.money("0"));
        }
    }

    private static Money charged(UUID service, Instant before) {
        return books.in(() ->
                PastCharges.before(books.sql, service, before, books.money("0").currency()));
    }

    /** Some changes; none in the hour in which it stops, which costs the highest rate that it comes to have. */
    private static List<Change> changes(Random random, Instant stop) {
        var changes = new ArrayList<Change>();
        for (var number = random.nextInt(6); number > 0; number--) {
            var at = within(random, Duration.ofMinutes(1));
            if (Duration.between(stop, at).abs().compareTo(Duration.ofHours(1)) > 0) {
                changes.add(new Change(at, prices.get(random.nextInt(prices.size()))));
            }
        }
        changes.sort(Comparator.comparing(Change::at));
        return changes;
    }

    private static void apply(Rented rented, Change change) {
        books.change(rented, change.price(), change.at());
    }

    private static Instant within(Random random, Duration least) {
        return BEGIN.plus(least)
                .plusSeconds(random.nextInt((int) SPAN.minus(least).toSeconds()));
    }
}
