package io.tenantry.billing.tax;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;

/** Tax information shown with the reseller's prices. Calling pages are responsible for which organization they ask about. */
@Stateless
public class DisplayedTax {
    private static final int PERCENT = 2;

    private static final String KIND = """
            select exists (
                     select from tax_registration r
                       left join tax_registration_end e on e.registration_id = r.id
                      where r.from_at <= n.at and (e.until_at is null or e.until_at > n.at)) as collects,
                   coalesce(
                     (select p.included from tax_pricing p where p.from_at <= n.at order by p.from_at desc, p.id desc limit 1),
                     false) as included
              from (select ?::timestamptz as at) n
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public DisplayedTax() {}

    /** For use outside a container. */
    public DisplayedTax(Sql sql, Clock clock, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
    }

    /** Tax rule that applies to all prices. */
    public enum Kind {
        /** No tax is collected anywhere: a price is the amount payable. */
        UNTAXED,
        /** Tax is added to a price where it applies. */
        NET,
        /** Tax is included in a price where it applies. */
        GROSS
    }

    /**
     * Tax on a price for one organization.
     *
     * @param place the tax jurisdiction; the organization's country if no tax is due
     * @param rate as a fraction of one, not as a percentage
     * @param isIncluded whether the price includes the tax
     */
    public record AppliedTax(TaxTreatment treatment, String place, BigDecimal rate, boolean isIncluded) {
        /** The rate as a percentage. */
        public BigDecimal percent() {
            return rate.movePointRight(PERCENT).stripTrailingZeros();
        }

        /** Returns the tax on a price, as calculated by the database. */
        public Money tax(Money price) {
            var added = price.amount().multiply(rate);
            var exact = isIncluded
                    ? added.divide(BigDecimal.ONE.add(rate), Money.SCALE, RoundingMode.HALF_UP)
                    : added.setScale(Money.SCALE, RoundingMode.HALF_UP);
            return new Money(exact, price.currency());
        }

        /** Returns the amount payable for a price, including tax. */
        public Money paid(Money price) {
            return isIncluded ? price : price.plus(tax(price));
        }
    }

    /**
     * Tax information on prices for one organization.
     *
     * @param bears empty if no tax is collected, or if the rate is unknown
     */
    public record TaxNote(Kind kind, Optional<AppliedTax> bears) {}

    /** Returns the rule that currently applies to all prices. */
    public Kind kind() {
        return sql.one(KIND, DisplayedTax::kind, clock.instant());
    }

    /** Returns the tax information for a plan and its add-ons for the organization of a wallet from now on, by the rule used for charging. */
    public TaxNote of(UUID walletId, UUID planId) {
        var now = clock.instant();
        return sql.one(
                "select k.*, t.treatment, t.place, t.rate, t.included as borne_in_it from ("
                        + KIND
                        + ") k left join displayed_tax(?, ?, ?, ?) t on true",
                row -> new TaxNote(kind(row), row.maybeText("treatment").map(treatment -> bears(treatment, row))),
                now,
                walletId,
                planId,
                now,
                tenants.current().zone().getId());
    }

    private static Kind kind(Row row) {
        if (!row.flag("collects")) {
            return Kind.UNTAXED;
        }
        return row.flag("included") ? Kind.GROSS : Kind.NET;
    }

    private static AppliedTax bears(String treatment, Row row) {
        return new AppliedTax(
                TaxTreatment.valueOf(treatment), row.text("place"), row.decimal("rate"), row.flag("borne_in_it"));
    }
}
