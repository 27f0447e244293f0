package io.tenantry.billing.wallet;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * Tax on charges other than hours, or on refunds. It is booked in the same entry, and recorded for the document.
 *
 * @param termId the applied tax terms
 * @param isIncluded whether it is included in the price, or added to it
 * @param tax with the sign of the wallet's change
 */
record ItemTaxCalculation(long termId, BigDecimal rate, boolean isIncluded, Money tax) {
    /**
     * Calculates the tax on a price charged to a wallet; empty if the reseller is registered nowhere.
     *
     * @param subject determines the plan: a service, or an add-on's server; empty if there is none
     */
    static Optional<ItemTaxCalculation> of(
            Sql sql, UUID walletId, Optional<UUID> subject, Money change, Instant at, ZoneId zone) {
        return of(sql, walletId, Optional.empty(), subject, change, at, zone);
    }

    /**
     * Same as above, for a plan that is being sold.
     *
     * @param planId the plan; empty if the subject determines it
     */
    static Optional<ItemTaxCalculation> of(
            Sql sql,
            UUID walletId,
            Optional<UUID> planId,
            Optional<UUID> subject,
            Money change,
            Instant at,
            ZoneId zone) {
        return sql.first(
                """
                select t.id, t.rate, t.included, tax_part(?::numeric, t.rate, t.included) as tax
                  from (select ?::timestamptz as at) n
                 cross join lateral applicable_tax(?, tax_category_of(?::uuid, ?, n.at), n.at, ?) t
                 where t.id is not null
                """,
                row -> new ItemTaxCalculation(
                        row.big("id"),
                        row.decimal("rate"),
                        row.flag("included"),
                        new Money(row.decimal("tax"), change.currency())),
                change.amount(),
                at,
                walletId,
                planId.orElse(null),
                subject.orElse(null),
                zone.getId());
    }

    /**
     * Returns the tax terms for compensations: they are untaxed, which a document states if the reseller collects tax at all. The place is
     * where the reseller first collected tax.
     */
    static Optional<AppliedTax> compensation(Sql sql) {
        return sql.one("select compensation_tax() as id", row -> row.maybeBig("id"))
                .map(id -> new AppliedTax(id, BigDecimal.ZERO, false));
    }

    /** Calculates the tax on a change with the same terms as another item. */
    static ItemTaxCalculation as(Sql sql, AppliedTax appliedTax, Money change) {
        var tax = sql.one(
                "select tax_part(?::numeric, ?::numeric, ?::boolean) as tax",
                row -> new Money(row.decimal("tax"), change.currency()),
                change.amount(),
                appliedTax.rate(),
                appliedTax.isIncluded());
        return new ItemTaxCalculation(appliedTax.termId(), appliedTax.rate(), appliedTax.isIncluded(), tax);
    }

    /** Returns the total change of the wallet. */
    Money whole(Money change) {
        return isIncluded ? change : change.plus(tax);
    }

    /** Stores the tax of an entry. */
    void note(Sql sql, long entry, Money change) {
        sql.update(
                "insert into entry_tax (entry_id, tax_id, rate, included, amount, tax) values (?, ?, ?, ?, ?, ?)",
                entry,
                termId,
                rate,
                isIncluded,
                change.negated().amount(),
                tax.negated().amount());
    }
}
