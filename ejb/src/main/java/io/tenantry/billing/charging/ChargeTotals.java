package io.tenantry.billing.charging;

import io.tenantry.kernel.money.Money;
import java.util.List;

/**
 * Totals of a charged batch.
 *
 * @param wallets wallets whose services were charged
 * @param services services charged
 * @param hours hours charged, over all services
 * @param amounts an amount for each currency in which something was charged, by code
 */
public record ChargeTotals(int wallets, int services, long hours, List<Money> amounts) {
    public ChargeTotals {
        amounts = List.copyOf(amounts);
    }

    /** Returns the codes of the currencies. */
    String[] currencies() {
        return amounts.stream().map(one -> one.currency().getCurrencyCode()).toArray(String[]::new);
    }

    /** Returns the amounts without their currencies, in the order of these. */
    String[] values() {
        return amounts.stream().map(one -> one.amount().toPlainString()).toArray(String[]::new);
    }
}
