package io.tenantry.kernel.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CurrencyUnitsTest {
    @ParameterizedTest
    @CsvSource({
        "12.34, EUR, true",
        "12.340000, EUR, true",
        "1E+3, EUR, true",
        "12.345, EUR, false",
        "0.00000001, EUR, false",
        "12, JPY, true",
        "12.5, JPY, false",
        "1.234, KWD, true",
        "1.2345, KWD, false"
    })
    void refusesFractionsOfTheSmallestUnit(BigDecimal amount, String currency, boolean isPayable) {
        assertThat(CurrencyUnits.isPayable(amount, Currency.getInstance(currency)))
                .isEqualTo(isPayable);
    }
}
