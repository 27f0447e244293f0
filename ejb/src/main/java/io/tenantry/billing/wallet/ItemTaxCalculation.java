package io.tenantry.billing.wallet;

import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;

/**
 * The tax of what is taken besides hours, or given back. It goes through the books in the same entry, and is noted for the document.
 *
 * @param termId the way in which it is taxed
 * @param isIncluded whether it is in the price, or comes upon it
 * @param tax with the sign of the wallet's change
 */
record ItemTaxCalculation(long termId, BigDecimal rate, boolean isIncluded, Money tax) {
    /**
     * What a change of a wallet by a price bears; empty where the reseller is registered nowhere.
     *
     * @param subject of which plan it is: that of a service, or of an option's server; empty if of none
     */
    static Optional<ItemTaxCalculation> of(
            Sql sql, UUID walletId, Optional<UUID> subject, Money change, Instant at, ZoneId zone) {
        return sql.first(
                """
                select t.id, t.rate, t.included, tax_part(?::numeric, t.rate, t.included) as tax
                  from (select ?::timestamptz as at) n
                 cross join lateral applicable_tax(?, tax_category_of(null, ?, n.at), n.at, ?) t
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
                subject.orElse(null),
                zone.getId());
    }

    /**
     * How what makes good a damage is taxed: not, which a document says where the reseller collects tax at all. The place is where the
     * reseller first collected.
     */
    static Optional<Wallets.AppliedTax> compensation(Sql sql) {
        return sql.one("select compensation_tax() as id", row -> row.maybeBig("id"))
                .map(id -> new Wallets.AppliedTax(id, BigDecimal.ZERO, false));
    }

    /** What a change bears that is taxed as something else was. */
    static ItemTaxCalculation as(Sql sql, Wallets.AppliedTax appliedTax, Money change) {
        var tax = sql.one(
                "select tax_part(?::numeric, ?::numeric, ?::boolean) as tax",
                row -> new Money(row.decimal("tax"), change.currency()),
                change.amount(),
                appliedTax.rate(),
                appliedTax.isIncluded());
        return new ItemTaxCalculation(appliedTax.termId(), appliedTax.rate(), appliedTax.isIncluded(), tax);
    }

    /** By how much the wallet changes. */
    Money whole(Money change) {
        return isIncluded ? change : change.plus(tax);
    }

    /** Keeps what an entry bears. */
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
