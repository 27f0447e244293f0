package io.tenantry.kernel.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Currency;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyTest {
    @Test
    void refusesToRoundSilently() {
        assertThatThrownBy(() -> Money.of("0.123456789", "EUR")).isInstanceOf(ArithmeticException.class);
    }

    @Test
    void refusesToMixCurrencies() {
        assertThatThrownBy(() -> Money.of("1", "EUR").plus(Money.of("1", "USD")))
                .hasMessage("cannot mix EUR with USD");
    }

    @Test
    void ignoresTrailingZerosInEquality() {
        assertThat(Money.of("1.50", "EUR")).isEqualTo(Money.of("1.5", "EUR"));
    }

    @Test
    void addsWithoutLoss() {
        var sum = IntStream.range(0, 100_000)
                .mapToObj(i -> Money.of("0.00000001", "EUR"))
                .reduce(Money::plus);

        assertThat(sum).contains(Money.of("0.001", "EUR"));
    }

    @ParameterizedTest
    @CsvSource({"1.50, 0.25, 1.75, 1.25", "0.00000001, -0.00000001, 0, 0.00000002", "-3, 2, -1, -5"})
    void addsAndSubtracts(String one, String other, String sum, String difference) {
        assertThat(eur(one).plus(eur(other))).isEqualTo(eur(sum));
        assertThat(eur(one).minus(eur(other))).isEqualTo(eur(difference));
    }

    @ParameterizedTest
    @CsvSource({"0.01815068, 744, 13.50410592", "1.5, 0, 0", "1.5, -2, -3"})
    void multipliesExactly(String amount, long factor, String product) {
        assertThat(eur(amount).times(factor)).isEqualTo(eur(product));
        assertThat(new HourlyRate(eur(amount)).times(factor)).isEqualTo(eur(product));
    }

    @Test
    void negates() {
        assertThat(eur("1.5").negated()).isEqualTo(eur("-1.5"));
        assertThat(eur("-1.5").negated()).isEqualTo(eur("1.5"));
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1, 2", "2, 1, 1, 2", "-1, 0, -1, 0", "1, 1, 1, 1"})
    void returnsMinimumAndMaximum(String one, String other, String less, String more) {
        assertThat(eur(one).min(eur(other))).isEqualTo(eur(less));
        assertThat(eur(one).max(eur(other))).isEqualTo(eur(more));
    }

    @ParameterizedTest
    @CsvSource({"0.00000001, true, false, false", "0, false, true, false", "-0.00000001, false, false, true"})
    void tellsPositiveZeroAndNegativeApart(String amount, boolean positive, boolean zero, boolean negative) {
        assertThat(eur(amount).isPositive()).isEqualTo(positive);
        assertThat(eur(amount).isZero()).isEqualTo(zero);
        assertThat(eur(amount).isNegative()).isEqualTo(negative);
    }

    @Test
    void comparesOnlyWithinACurrency() {
        assertThat(eur("1")).isLessThan(eur("1.00000001"));
        assertThat(eur("1")).isGreaterThan(eur("-1"));
        assertThat(eur("1")).isEqualByComparingTo(eur("1.0"));
        assertThatThrownBy(() -> eur("1").compareTo(Money.of("2", "USD"))).hasMessage("cannot mix EUR with USD");
        assertThatThrownBy(() -> eur("1").min(Money.of("2", "USD"))).hasMessage("cannot mix EUR with USD");
        assertThatThrownBy(() -> eur("1").max(Money.of("2", "USD"))).hasMessage("cannot mix EUR with USD");
        assertThatThrownBy(() -> eur("1").minus(Money.of("2", "USD"))).hasMessage("cannot mix EUR with USD");
    }

    @Test
    void zeroHasACurrency() {
        assertThat(Money.zero(Currency.getInstance("EUR"))).isEqualTo(eur("0.00"));
    }

    @Test
    void printsAllDecimals() {
        assertThat(eur("0.00000001")).hasToString("0.00000001 EUR");
        assertThat(eur("1E+3")).hasToString("1000.00000000 EUR");
    }

    @ParameterizedTest
    @CsvSource({"13.25, 0.01815068", "4.00, 0.00547945", "7.30, 0.01", "0, 0", "0.00000365, 0.00000001", "0.00000364, 0"
    })
    void anHourCostsOne730thOfTheMonth(String monthly, String hourly) {
        assertThat(HourlyRate.ofMonthly(Money.of(monthly, "USD")).perHour()).isEqualTo(Money.of(hourly, "USD"));
    }

    private static Money eur(String amount) {
        return Money.of(amount, "EUR");
    }
}
