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

/** What the reseller's prices say of tax, for whoever reads them. What it is asked about an organization is up to the pages that ask. */
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

    /** What is true of all prices. */
    public enum Kind {
        /** No tax is collected anywhere: a price is what is paid. */
        UNTAXED,
        /** Tax comes upon a price where it applies. */
        NET,
        /** Tax is in a price where it applies. */
        GROSS
    }

    /**
     * What a price bears for one organization.
     *
     * @param place whose tax it is; the organization's where none is owed
     * @param rate of one, not of a hundred
     * @param isIncluded whether the tax is in the price
     */
    public record AppliedTax(TaxTreatment treatment, String place, BigDecimal rate, boolean isIncluded) {
        /** The rate of a hundred. */
        public BigDecimal percent() {
            return rate.movePointRight(PERCENT).stripTrailingZeros();
        }

        /** The tax of a price, as the database reckons it. */
        public Money tax(Money price) {
            var upon = price.amount().multiply(rate);
            var exact = isIncluded
                    ? upon.divide(BigDecimal.ONE.add(rate), Money.SCALE, RoundingMode.HALF_UP)
                    : upon.setScale(Money.SCALE, RoundingMode.HALF_UP);
            return new Money(exact, price.currency());
        }

        /** What is paid for a price, with the tax. */
        public Money paid(Money price) {
            return isIncluded ? price : price.plus(tax(price));
        }
    }

    /**
     * What prices say to one organization.
     *
     * @param bears empty if no tax is collected, or at a rate that is not known
     */
    public record TaxNote(Kind kind, Optional<AppliedTax> bears) {}

    /** What is true of all prices now. */
    public Kind kind() {
        return sql.one(KIND, DisplayedTax::kind, clock.instant());
    }

    /** And what a plan bears for the organization of a wallet from now on, with what is rented beside it, by the rule that charges it. */
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
