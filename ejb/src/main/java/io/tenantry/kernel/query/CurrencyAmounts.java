package io.tenantry.kernel.query;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/** Amounts of several currencies in a row of a query. */
public final class CurrencyAmounts {
    private CurrencyAmounts() {}

    /** Returns the amounts of two columns with arrays of equal length, of currency codes and of amounts. */
    public static List<Money> of(Row row, String currencies, String amounts) {
        var codes = row.texts(currencies);
        var values = row.texts(amounts);
        return IntStream.range(0, codes.size())
                .mapToObj(at -> new Money(new BigDecimal(values.get(at)), Currency.getInstance(codes.get(at))))
                .toList();
    }
}
