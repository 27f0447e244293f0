package io.tenantry.kernel.money;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.pricing.PriceItem;
import io.tenantry.cloud.provider.catalog.Markup;
import io.tenantry.text.AmountText;
import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountLimitTest {
    private static final BigDecimal MILLION = new BigDecimal(1_000_000);

    @ParameterizedTest
    @CsvSource({
        "EUR, 1",
        "USD, 1",
        "KWD, 1",
        "CZK, 1",
        "JPY, 100",
        "HUF, 100",
        "COP, 1000",
        "KRW, 1000",
        "IDR, 10000",
        "VND, 10000"
    })
    void isHigherForCurrenciesWithSmallUnits(String code, int times) {
        assertThat(AmountLimit.of(MILLION, Currency.getInstance(code)))
                .isEqualByComparingTo(MILLION.multiply(BigDecimal.valueOf(times)));
    }

    @Test
    void fitsIntoFormsAndTables() {
        for (var currency : Currency.getAvailableCurrencies()) {
            var limit = AmountLimit.of(MILLION, currency);
            assertThat(limit.precision() - limit.scale()).isLessThanOrEqualTo(AmountText.WHOLE_DIGITS_MAX);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "EUR, 1000000, true",
        "EUR, 1000000.01, false",
        "IDR, 1900000, true",
        "IDR, 10000000000, true",
        "IDR, 10000000001, false"
    })
    void limitsPricesAndMarkups(String code, BigDecimal amount, boolean isFit) {
        var currency = Currency.getInstance(code);
        assertThat(PriceItem.isPrice(amount, currency)).isEqualTo(isFit);
        assertThat(new Markup(Markup.Kind.AMOUNT, amount).isFit(currency)).isEqualTo(isFit);
    }
}
