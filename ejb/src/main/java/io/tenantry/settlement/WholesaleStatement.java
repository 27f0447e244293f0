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
 * A month of a reseller as calculated for its settlement: never changed, so that a retry finds the same.
 *
 * @param services the number of charged services, each counted once for the month in which it was charged
 * @param organizations likewise
 * @param reseller the reseller's own statement of who it is; empty if there is none. Only this may differ on a retry
 */
public record WholesaleStatement(
        Currency currency, List<Line> lines, int services, int organizations, Optional<InvoiceBuyer> reseller) {
    public WholesaleStatement {
        lines = List.copyOf(lines);
    }

    /**
     * The sales of one product at one provider.
     *
     * @param kind {@code SERVICE}, {@code ADDON}, or what is not charged by the hour
     * @param subject the plan's id, or the kind of add-on
     * @param month when it happened; before the settled one if it is late
     * @param services the number of services or units
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

    /** Returns the figures on which fees are based. */
    Volume volume() {
        return new Volume(new Money(revenue(), currency), services, organizations);
    }
}
