package io.tenantry.cloud.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.billing.charging.ChargeHistory;
import io.tenantry.kernel.money.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Charges before an instant are calculated exactly, whatever changed before and after. */
class OutageCreditsTest {
    private static final Instant BEGIN = Instant.parse("2026-09-30T22:00:00Z");
    private static final Duration SPAN = Duration.ofDays(50);
    private static final int RUNS = 15;

    private static BillingFixture billingFixture;
    private static List<UUID> prices;

    private record Change(Instant at, UUID price) {}

    @BeforeAll
    static void open() {
        billingFixture = new BillingFixture("gifts", "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(BEGIN);
        prices = List.of(
                billingFixture.price("7.30"),
                billingFixture.price("14.60"),
                billingFixture.price("3.65"),
                billingFixture.price("9.99"));
    }

    /** Fifty days include the end of a month, and a month that reaches its cap. */
    @Test
    void equalsTheChargesOfAServiceEndedAtTheOutage() {
        var seed = 20_261_122L;
        var random = new Random(seed);
        for (var run = 0; run < RUNS; run++) {
            var first = prices.get(random.nextInt(prices.size()));
            var stop = within(random, Duration.ofMinutes(90));
            var changes = changes(random, stop);
            var goesOn = billingFixture.rent(billingFixture.wallet("100"), first, BEGIN);
            var ended = billingFixture.rent(billingFixture.wallet("100"), first, BEGIN);
            changes.stream().filter(change -> change.at().isBefore(stop)).forEach(change -> apply(ended, change));
            billingFixture.end(ended, stop);
            changes.forEach(change -> apply(goesOn, change));
            billingFixture.charge(BEGIN.plus(SPAN));

            assertThat(charged(goesOn.service(), stop))
                    .as("seed %d, run %d, until %s, %s", seed, run, stop, changes)
                    .isEqualTo(billingFixture.charged(ended));
            assertThat(charged(goesOn.service(), BEGIN.plus(SPAN))).isEqualTo(billingFixture.charged(goesOn));
            assertThat(charged(goesOn.service(), BEGIN)).isEqualTo(billingFixture.money("0"));
        }
    }

    private static Money charged(UUID service, Instant before) {
        return billingFixture.in(() -> ChargeHistory.before(
                billingFixture.sql, service, before, billingFixture.money("0").currency()));
    }

    /** Returns random changes; none in the hour of the stop, which costs the highest rate it reaches. */
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
        billingFixture.change(rented, change.price(), change.at());
    }

    private static Instant within(Random random, Duration least) {
        return BEGIN.plus(least)
                .plusSeconds(random.nextInt((int) SPAN.minus(least).toSeconds()));
    }
}
