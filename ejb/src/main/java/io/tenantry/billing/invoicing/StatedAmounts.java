package io.tenantry.billing.invoicing;

import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The exact amounts of an invoice and its corrections so far. All of them are rounded together: a further correction states by how much it
 * changes their rounded sums. So the corrections never exceed the invoice, and those of a void invoice come to zero, whatever their number.
 *
 * @param net of all documents
 * @param bases net by tax treatment
 * @param total what all documents state together, with tax
 */
record StatedAmounts(BigDecimal net, Map<Long, BigDecimal> bases, BigDecimal total, int decimals) {
    private record Base(long termId, BigDecimal amount) {}

    private record Sums(BigDecimal net, BigDecimal total) {}

    StatedAmounts {
        bases = Map.copyOf(bases);
    }

    /** Reads the amounts; they do not change while the wallet is locked. */
    static StatedAmounts of(Sql sql, CorrectedInvoice invoice) {
        UUID id = invoice.head().id();
        var sums = sql.one(
                "select sum(net) as net, sum(total) as total from invoice where id = ? or corrects_id = ?",
                row -> new Sums(row.decimal("net"), row.decimal("total")),
                id,
                id);
        var bases = sql.query("""
                        select x.tax_id, sum(x.base) as base
                          from invoice v
                          join invoice_tax x on x.invoice_id = v.id
                         where v.id = ? or v.corrects_id = ?
                         group by x.tax_id
                        """, row -> new Base(row.big("tax_id"), row.decimal("base")), id, id).stream()
                .collect(Collectors.toMap(Base::termId, Base::amount));
        return new StatedAmounts(
                sums.net(), bases, sums.total(), invoice.currency().getDefaultFractionDigits());
    }

    /** Returns the net of one tax treatment. */
    BigDecimal base(long termId) {
        return bases.getOrDefault(termId, BigDecimal.ZERO);
    }

    /** Returns the net that a document states for a change. */
    BigDecimal net(BigDecimal change) {
        return rounded(net.add(change)).subtract(rounded(net));
    }

    /** Returns the tax that a document states for a change of one tax treatment. */
    BigDecimal tax(long termId, BigDecimal rate, BigDecimal change) {
        var before = base(termId);
        return rounded(before.add(change).multiply(rate)).subtract(rounded(before.multiply(rate)));
    }

    private BigDecimal rounded(BigDecimal exact) {
        return exact.setScale(decimals, RoundingMode.HALF_UP);
    }
}
