package io.tenantry.billing.charging;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

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

    /** Returns the amounts of two columns that hold currencies and their amounts. */
    static List<Money> amounts(Row row, String currencies, String amounts) {
        var codes = row.texts(currencies);
        var values = row.texts(amounts);
        return IntStream.range(0, codes.size())
                .mapToObj(at -> new Money(new BigDecimal(values.get(at)), Currency.getInstance(codes.get(at))))
                .toList();
    }
}
