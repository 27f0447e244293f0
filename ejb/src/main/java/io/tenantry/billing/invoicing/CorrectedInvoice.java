package io.tenantry.billing.invoicing;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
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
record CorrectedInvoice(DocumentList.InvoiceSummary head, UUID walletId, Currency currency, List<Line> lines) {
    CorrectedInvoice {
        lines = List.copyOf(lines);
    }

    /**
     * A line of it.
     *
     * @param kind what sort of line it is
     * @param left the amount with what was debited to it, less what was credited; it has the amount's sign, or is zero. Of what was taxed
     *     anew it is what that left
     * @param terms how it is taxed by now; empty if it bears no tax
     * @param isTakenBack whether another line of the invoice took it back, because it was taxed anew before the invoice was issued
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
            Optional<Wallets.AppliedTax> terms,
            boolean isTakenBack) {}

    /**
     * What one line of a correction is.
     *
     * @param kind what sort of line it is
     * @param amount above zero if it is to be paid
     * @param entry by which the money moved
     */
    record Change(Line line, String kind, Money amount, long entry) {}

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
                select l.position, l.kind, l.subject_id, l.name, l.what, l.from_at, l.to_at, l.amount, y.tax_id, t.rate, t.included,
                       case when y.tax_id is not distinct from l.tax_id then l.amount else 0 end + c.corrected as remaining,
                       exists (select from tax_corrected_charge x where x.rated_period_id = l.rated_period_id)
                         or exists (select from tax_corrected_charge x
                                      join invoice_item i on i.entry_id = x.entry_id
                                     where i.id = l.item_id) as is_taken_back
                  from invoice_line l
                 cross join lateral (
                   select coalesce((select e.tax_id
                                      from invoice v
                                      join invoice_line e on e.invoice_id = v.id and e.kind = 'RETAXED'
                                     where v.corrects_id = ? and e.corrects_position = l.position
                                     order by v.issued_at desc
                                     limit 1), l.tax_id) as tax_id) y
                 cross join lateral (
                   select coalesce(sum(e.amount), 0) as corrected
                     from invoice v
                     join invoice_line e on e.invoice_id = v.id
                    where v.corrects_id = ? and e.corrects_position = l.position and e.tax_id is not distinct from y.tax_id) c
                  left join applied_tax t on t.id = y.tax_id
                 where l.invoice_id = ?
                 order by l.position
                """, row -> line(row, currency), invoiceId, invoiceId, invoiceId);
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
                        .map(rate -> new Wallets.AppliedTax(row.big("tax_id"), rate, row.flag("included"))),
                row.flag("is_taken_back"));
    }

    /** Whether it was made void: then nothing corrects it any more. */
    boolean isVoid() {
        return head.state().equals("VOID");
    }

    /** The lines that were to be paid, which alone are corrected by parts. */
    List<Line> charged() {
        return lines.stream()
                .filter(line -> line.amount().isPositive() && !line.isTakenBack())
                .toList();
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
        return lines.stream().flatMap(line -> line.terms().stream()).anyMatch(Wallets.AppliedTax::isIncluded);
    }
}
