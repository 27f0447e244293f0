package io.tenantry.billing.adjustment;

import io.tenantry.billing.wallet.Wallets.Movement;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.util.Currency;

/** The maximum of an adjustment, and of a limit for adjustments: more is a typing error. */
public final class AdjustmentMaximum {
    private AdjustmentMaximum() {}

    /** Returns the maximum in a currency. */
    public static Money of(Currency currency) {
        return new Money(Movement.maximum(currency), currency);
    }

    /** Whether an amount is too large to be meant. */
    public static boolean isExceeded(BigDecimal amount, Currency currency) {
        return amount.compareTo(Movement.maximum(currency)) > 0;
    }
}
