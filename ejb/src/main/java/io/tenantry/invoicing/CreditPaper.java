package io.tenantry.invoicing;

import io.tenantry.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import io.tenantry.wallet.Wallets;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An invoice with what of each line is left to be credited.
 *
 * @param walletId who paid, and gets back
 */
record CreditPaper(DocumentList.Head head, UUID walletId, Currency currency, List<Line> lines) {
    CreditPaper {
        lines = List.copyOf(lines);
    }

    /**
     * A line of it.
     *
     * @param kind what sort of line it is
     * @param left what of the amount is not credited yet
     * @param terms how it is taxed; empty if it bears no tax
     */
    record Line(
            int position,
            String kind,
            Optional<UUID> subjectId,
            String name,
            String what,
            Instant from,
            Instant to,
            Money amount,
            Money left,
            Optional<Wallets.Terms> terms) {}

    /**
     * What one line of a credit note is.
     *
     * @param amount below zero
     * @param entry by which the money went back
     */
    record Credit(Line line, Money amount, long entry) {}

    static Optional<CreditPaper> of(Sql sql, UUID invoiceId, Tenant tenant) {
        var currency = tenant.currency();
        return sql.first(
                        "select v.* from invoice v where v.id = ? and v.kind = 'INVOICE' and v.state <> 'VOID'",
                        row -> new CreditPaper(
                                DocumentList.head(row, currency, tenant.zone()),
                                row.uuid("wallet_id"),
                                currency,
                                List.of()),
                        invoiceId)
                .map(bare -> new CreditPaper(bare.head(), bare.walletId(), currency, lines(sql, invoiceId, currency)));
    }

    private static List<Line> lines(Sql sql, UUID invoiceId, Currency currency) {
        return sql.query("""
                select l.position, l.kind, l.subject_id, l.name, l.what, l.from_at, l.to_at, l.amount, l.amount + coalesce(c.credited, 0) as remaining,
                       l.tax_id, t.rate, l.tax_included
                  from invoice_line l
                  left join tax_term t on t.id = l.tax_id
                  left join (select e.corrects_position, sum(e.amount) as credited
                               from invoice v
                               join invoice_line e on e.invoice_id = v.id
                              where v.corrects_id = ?
                              group by e.corrects_position) c on c.corrects_position = l.position
                 where l.invoice_id = ?
                 order by l.position
                """, row -> line(row, currency), invoiceId, invoiceId);
    }

    private static Line line(Row row, Currency currency) {
        return new Line(
                row.whole("position"),
                row.text("kind"),
                row.maybeUuid("subject_id"),
                row.text("name"),
                row.text("what"),
                row.instant("from_at"),
                row.instant("to_at"),
                new Money(row.decimal("amount"), currency),
                new Money(row.decimal("remaining"), currency),
                row.maybeDecimal("rate")
                        .map(rate -> new Wallets.Terms(row.big("tax_id"), rate, row.flag("tax_included"))));
    }

    /** The line at a position, if something of it can be credited. */
    Optional<Line> line(int position) {
        return lines.stream()
                .filter(line -> line.position() == position && line.left().isPositive())
                .findFirst();
    }
}
