package io.tenantry.settlement;

import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.kernel.money.Money;
import io.tenantry.settlement.FeeTerms.Volume;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * A month of a reseller as it was reckoned for its settlement: never changed, so that whoever asks again finds the same.
 *
 * @param services that something was charged for, each once for the month in which it was
 * @param organizations likewise
 * @param reseller who the reseller says it is; empty if it has not. This alone may be another when somebody asks again
 */
public record WholesaleStatement(
        Currency currency, List<Line> lines, int services, int organizations, Optional<InvoiceBuyer> reseller) {
    public WholesaleStatement {
        lines = List.copyOf(lines);
    }

    /**
     * What was sold of one thing at one provider.
     *
     * @param kind {@code SERVICE}, {@code OPTION}, or what is no hour
     * @param subject the plan's id, or the kind of option
     * @param month when it happened; before the settled one if it was told late
     * @param services how many, of things how many of them
     * @param unpricedHours those without a wholesale price
     */
    public record Line(
            String kind,
            String subject,
            String name,
            String provider,
            YearMonth month,
            int services,
            long hours,
            long unpricedHours,
            BigDecimal revenue,
            BigDecimal wholesale) {}

    BigDecimal revenue() {
        return lines.stream().map(Line::revenue).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    BigDecimal wholesale() {
        return lines.stream().map(Line::wholesale).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** What fees are measured by. */
    Volume volume() {
        return new Volume(new Money(revenue(), currency), services, organizations);
    }
}
