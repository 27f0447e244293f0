package io.tenantry.billing.invoicing;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.CreditNoteApprovals;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Issues credit notes, for lines or for all that is left of an invoice, which is void then. What they give back is a adjustment: above the reseller's
 * limit nothing is issued until somebody else has approved it. All of it is under the wallet's lock.
 */
final class CreditNoteIssuer {
    /** What a credit note comes to: the sums of a document, before there is one. */
    private static final String WHOLE = """
            with line as (
              select x.term, x.rate::numeric as rate,
                     x.amount::numeric - case when x.included then tax_part(x.amount::numeric, x.rate::numeric, true) else 0 end as net
                from unnest(?::text[], ?::text[], ?::boolean[], ?::text[]) as x (term, rate, included, amount)
            ), part as (
              select sum(net) as net, round(sum(net) * rate, ?) as tax from line group by term, rate
            )
            select round(sum(net) + sum(tax), ?) as whole from part
            """;

    private static final String VOID = """
            insert into invoice_void (invoice_id, credit_note_id, reason, voided_at, voided_by) values (?, ?, ?, ?, ?)
            """;

    private final Sql sql;
    private final Clock clock;
    private final InvoiceCorrector invoiceCorrector;
    private final CreditNoteApprovals adjustments;

    CreditNoteIssuer(Sql sql, Clock clock, AuditTrail audit, TenantDirectory tenants, Wallets wallets) {
        this.sql = sql;
        this.clock = clock;
        this.invoiceCorrector = new InvoiceCorrector(sql, clock, audit, tenants, wallets);
        this.adjustments = new CreditNoteApprovals(sql, clock, audit);
    }

    /** What became of one that was asked for before, if it is not there; empty if nobody asked for it. */
    Optional<State> known(UUID id, CorrectedInvoice invoice) {
        return adjustments.known(id, invoice.head().id());
    }

    /** By what it is decided whether somebody else has to approve; empty if nobody has to. */
    Optional<CreditNoteApprovals.Rule> rule(CorrectedInvoice invoice) {
        return adjustments.rule(invoice.walletId(), invoice.currency());
    }

    /** Whether somebody else would have to approve that now. */
    boolean isAboveLimit(CorrectedInvoice invoice, Money whole) {
        return adjustments.isAboveLimit(invoice.walletId(), whole);
    }

    /**
     * Issues one, or asks for it. What gives nothing back is nothing that somebody has to approve.
     *
     * @param lines how much of which line is credited, as the line says it, by its position
     * @return whether it is there; if not, somebody else has to approve it
     */
    boolean issue(Kind kind, UUID id, CorrectedInvoice invoice, SortedMap<Integer, BigDecimal> lines, String reason) {
        var whole = whole(invoice, lines);
        if (!whole.isPositive()) {
            write(kind, id, invoice, lines, reason);
            return true;
        }
        var creditNoteRequest = new CreditNoteApprovals.CreditNoteRequest(
                id, kind, invoice.walletId(), invoice.head().id(), lines, whole, reason);
        if (adjustments.ask(creditNoteRequest)) {
            return false;
        }
        write(kind, id, invoice, lines, reason);
        adjustments.done(id);
        return true;
    }

    /** Issues one, whoever has to approve. */
    void write(Kind kind, UUID id, CorrectedInvoice invoice, SortedMap<Integer, BigDecimal> lines, String reason) {
        if (kind == Kind.VOID) {
            mark(id, invoice, reason);
        }
        var changes = new TreeMap<>(lines);
        changes.replaceAll((position, amount) -> amount.negate());
        var number = invoiceCorrector.write(DocumentKind.CREDIT_NOTE, id, invoice, changes, reason);
        invoiceCorrector.tell(
                kind == Kind.VOID ? "invoice.voided" : "invoice.credited", invoice, "credit_note", number, reason);
    }

    /** Before money moves, so that money that comes back pays no document that is void. */
    private void mark(UUID id, CorrectedInvoice invoice, String reason) {
        var now = clock.instant();
        var invoiceId = invoice.head().id();
        sql.update(
                "update invoice set state = 'VOID', voided_at = ?, void_reason = ? where id = ?",
                now,
                reason,
                invoiceId);
        sql.update(VOID, invoiceId, id, reason, now, Actors.require().name());
    }

    /** All that is left of an invoice, line by line. */
    static SortedMap<Integer, BigDecimal> allOf(CorrectedInvoice invoice) {
        var lines = new TreeMap<Integer, BigDecimal>();
        invoice.lines().stream()
                .filter(line -> !line.left().isZero())
                .forEach(line -> lines.put(line.position(), line.left().amount()));
        return lines;
    }

    /** What the wallet gets for lines, with their tax and rounded as a document is. */
    Money whole(CorrectedInvoice invoice, SortedMap<Integer, BigDecimal> lines) {
        if (lines.isEmpty()) {
            return Money.zero(invoice.currency());
        }
        var terms = lines.keySet().stream()
                .map(position -> invoice.line(position).terms())
                .toList();
        var decimals = invoice.currency().getDefaultFractionDigits();
        return sql.one(
                WHOLE,
                row -> new Money(row.decimal("whole"), invoice.currency()),
                terms.stream()
                        .map(one ->
                                one.map(known -> String.valueOf(known.termId())).orElse(""))
                        .toArray(String[]::new),
                terms.stream()
                        .map(one ->
                                one.map(known -> known.rate().toPlainString()).orElse("0"))
                        .toArray(String[]::new),
                terms.stream()
                        .map(one -> String.valueOf(
                                one.filter(Wallets.AppliedTax::isIncluded).isPresent()))
                        .toArray(String[]::new),
                lines.values().stream().map(BigDecimal::toPlainString).toArray(String[]::new),
                decimals,
                decimals);
    }
}
