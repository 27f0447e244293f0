package io.tenantry.cloud.provider.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarkupTest {
    @ParameterizedTest
    @CsvSource({
        "4.95, PERCENT, 50, 7.43, EUR",
        "4.95, PERCENT, 0, 4.95, EUR",
        "4.94999999, PERCENT, 0, 4.95, EUR",
        "0.10, PERCENT, 33.33333333, 0.13, EUR",
        "5.00, AMOUNT, 2.505, 7.51, EUR",
        "5.00, AMOUNT, 2.504, 7.50, EUR",
        "0.0049, PERCENT, 0, 0.01, EUR",
        "0.00000001, PERCENT, 10, 0.01, EUR",
        "0.4, AMOUNT, 0, 1, JPY",
        "0.0004, PERCENT, 0, 0.001, KWD",
        "0, PERCENT, 100, 0, EUR",
        "500.4, PERCENT, 10, 550, JPY",
        "500.5, AMOUNT, 0, 501, JPY",
        "1.0005, AMOUNT, 0, 1.001, KWD",
    })
    void addsTheMarkupAndRoundsOnceToTheCurrency(
            String cost, Markup.Kind kind, String value, String price, String currency) {
        assertThat(new Markup(kind, new BigDecimal(value)).on(Money.of(cost, currency)))
                .isEqualTo(Money.of(price, currency));
    }

    @ParameterizedTest
    @CsvSource({
        "5.50, 0.9, 4.95",
        "0.00000001, 0.5, 0.00000001",
        "0.00000001, 0.49999999, 0.00000001",
        "0, 0.9, 0",
        "3, 1.23456789, 3.70370367"
    })
    void convertsProviderPricesToEightDecimals(String providers, String exchange, String cost) {
        assertThat(Markup.cost(Money.of(providers, "USD"), new BigDecimal(exchange), Currency.getInstance("EUR")))
                .isEqualTo(Money.of(cost, "EUR"));
    }

    @Test
    void rejectsInvalidMarkups() {
        assertThat(new Markup(Markup.Kind.PERCENT, new BigDecimal("-0.01")).isFit(Currency.getInstance("EUR")))
                .isFalse();
        assertThat(new Markup(Markup.Kind.PERCENT, new BigDecimal("10000.01")).isFit(Currency.getInstance("EUR")))
                .isFalse();
        assertThat(new Markup(Markup.Kind.AMOUNT, new BigDecimal("0.000000001")).isFit(Currency.getInstance("EUR")))
                .isFalse();
        assertThat(new Markup(Markup.Kind.AMOUNT, new BigDecimal("1000000")).isFit(Currency.getInstance("EUR")))
                .isTrue();
        assertThat(new Markup(Markup.Kind.PERCENT, BigDecimal.ZERO).isFit(Currency.getInstance("EUR")))
                .isTrue();
    }
}
