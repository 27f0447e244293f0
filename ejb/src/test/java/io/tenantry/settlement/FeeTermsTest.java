package io.tenantry.settlement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.FeeTerms.Fault;
import io.tenantry.settlement.FeeTerms.Fee;
import io.tenantry.settlement.FeeTerms.Kind;
import io.tenantry.settlement.FeeTerms.Tier;
import io.tenantry.settlement.FeeTerms.Volume;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeeTermsTest {
    private static final FeeTerms TERMS = terms("10", tier("0", "5"), tier("1000", "3"), tier("10000", "1.5"));

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }

    private static Tier tier(String from, String percent) {
        return new Tier(eur(from), new BigDecimal(percent));
    }

    private static FeeTerms terms(String minimum, Tier... tiers) {
        return new FeeTerms(eur("0").currency(), List.of(tiers), eur("0.10"), eur("0.50"), eur(minimum));
    }

    private static Money total(FeeTerms terms, String revenue, int services, int organizations) {
        return terms.sum(terms.of(new Volume(eur(revenue), services, organizations)));
    }

    @ParameterizedTest
    @CsvSource({
        // revenue, services, organizations, fees
        "0, 0, 0, 10",
        "-50, 0, 0, 10",
        "100, 2, 1, 10",
        "1000, 10, 4, 53",
        "1000.01, 10, 4, 53.0003",
        "10000, 0, 0, 320",
        "20000, 100, 10, 485",
        "0.00000009, 100, 0, 10",
        "200.0000001, 0, 0, 10.00000001",
    })
    void appliesEachTiersPercentageToItsPartOfTheRevenue(String revenue, int services, int organizations, String fees) {
        assertThat(total(TERMS, revenue, services, organizations)).isEqualTo(eur(fees));
    }

    @Test
    void itemizesFeesByKind() {
        assertThat(TERMS.of(new Volume(eur("1500"), 3, 2)))
                .containsExactly(
                        new Fee(Kind.PERCENT, new BigDecimal("1000.00000000"), new BigDecimal("0.05"), eur("50")),
                        new Fee(Kind.PERCENT, new BigDecimal("500.00000000"), new BigDecimal("0.03"), eur("15")),
                        new Fee(Kind.PER_SERVICE, new BigDecimal("3"), new BigDecimal("0.10000000"), eur("0.30")),
                        new Fee(Kind.PER_ORGANIZATION, new BigDecimal("2"), new BigDecimal("0.50000000"), eur("1")));
        assertThat(terms("7", tier("0", "5")).of(new Volume(eur("100"), 0, 0)))
                .containsExactly(
                        new Fee(Kind.PERCENT, new BigDecimal("100.00000000"), new BigDecimal("0.05"), eur("5")),
                        new Fee(Kind.MINIMUM, BigDecimal.ONE, new BigDecimal("7.00000000"), eur("2")));
    }

    @Test
    void rejectsRevenueInAnotherCurrency() {
        assertThatThrownBy(() -> TERMS.of(new Volume(Money.of("1", "USD"), 0, 0)))
                .hasMessage("terms in EUR for revenue in USD");
        var mixed = new FeeTerms(eur("0").currency(), List.of(), eur("0"), Money.of("1", "USD"), eur("0"));
        assertThat(mixed.faults()).containsExactly(Fault.CURRENCY);
    }

    @Test
    void reportsFaultsOfTerms() {
        assertThat(TERMS.faults()).isEmpty();
        assertThat(terms("0").faults()).isEmpty();
        assertThat(terms("-1").faults()).containsExactly(Fault.AMOUNT);
        assertThat(terms("1000001").faults()).containsExactly(Fault.AMOUNT);
        assertThat(terms("0", tier("0", "100.000001")).faults()).containsExactly(Fault.PERCENT);
        assertThat(terms("0", tier("0", "0.0000001")).faults()).containsExactly(Fault.PERCENT);
        assertThat(terms("0", tier("1", "1")).faults()).containsExactly(Fault.ORDER);
        assertThat(terms("0", tier("0", "1"), tier("0", "2")).faults()).containsExactly(Fault.ORDER);
    }

    /** For all terms: never below the minimum, monotonic, and the sum of its parts for every partition. */
    @Test
    void feesAreMonotonicAndAtLeastTheMinimum() {
        var seed = 20_261_123L;
        var random = new Random(seed);
        for (var i = 0; i < 20_000; i++) {
            var terms = anyTerms(random);
            var revenue = BigDecimal.valueOf(random.nextLong(3_000_000_000_000L) - 100_000_000_000L, Money.SCALE);
            var services = random.nextInt(1_000);
            var organizations = random.nextInt(100);
            var fees = terms.of(new Volume(new Money(revenue, terms.currency()), services, organizations));
            var sum = terms.sum(fees);
            assertThat(terms.faults()).as("seed %s, case %s", seed, i).isEmpty();
            assertThat(sum)
                    .as("seed %s, case %s: at least the minimum", seed, i)
                    .isGreaterThanOrEqualTo(terms.minimum());
            assertThat(fees)
                    .as("seed %s, case %s: only percentages may be zero", seed, i)
                    .allMatch(fee -> fee.amount().isPositive() || fee.kind() == Kind.PERCENT);
            var taken = fees.stream()
                    .filter(fee -> fee.kind() == Kind.PERCENT)
                    .map(Fee::quantity)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
            assertThat(taken)
                    .as("seed %s, case %s: each part is charged once", seed, i)
                    .isLessThanOrEqualTo(revenue.max(BigDecimal.ZERO));
            var more = new Volume(
                    new Money(revenue.add(BigDecimal.valueOf(random.nextInt(1_000_000), 4)), terms.currency()),
                    services + random.nextInt(3),
                    organizations + random.nextInt(3));
            assertThat(terms.sum(terms.of(more)))
                    .as("seed %s, case %s: monotonic", seed, i)
                    .isGreaterThanOrEqualTo(sum);
        }
    }

    private static FeeTerms anyTerms(Random random) {
        var tiers = new ArrayList<Tier>();
        var from = BigDecimal.ZERO;
        for (var i = random.nextInt(5); i > 0; i--) {
            tiers.add(
                    new Tier(new Money(from, eur("0").currency()), BigDecimal.valueOf(random.nextInt(100_000_001), 6)));
            from = from.add(BigDecimal.valueOf(1 + random.nextInt(1_000_000), 2));
        }
        return new FeeTerms(eur("0").currency(), tiers, cents(random), cents(random), cents(random));
    }

    private static Money cents(Random random) {
        return new Money(
                BigDecimal.valueOf(random.nextBoolean() ? random.nextLong(100_000) : 0, 2), eur("0").currency());
    }
}
