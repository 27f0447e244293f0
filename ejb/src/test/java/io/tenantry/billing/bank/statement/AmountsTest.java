package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Amounts as written by banks of all countries. */
class AmountsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234,56|1234.56",
                "1,234.56|1234.56",
                "1.234.567|1234567",
                "1 234,5|1234.5",
                "1\u00a0234,56|1234.56",
                "1\u202f234,56|1234.56",
                "1\u2009234,56|1234.56",
                "1'000.00|1000.00",
                "1\u2019000.00|1000.00",
                "12,34,567.00|1234567.00",
                "-7,00|-7.00",
                "\u22127,00|-7.00",
                "\u20137,00|-7.00",
                "7,00-|-7.00",
                "(7.00)|-7.00",
                "($7.00)|-7.00",
                "$(7.00)|-7.00",
                "-$7.00|-7.00",
                "$-7.00|-7.00",
                "+12|12",
                "12,3 EUR|12.3",
                "EUR 12,30|12.3",
                "€12.30|12.3",
                "12,30\u00a0€|12.3",
                "CHF -12.30|-12.3",
                "0,123|0.123",
                "\uff11\uff12\uff13.\uff10\uff10|123",
                "\u200e12.30|12.3"
            })
    void readsAmounts(String text, String amount) {
        assertThat(Amounts.parse(text, Optional.empty()))
                .hasValueSatisfying(read -> assertThat(read.value()).isEqualByComparingTo(amount));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.234",
                "1,234",
                "abc",
                "",
                "1,2,3.4.5",
                "--5",
                "-5-",
                "-(5)",
                "(5",
                "5)",
                "1e5",
                "99999999999999999",
                "1.23.456,00",
                "12.34.567,00",
                "1 23 456,00",
                "1,234,56.00",
                "=5",
                "5 6",
                "EUR 5 USD",
                "5 XYZ",
                "0x10",
                "\u00ad5",
                "17.04.2026",
                "1.000.00",
                "NaN",
                "'5"
            })
    void doesNotReadInvalidOrDoubleAmounts(String text) {
        assertThat(Amounts.parse(text, Optional.empty())).isEmpty();
    }

    @Test
    void decidesSeparatorsByTheOtherAmountsOfTheColumn() {
        assertThat(Amounts.mark(List.of("1.234", "5,00"))).contains(DecimalMark.COMMA);
        assertThat(Amounts.mark(List.of("1.234", "5.00"))).contains(DecimalMark.POINT);
        assertThat(Amounts.mark(List.of("1.234", "5", ""))).isEmpty();
        assertThat(Amounts.mark(List.of("5,00", "5.00"))).isEmpty();
        assertThat(Amounts.parse("1.234", Optional.of(DecimalMark.COMMA)))
                .hasValueSatisfying(read -> assertThat(read.value()).isEqualByComparingTo("1234"));
        assertThat(Amounts.parse("5.00", Optional.of(DecimalMark.COMMA))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "100.00 CR,IN",
        "100.00 DR,OUT",
        "100.00DR,OUT",
        "100.00 S,OUT",
        "100.00 H,IN",
        "100.00 C,IN",
        "100.00 D,OUT"
    })
    void readsAWordForTheDirection(String text, Direction direction) {
        assertThat(Amounts.parse(text, Optional.of(DecimalMark.POINT)))
                .hasValueSatisfying(read -> assertThat(read.direction()).contains(direction));
    }
}
