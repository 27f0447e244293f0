package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.AdjustmentRepository.AdjustmentEffect;
import io.tenantry.billing.adjustment.AdjustmentRepository.ApprovalRequest;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Sql;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Currency;
import java.util.Optional;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Approval of credit notes: the issuer asks here first, under the wallet's lock, and reports when the note is issued. Runs in the caller's
 * transaction and checks no permission.
 */
public final class CreditNoteApprovals {
    private static final String REVENUE = "REVENUE";

    private final Sql sql;
    private final AdjustmentRepository rows;

    public CreditNoteApprovals(Sql sql, Clock clock, AuditTrail audit) {
        this.sql = sql;
        this.rows = new AdjustmentRepository(sql, clock, audit);
    }

    /**
     * A requested credit note.
     *
     * @param id the id that it will have
     * @param lines the amount to credit for each line of the invoice, by its position
     * @param amount the amount credited to the wallet, including tax; above zero
     */
    public record CreditNoteRequest(
            UUID id,
            Kind kind,
            UUID walletId,
            UUID invoiceId,
            SortedMap<Integer, BigDecimal> lines,
            Money amount,
            String reason) {}

    /**
     * Rule that determines whether approval is required.
     *
     * @param limit above which approval is required, in the reseller's currency
     * @param before the total of adjustments for the customer in the last day, in the wallet's currency
     */
    public record ApprovalRule(Money limit, Money before) {}

    /** Returns the rule for a wallet; empty if no approval is required. */
    public Optional<ApprovalRule> rule(UUID walletId, Currency currency) {
        return ApprovalLimits.inForce(sql, ApprovalLimits.Subject.ADJUSTMENT)
                .map(limit -> new ApprovalRule(limit, rows.before(walletId, currency)));
    }

    /** Whether this amount would require approval now. */
    public boolean isAboveLimit(UUID walletId, Money amount) {
        return amount.isPositive() && rows.isAboveLimit(walletId, amount);
    }

    /**
     * A credit note that was requested before.
     *
     * @param amount the amount credited to the wallet, including tax
     * @param lines the amount to credit for each line of the invoice, by its position
     */
    public record KnownRequest(
            State state, Kind kind, Money amount, SortedMap<Integer, BigDecimal> lines, String reason) {}

    /**
     * Returns a credit note that was requested before; empty if it was not.
     *
     * @throws NotFoundException if it was requested for another invoice
     */
    public Optional<KnownRequest> known(UUID id, UUID invoiceId) {
        return rows.find(id).map(known -> {
            if (known.invoice()
                    .filter(adjustedDocument -> adjustedDocument.id().equals(invoiceId))
                    .isEmpty()) {
                throw new NotFoundException("adjustment", id);
            }
            return new KnownRequest(known.state(), known.kind(), known.amount(), rows.lines(id), known.reason());
        });
    }

    /**
     * Requests a credit note.
     *
     * @return whether it waits for approval; if it does not, the caller issues it and calls {@link #done}
     */
    public boolean ask(CreditNoteRequest creditNoteRequest) {
        var isHeld = rows.isAboveLimit(creditNoteRequest.walletId(), creditNoteRequest.amount());
        rows.keep(
                new ApprovalRequest(
                        creditNoteRequest.id(),
                        creditNoteRequest.walletId(),
                        creditNoteRequest.kind(),
                        REVENUE,
                        AdjustmentReason.CORRECTION,
                        creditNoteRequest.amount(),
                        creditNoteRequest.reason()),
                isHeld);
        rows.keep(creditNoteRequest.id(), creditNoteRequest.invoiceId(), creditNoteRequest.lines());
        if (isHeld) {
            rows.notifyApprovers(creditNoteRequest.id());
        }
        return isHeld;
    }

    /** Marks a credit note that needed no approval as issued. */
    public void done(UUID id) {
        rows.close(rows.find(id).orElseThrow(), State.DONE, Optional.empty(), new AdjustmentEffect(null, id, null));
    }
}
