package io.tenantry.billing.invoicing;

import io.tenantry.billing.tax.TaxComponents;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import java.math.BigDecimal;
import java.util.Currency;
import java.util.Optional;

/**
 * Tax of a document line.
 *
 * @param place the tax jurisdiction; the buyer's country if no tax is due
 * @param rate as a fraction of one, not as a percentage
 * @param isIncluded whether the tax is included in the line's amount, or added to it
 * @param amount the tax that the wallet paid for it
 * @param split the taxes that make up the rate
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

    /** Creates a line tax whose rate is a single tax. */
    public LineTax(
            long termId, TaxTreatment treatment, String place, BigDecimal rate, boolean isIncluded, Money amount) {
        this(termId, treatment, place, rate, isIncluded, amount, TaxComponents.NONE);
    }

    /** Whether the line's amount contains tax. */
    public boolean isGross() {
        return isIncluded && rate.signum() > 0;
    }

    /** Whether tax is added to the line's amount. */
    public boolean isNet() {
        return !isIncluded && rate.signum() > 0;
    }

    /** The rate as a percentage. */
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
