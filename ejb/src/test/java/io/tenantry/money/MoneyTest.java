package io.tenantry.money;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
    void equalAmountsAreEqual() {
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
    @CsvSource({"13.25, 0.01815068", "4.00, 0.00547945", "7.30, 0.01", "0, 0", "0.00000365, 0.00000001", "0.00000364, 0"
    })
    void anHourIsASevenHundredThirtiethOfTheMonth(String monthly, String hourly) {
        assertThat(Rate.ofMonthly(Money.of(monthly, "USD")).perHour()).isEqualTo(Money.of(hourly, "USD"));
    }
}
