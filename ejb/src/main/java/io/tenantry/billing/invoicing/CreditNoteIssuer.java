package io.tenantry.billing.invoicing;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.CreditNoteApprovals;
import io.tenantry.billing.wallet.ItemCharges;
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
 * Issues credit notes, for lines or for the whole remainder of an invoice, which then becomes void. Their refund is an adjustment: above the
 * reseller's limit nothing is issued until a second person has approved it. Everything runs under the wallet's lock.
 */
final class CreditNoteIssuer {
    private static final String VOID = """
            insert into invoice_void (invoice_id, credit_note_id, reason, voided_at, voided_by) values (?, ?, ?, ?, ?)
            """;

    private final Sql sql;
    private final Clock clock;
    private final InvoiceCorrector invoiceCorrector;
    private final CreditNoteApprovals adjustments;

    CreditNoteIssuer(Sql sql, Clock clock, AuditTrail audit, TenantDirectory tenants, ItemCharges itemCharges) {
        this.sql = sql;
        this.clock = clock;
        this.invoiceCorrector = new InvoiceCorrector(sql, clock, audit, tenants, itemCharges);
        this.adjustments = new CreditNoteApprovals(sql, clock, audit);
    }

    /** Returns a credit note that was requested before but not issued; empty if it was not requested. */
    Optional<CreditNoteApprovals.KnownRequest> known(UUID id, CorrectedInvoice invoice) {
        return adjustments.known(id, invoice.head().id());
    }

    /** Returns the rule that determines whether approval is required; empty if it never is. */
    Optional<CreditNoteApprovals.ApprovalRule> rule(CorrectedInvoice invoice) {
        return adjustments.rule(invoice.walletId(), invoice.currency());
    }

    /** Whether this amount would require approval now. */
    boolean isAboveLimit(CorrectedInvoice invoice, Money whole) {
        return adjustments.isAboveLimit(invoice.walletId(), whole);
    }

    /**
     * Issues a credit note, or requests approval for it. A credit note that refunds nothing requires no approval.
     *
     * @param lines the amount to credit for each line, in the line's terms, by its position
     * @return whether it is issued; if not, a second person has to approve it
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

    /** Issues a credit note without requesting approval. */
    void write(Kind kind, UUID id, CorrectedInvoice invoice, SortedMap<Integer, BigDecimal> lines, String reason) {
        if (kind == Kind.VOID) {
            mark(id, invoice, reason);
        }
        var changes = new TreeMap<>(lines);
        changes.replaceAll((position, amount) -> amount.negate());
        var number = invoiceCorrector.write(DocumentKind.CREDIT_NOTE, id, invoice, changes, reason);
        invoiceCorrector.audit(
                kind == Kind.VOID ? "invoice.voided" : "invoice.credited", invoice, "credit_note", number, reason);
    }

    /** Voids the invoice before money moves, so that refunded money does not pay a void document. */
    private void mark(UUID id, CorrectedInvoice invoice, String reason) {
        var now = clock.instant();
        var invoiceId = invoice.head().id();
        sql.update(
                "update invoice set state = 'VOID', open_amount = 0, voided_at = ?, void_reason = ? where id = ?",
                now,
                reason,
                invoiceId);
        sql.update(VOID, invoiceId, id, reason, now, Actors.require().name());
    }

    /** Returns the remaining amount of each line of an invoice. */
    static SortedMap<Integer, BigDecimal> allOf(CorrectedInvoice invoice) {
        var lines = new TreeMap<Integer, BigDecimal>();
        invoice.lines().stream()
                .filter(line -> !line.left().isZero())
                .forEach(line -> lines.put(line.position(), line.left().amount()));
        return lines;
    }

    /** Returns the amount credited to the wallet for lines, including tax and rounded like a document. */
    Money whole(CorrectedInvoice invoice, SortedMap<Integer, BigDecimal> lines) {
        return CorrectionAmounts.ofCredit(sql, invoice, lines).total().negated();
    }
}
