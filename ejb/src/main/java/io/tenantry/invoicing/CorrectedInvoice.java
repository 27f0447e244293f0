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
 * An invoice with what its corrections left of each line.
 *
 * @param walletId who paid, and pays or gets back what is corrected
 */
record CorrectedInvoice(DocumentList.Head head, UUID walletId, Currency currency, List<Line> lines) {
    CorrectedInvoice {
        lines = List.copyOf(lines);
    }

    /**
     * A line of it.
     *
     * @param kind what sort of line it is
     * @param left the amount with what was debited to it, less what was credited; it has the amount's sign, or is zero
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
     * What one line of a correction is.
     *
     * @param amount above zero if it is to be paid
     * @param entry by which the money moved
     */
    record Change(Line line, Money amount, long entry) {}

    static Optional<CorrectedInvoice> of(Sql sql, UUID invoiceId, Tenant tenant) {
        return sql.first(
                        "select v.* from invoice v where v.id = ? and v.kind = 'INVOICE'",
                        row -> new CorrectedInvoice(
                                DocumentList.head(row, tenant.zone()),
                                row.uuid("wallet_id"),
                                Currency.getInstance(row.text("currency")),
                                List.of()),
                        invoiceId)
                .map(bare -> new CorrectedInvoice(
                        bare.head(), bare.walletId(), bare.currency(), lines(sql, invoiceId, bare.currency())));
    }

    private static List<Line> lines(Sql sql, UUID invoiceId, Currency currency) {
        return sql.query("""
                select l.position, l.kind, l.subject_id, l.name, l.what, l.from_at, l.to_at, l.amount, l.amount + coalesce(c.corrected, 0) as remaining,
                       l.tax_id, t.rate, l.tax_included
                  from invoice_line l
                  left join tax_term t on t.id = l.tax_id
                  left join (select e.corrects_position, sum(e.amount) as corrected
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

    /** Whether it was made void: then nothing corrects it any more. */
    boolean isVoid() {
        return head.state().equals("VOID");
    }

    /** The lines that were to be paid, which alone are corrected by parts. */
    List<Line> charged() {
        return lines.stream().filter(line -> line.amount().isPositive()).toList();
    }

    /** The line at a position. */
    Line line(int position) {
        return lines.stream()
                .filter(line -> line.position() == position)
                .findFirst()
                .orElseThrow();
    }

    /** The line at a position, if it was to be paid. */
    Optional<Line> charged(int position) {
        return charged().stream().filter(line -> line.position() == position).findFirst();
    }

    /** Whether amounts of lines have their tax in them. */
    boolean isGross() {
        return lines.stream().flatMap(line -> line.terms().stream()).anyMatch(Wallets.Terms::isIncluded);
    }
}
