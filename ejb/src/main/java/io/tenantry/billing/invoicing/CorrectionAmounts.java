package io.tenantry.billing.invoicing;

import io.tenantry.billing.wallet.AppliedTax;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The amounts of a correction before it exists.
 *
 * @param net positive if payable, like the other amounts
 * @param isEmpty whether the document would state nothing but zeros
 * @param left what the invoice and its earlier corrections come to
 */
record CorrectionAmounts(Money net, Money tax, boolean isEmpty, Money left) {
    private static final String PARTS = """
            select x.term, x.rate::numeric as rate,
                   sum(x.amount::numeric - case when x.included then tax_part(x.amount::numeric, x.rate::numeric, true) else 0 end) as net
              from unnest(?::bigint[], ?::text[], ?::boolean[], ?::text[]) as x (term, rate, included, amount)
             group by x.term, x.rate
            """;

    private record Part(long termId, BigDecimal rate, BigDecimal net) {}

    /**
     * Calculates the amounts.
     *
     * @param changes by the line's position, in the line's terms, positive if payable
     */
    static CorrectionAmounts of(Sql sql, CorrectedInvoice invoice, SortedMap<Integer, BigDecimal> changes) {
        var stated = StatedAmounts.of(sql, invoice);
        var terms = changes.keySet().stream()
                .map(position -> invoice.line(position).terms().orElse(new AppliedTax(0, BigDecimal.ZERO, false)))
                .toList();
        var parts = sql.query(
                PARTS,
                row -> new Part(row.big("term"), row.decimal("rate"), row.decimal("net")),
                terms.stream().map(one -> String.valueOf(one.termId())).toArray(String[]::new),
                terms.stream().map(one -> one.rate().toPlainString()).toArray(String[]::new),
                terms.stream().map(one -> String.valueOf(one.isIncluded())).toArray(String[]::new),
                changes.values().stream().map(BigDecimal::toPlainString).toArray(String[]::new));
        var net = stated.net(parts.stream().map(Part::net).reduce(BigDecimal.ZERO, BigDecimal::add));
        var taxes = parts.stream()
                .map(part -> stated.tax(part.termId(), part.rate(), part.net()))
                .toList();
        var tax = taxes.stream().reduce(BigDecimal.ZERO, BigDecimal::add);
        return new CorrectionAmounts(
                new Money(net, invoice.currency()),
                new Money(tax, invoice.currency()),
                net.signum() == 0 && tax.signum() == 0,
                new Money(stated.total(), invoice.currency()));
    }

    /** Returns the amounts of a credit. */
    static CorrectionAmounts ofCredit(Sql sql, CorrectedInvoice invoice, SortedMap<Integer, BigDecimal> lines) {
        var changes = new TreeMap<>(lines);
        changes.replaceAll((position, amount) -> amount.negate());
        return of(sql, invoice, changes);
    }

    /** The amount by which the wallet is charged, or credited if it is negative. */
    Money total() {
        return net.plus(tax);
    }

    /** Whether it would refund more than is left of the invoice, which has refunds of its own. */
    boolean isExceeding() {
        return left.plus(total()).isNegative();
    }
}
