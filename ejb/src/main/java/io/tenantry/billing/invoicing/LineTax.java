package io.tenantry.billing.invoicing;

import io.tenantry.billing.tax.TaxComponents;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;

/**
 * How a line of a document is taxed.
 *
 * @param place whose tax it is; the buyer's country where none is owed
 * @param rate of one, not of a hundred
 * @param isIncluded whether the tax is in the line's amount, or comes upon it
 * @param amount what the wallet paid in tax for it
 * @param split the taxes that the rate is made of
 */
public record LineTax(
        long termId,
        TaxTreatment treatment,
        String place,
        BigDecimal rate,
        boolean isIncluded,
        Money amount,
        TaxComponents split) {
    private static final int PERCENT = 2;

    /** At a rate that is one tax. */
    public LineTax(
            long termId, TaxTreatment treatment, String place, BigDecimal rate, boolean isIncluded, Money amount) {
        this(termId, treatment, place, rate, isIncluded, amount, TaxComponents.NONE);
    }

    /** The rate of a hundred. */
    public BigDecimal percent() {
        return percent(rate);
    }

    static BigDecimal percent(BigDecimal rate) {
        return rate.movePointRight(PERCENT).stripTrailingZeros();
    }

    static Optional<LineTax> of(Row row, Currency currency) {
        return row.maybeText("treatment")
                .map(treatment -> new LineTax(
                        row.big("tax_id"),
                        TaxTreatment.valueOf(treatment),
                        row.text("place"),
                        row.decimal("tax_rate"),
                        row.flag("tax_included"),
                        new Money(row.decimal("tax"), currency),
                        TaxComponents.of(row.text("tax_parts"))));
    }
}
