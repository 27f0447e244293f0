package io.tenantry.web.layout;

import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The bounds of an amount, stated by attributes of its input. They are checked during conversion, together with those of all other fields: the
 * action would only see them once every other field is valid.
 *
 * @param currency {@code currency}: whose smallest unit the amount may not divide; null for the decimals of the ledger
 * @param isPositive {@code positive}: whether zero is refused
 * @param most {@code most}: the maximum
 * @param tooMuch {@code tooMuch}: the message above the maximum, if it is not the usual one
 */
record AmountBounds(
        @Nullable Currency currency,
        boolean isPositive,
        @Nullable Money most,
        @Nullable String tooMuch) {

    /** Returns the bounds of an input with these attributes. */
    static AmountBounds of(Map<String, Object> attributes) {
        return new AmountBounds(
                currency(attributes.get("currency")),
                Boolean.parseBoolean(String.valueOf(attributes.get("positive"))),
                (Money) attributes.get("most"),
                text(attributes));
    }

    private static @Nullable Currency currency(@Nullable Object value) {
        if (value == null || value.toString().isEmpty()) {
            return null;
        }
        return value instanceof Currency currency ? currency : Currency.getInstance(value.toString());
    }

    private static @Nullable String text(Map<String, Object> attributes) {
        var text = attributes.get("tooMuch");
        return text == null ? null : text.toString();
    }

    /** Returns what is wrong with an amount, as a message. */
    Optional<String> fault(BigDecimal amount, Messages messages, Formats formats) {
        if (isPositive && amount.signum() <= 0) {
            return Optional.of(messages.text("amount.positive"));
        }
        if (currency != null && !CurrencyUnits.isPayable(amount, currency)) {
            return Optional.of(messages.text("amount.currency-decimals"));
        }
        if (most != null && amount.compareTo(most.amount()) > 0) {
            return Optional.of(
                    tooMuch == null ? messages.text("amount.too-large", formats.money(most, false, false)) : tooMuch);
        }
        return Optional.empty();
    }
}
