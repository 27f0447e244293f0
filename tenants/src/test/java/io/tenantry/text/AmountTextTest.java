package io.tenantry.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.text.AmountText.Fault;
import io.tenantry.text.AmountText.ParseResult;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.234,56|1234.56",
                "1,234.56|1234.56",
                "1 234,56|1234.56",
                "1\u00A0234,56|1234.56",
                "1\u202F234.56|1234.56",
                "1'234.50|1234.50",
                "1\u2019234,50|1234.50",
                "1.234.567|1234567",
                "1,234,567|1234567",
                "12,34,567.5|1234567.5",
                "1234|1234",
                "12,5|12.5",
                "12.5|12.5",
                "0,005|0.005",
                "0.005|0.005",
                "1,2345|1.2345",
                "1.2345|1.2345",
                ",5|0.5",
                ".5|0.5",
                "12,-|12",
                "12.--|12",
                "12,\u2013|12",
                "\uFF11\uFF12\uFF0E\uFF15|12.5",
                "\u0661\u0662\u066B\u0665|12.5",
                "+7|7",
                "\u200B 7 \uFEFF|7",
                "12345.678|12345.678",
                "12345,678|12345.678",
                "007|7",
                "1 234 567|1234567"
            })
    void readsUnambiguousAmountInAnyLanguage(String typed, BigDecimal amount) {
        assertThat(AmountText.read(typed, Locale.GERMAN)).isEqualTo(new ParseResult.Amount(amount));
        assertThat(AmountText.read(typed, Locale.ENGLISH)).isEqualTo(new ParseResult.Amount(amount));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"1,234|1.234", "123,450|123.450", "1 234,567|1234.567"})
    void readsDecimalSeparatorOfLanguage(String typed, BigDecimal amount) {
        assertThat(AmountText.read(typed, Locale.GERMANY)).isEqualTo(new ParseResult.Amount(amount));
        assertThat(AmountText.read(typed.replace(',', '.'), Locale.US)).isEqualTo(new ParseResult.Amount(amount));
        assertThat(AmountText.read(typed.replace(',', '.'), Locale.GERMANY))
                .isEqualTo(new ParseResult.Refused(Fault.AMBIGUOUS));
        assertThat(AmountText.read(typed, Locale.US)).isEqualTo(new ParseResult.Refused(Fault.AMBIGUOUS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "abc|NOT_A_NUMBER", "1e5|NOT_A_NUMBER", "EUR 5|NOT_A_NUMBER", "0x1|NOT_A_NUMBER", "-|NOT_A_NUMBER",
                        ".|NOT_A_NUMBER",
                "-5|NEGATIVE", "\u22125|NEGATIVE", "5-|NEGATIVE", "1.23,456.7|GROUPS", "12 34|GROUPS", "1,23,45|GROUPS",
                "1 234.567,89|GROUPS", "1.234,56.7|GROUPS", "0.123.456|GROUPS", "123456789012|TOO_LONG",
                        "1,123456789|TOO_LONG"
            })
    void rejectsUnreadableAmountWithReason(String typed, Fault fault) {
        assertThat(AmountText.read(typed, Locale.GERMAN)).isEqualTo(new ParseResult.Refused(fault));
        assertThat(AmountText.read(typed, Locale.ENGLISH)).isEqualTo(new ParseResult.Refused(fault));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "19|19",
                "8,1|8.1",
                "9.975|9.975",
                "\u00A07 |7",
                ",5|0.5",
                "7.|7",
                "\u0661\u0669|19",
                "0.00000000000000000000|0"
            })
    void readsDecimalNumberWithDotOrComma(String typed, BigDecimal number) {
        assertThat(AmountText.decimal(typed).orElseThrow()).isEqualByComparingTo(number);
    }

    /** Among these, the zero with an exponent is small as a number and a gigabyte long as a text. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "-1",
                "+1",
                "1e1",
                "0e-999999999",
                "0e999999999",
                "1,000.5",
                "NaN",
                "0x1",
                "1 000",
                "123456789012"
            })
    void rejectsInvalidDecimalNumber(String typed) {
        assertThat(AmountText.decimal(typed)).isEmpty();
    }
}
