package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AmountBoundsTest {
    private static final Currency EUR = Currency.getInstance("EUR");

    private final Map<String, Object> input = new HashMap<>();

    private Optional<String> fault(String amount) {
        return AmountBounds.of(input)
                .fault(
                        new BigDecimal(amount),
                        new Messages(Locale.ENGLISH),
                        new Formats(Locale.ENGLISH, ZoneOffset.UTC));
    }

    @Test
    void refusesNothingWithoutBounds() {
        assertThat(fault("0")).isEmpty();
        assertThat(fault("12.34567891")).isEmpty();
    }

    @Test
    void refusesMoreDecimalsThanTheCurrencyHas() {
        input.put("currency", EUR);
        assertThat(fault("2.550")).isEmpty();
        assertThat(fault("2.555")).hasValueSatisfying(text -> assertThat(text).contains("decimal places"));
        input.put("currency", "JPY");
        assertThat(fault("2.5")).isPresent();
    }

    @Test
    void refusesZeroOnlyWhereAnAmountIsNeeded() {
        assertThat(fault("0")).isEmpty();
        input.put("positive", "true");
        assertThat(fault("0")).contains("Enter an amount above zero.");
        assertThat(fault("0.01")).isEmpty();
    }

    @Test
    void refusesMoreThanTheMaximum() {
        input.put("most", new Money(new BigDecimal("10"), EUR));
        assertThat(fault("10")).isEmpty();
        assertThat(fault("10.01")).hasValueSatisfying(text -> assertThat(text).contains("10.00"));
        input.put("tooMuch", "Too much.");
        assertThat(fault("10.01")).contains("Too much.");
    }

    @Test
    void refusesPercentagesOutsideTheirRangeWithOneMessage() {
        input.put("most", "100");
        input.put("decimals", "4");
        assertThat(fault("100.0000")).isEmpty();
        assertThat(fault("33.33333")).contains("Enter a number with at most 4 decimal places.");
        assertThat(fault("100.0001")).contains("Enter an amount of at most 100.");
        input.put("positive", "true");
        input.put("outside", "Not a percentage.");
        assertThat(fault("0")).contains("Not a percentage.");
        assertThat(fault("33.33333")).contains("Not a percentage.");
        assertThat(fault("101")).contains("Not a percentage.");
        assertThat(fault("12.5")).isEmpty();
    }
}
