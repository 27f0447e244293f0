package io.tenantry.web.layout;

import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of an amount or another decimal number, stated by attributes of its input. They are checked during conversion, together with those
 * of all other fields: the action would only see them once every other field is valid.
 *
 * @param currency {@code currency}: whose smallest unit the amount may not divide; null for the decimals of the ledger
 * @param decimals {@code decimals}: the maximum number of decimals of a number that is not an amount, such as a percentage
 * @param isPositive {@code positive}: whether zero is refused
 * @param most {@code most}: the maximum
 * @param tooMuch {@code tooMuch}: the message above the maximum, if it is not the usual one
 * @param outside {@code outside}: the one message for all bounds, for numbers that are not amounts
 */
record AmountBounds(
        @Nullable Currency currency,
        @Nullable Integer decimals,
        boolean isPositive,
        @Nullable Maximum most,
        @Nullable String tooMuch,
        @Nullable String outside) {
    /** A maximum: an amount, or without a currency a number. */
    private record Maximum(BigDecimal value, @Nullable Currency currency) {
        static @Nullable Maximum of(@Nullable Object value) {
            if (value instanceof Money money) {
                return new Maximum(money.amount(), money.currency());
            }
            return value == null ? null : new Maximum(new BigDecimal(value.toString()), null);
        }

        String text(Formats formats) {
            return currency == null ? formats.number(value) : formats.money(new Money(value, currency), false, false);
        }
    }

    /** Returns the bounds of an input with these attributes. */
    static AmountBounds of(Map<String, Object> attributes) {
        var decimals = text(attributes, "decimals");
        return new AmountBounds(
                currency(attributes.get("currency")),
                decimals == null ? null : Integer.valueOf(decimals),
                Boolean.parseBoolean(String.valueOf(attributes.get("positive"))),
                Maximum.of(attributes.get("most")),
                text(attributes, "tooMuch"),
                text(attributes, "outside"));
    }

    private static @Nullable Currency currency(@Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            return null;
        }
        return value instanceof Currency currency ? currency : Currency.getInstance(value.toString());
    }

    private static @Nullable String text(Map<String, Object> attributes, String name) {
        var text = attributes.get(name);
        return text == null ? null : text.toString();
    }

    /** Returns what is wrong with an amount, as a message. */
    Optional<String> fault(BigDecimal amount, Messages messages, Formats formats) {
        var fault = violated(amount, messages, formats);
        return outside == null ? fault : fault.map(usual -> outside);
    }

    private Optional<String> violated(BigDecimal amount, Messages messages, Formats formats) {
        if (isPositive && amount.signum() <= 0) {
            return Optional.of(messages.text("amount.positive"));
        }
        if (currency != null && !CurrencyUnits.isPayable(amount, currency)) {
            return Optional.of(messages.text("amount.currency-decimals"));
        }
        if (decimals != null && amount.stripTrailingZeros().scale() > decimals) {
            return Optional.of(messages.text("amount.decimals", decimals));
        }
        if (most != null && amount.compareTo(most.value()) > 0) {
            return Optional.of(tooMuch == null ? messages.text("amount.too-large", most.text(formats)) : tooMuch);
        }
        return Optional.empty();
    }
}
