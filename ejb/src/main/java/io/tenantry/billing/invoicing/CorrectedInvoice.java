package io.tenantry.billing.invoicing;

import io.tenantry.billing.wallet.AppliedTax;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenant;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * An invoice with the remaining amount of each line after its corrections.
 *
 * @param walletId the wallet that paid, and that corrections charge or credit
 */
record CorrectedInvoice(DocumentList.InvoiceSummary head, UUID walletId, Currency currency, List<Line> lines) {
    CorrectedInvoice {
        lines = List.copyOf(lines);
    }

    /**
     * A line of the invoice.
     *
     * @param kind the type of the line
     * @param left the amount plus debits less credits; it has the amount's sign, or is zero. After a tax correction it is the amount that the
     *     correction left
     * @param terms the current tax terms; empty if it has no tax
     * @param isReversed whether another line of the invoice reverses it, because its tax was corrected before the invoice was issued
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
            Optional<AppliedTax> terms,
            boolean isReversed) {

        /** Whether its amounts contain tax; empty if it bears none. */
        Optional<Boolean> includesTax() {
            return terms.filter(known -> known.rate().signum() > 0).map(AppliedTax::isIncluded);
        }
    }

    /**
     * A line of a correction.
     *
     * @param kind the type of the line
     * @param amount positive if it is payable
     * @param entry the journal entry that moved the money
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
                                      join invoice_line e on e.invoice_id = v.id and e.kind = 'TAX_CORRECTED'
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
                row.maybeDecimal("rate").map(rate -> new AppliedTax(row.big("tax_id"), rate, row.flag("included"))),
                row.flag("is_taken_back"));
    }

    /** Whether it is void: then it can no longer be corrected. */
    boolean isVoid() {
        return head.state().equals("VOID");
    }

    /** Returns the lines that were payable, the only ones that can be corrected partially. */
    List<Line> charged() {
        return lines.stream()
                .filter(line -> line.amount().isPositive() && !line.isReversed())
                .toList();
    }

    /** Returns the line at a position. */
    Line line(int position) {
        return lines.stream()
                .filter(line -> line.position() == position)
                .findFirst()
                .orElseThrow();
    }

    /** Returns the line at a position, if it was payable. */
    Optional<Line> charged(int position) {
        return charged().stream().filter(line -> line.position() == position).findFirst();
    }

    /** Whether the amounts of all taxed lines include tax. */
    boolean isGross() {
        return ways().equals(Set.of(true));
    }

    /** Whether the amounts of some lines include tax, and those of others do not. */
    boolean isMixed() {
        return ways().size() > 1;
    }

    private Set<Boolean> ways() {
        return lines.stream().flatMap(line -> line.includesTax().stream()).collect(Collectors.toSet());
    }
}
