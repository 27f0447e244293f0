package io.tenantry.kernel.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MoneyFormatTest {
    @ParameterizedTest(name = "{0} {1} is {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "-0.00499999 | USD | $0.00",
                "-0.00000001 | USD | $0.00",
                "0.00499999 | USD | $0.00",
                "0 | USD | $0.00",
                "-0.005 | USD | \u2212$0.01",
                "-0.4 | JPY | ¥0",
                "-0.5 | JPY | \u2212¥1",
                "-1234.5 | USD | \u2212$1,234.50"
            })
    void showsTheSignOfTheRoundedAmount(String amount, String currency, String written) {
        assertThat(MoneyFormat.rounded(Money.of(amount, currency), Locale.US)).isEqualTo(written);
    }

    @Test
    void showsNoPlusForZero() {
        assertThat(MoneyFormat.text(Money.of("0.004", "EUR"), Locale.GERMANY, 2, 2, true))
                .isEqualTo("0,00\u00a0€");
        assertThat(MoneyFormat.text(Money.of("0.005", "EUR"), Locale.GERMANY, 2, 2, true))
                .isEqualTo("+0,01\u00a0€");
    }

    @Test
    void showsAllDecimalsIfExact() {
        assertThat(MoneyFormat.exact(Money.of("-0.00499999", "USD"), Locale.US)).isEqualTo("\u2212$0.00499999");
        assertThat(MoneyFormat.exact(Money.of("-2", "USD"), Locale.US)).isEqualTo("\u2212$2.00");
    }
}
