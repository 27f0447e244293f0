package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.charging.Rating.Period;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.time.BillingMonth;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random service histories, charged by the database and by the pure rule: equal to the last decimal, for any seed. */
@Tag("full")
class RatingAndSqlTest {
    private static final String[] PRICES = {"7.30", "13.25", "0.01", "4", "99.99", "0", "1234.56789012"};

    @ParameterizedTest(name = "seed {0} in {1}")
    @CsvSource({
        "1, Europe/Berlin",
        "2, America/New_York",
        "3, Asia/Kathmandu",
        "4, Pacific/Auckland",
        "5, UTC",
        "6, Australia/Lord_Howe"
    })
    void javaAndSqlChargeTheSame(long seed, String zoneName) {
        var zone = ZoneId.of(zoneName);
        var billingFixture = new BillingFixture("seed-" + seed, "USD", zoneName);
        billingFixture.clock.stopAt(Instant.parse("2026-01-01T00:00:00Z"));
        var random = new Random(seed);
        var prices = new ArrayList<UUID>();
        for (var price : PRICES) {
            prices.add(billingFixture.price(price));
        }
        var wallet = billingFixture.wallet("100000");
        for (var life = 0; life < 6; life++) {
            liveOnce(billingFixture, zone, random, prices, wallet);
        }
        assertThat(billingFixture.faults()).isEmpty();
    }

    /** Runs one service from activation to end, with runs, plan changes and pauses at random instants in between. */
    private static void liveOnce(
            BillingFixture billingFixture, ZoneId zone, Random random, List<UUID> prices, UUID wallet) {
        var at = Instant.parse("2026-01-01T00:00:00Z").plus(random.nextInt(86_400 * 300), ChronoUnit.SECONDS);
        var price = random.nextInt(PRICES.length);
        var rented = billingFixture.rent(wallet, prices.get(price), at);
        var expected = new ArrayList<Period>();
        expected.add(charge(
                Period.opening(at, BillingMonth.of(at, zone).to(), usd(price)),
                expected,
                zone,
                at.plusNanos(1_000),
                price));
        for (var step = 0; step < 12; step++) {
            at = at.plus(random.nextInt(86_400 * 12) + 1L, ChronoUnit.SECONDS)
                    .truncatedTo(random.nextBoolean() ? ChronoUnit.HOURS : ChronoUnit.SECONDS);
            var last = charge(expected.remove(expected.size() - 1), expected, zone, at, price);
            expected.add(last);
            if (random.nextInt(3) == 0) {
                price = random.nextInt(PRICES.length);
                var changed = last.changedTo(at, usd(price));
                assertThat(billingFixture.surcharge(rented, usd(price), at)).isEqualTo(changed.amount());
                billingFixture.change(rented, prices.get(price), at);
                expected.add(changed);
            } else if (random.nextInt(4) == 0) {
                billingFixture.pause(rented, at);
                at = at.plus(random.nextInt(random.nextBoolean() ? 3_600 : 86_400 * 40), ChronoUnit.SECONDS);
                if (random.nextBoolean()) {
                    price = random.nextInt(PRICES.length);
                    billingFixture.change(rented, prices.get(price), at);
                }
                billingFixture.charge(at);
                billingFixture.resume(rented, at);
                expected.add(charge(last.resumedAt(at, usd(price), zone), expected, zone, at.plusNanos(1_000), price));
            } else {
                billingFixture.charge(at);
            }
        }
        billingFixture.end(rented, at);

        assertThat(billingFixture.periods(rented))
                .containsExactlyElementsOf(expected.stream()
                        .map(period -> period.amount().amount())
                        .toList());
    }

    /** Charges the open period up to the instant; periods closed by a month's end are added to those before. */
    private static Period charge(Period open, List<Period> closed, ZoneId zone, Instant until, int price) {
        var period = open.chargedTo(until);
        while (period.chargedUntil().isBefore(until)) {
            closed.add(period);
            var start = period.chargedUntil();
            period = Period.opening(start, BillingMonth.of(start, zone).to(), usd(price))
                    .chargedTo(until);
        }
        return period;
    }

    private static Money usd(int price) {
        return Money.of(PRICES[price], "USD");
    }
}
