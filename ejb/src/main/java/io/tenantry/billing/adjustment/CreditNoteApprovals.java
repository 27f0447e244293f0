package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.AdjustmentRepository.ApprovalRequest;
import io.tenantry.billing.adjustment.AdjustmentRepository.Moved;
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
 * What credit notes give up: whoever issues one asks here first, under the wallet's lock, and says when it is there. Becomes part of the caller's
 * transaction, and asks for no right.
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
     * A credit note that somebody wants.
     *
     * @param id that it will have
     * @param lines how much of which line of the invoice is credited, by its position
     * @param amount what the wallet gets, with the tax; above zero
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
     * By what it is decided whether somebody else has to approve.
     *
     * @param limit above which somebody has to, in the reseller's currency
     * @param before what was given up for the customer in the last day, in the wallet's currency
     */
    public record Rule(Money limit, Money before) {}

    /** The rule for a wallet; empty if nobody has to approve anything. */
    public Optional<Rule> rule(UUID walletId, Currency currency) {
        return ApprovalLimits.inForce(sql, ApprovalLimits.Subject.ADJUSTMENT)
                .map(limit -> new Rule(limit, rows.before(walletId, currency)));
    }

    /** Whether somebody else would have to approve that now. */
    public boolean isAboveLimit(UUID walletId, Money amount) {
        return amount.isPositive() && rows.isAboveLimit(walletId, amount);
    }

    /**
     * What became of a credit note that was asked for before; empty if it was not.
     *
     * @throws NotFoundException if it was asked for of another invoice
     */
    public Optional<State> known(UUID id, UUID invoiceId) {
        return rows.find(id).map(known -> {
            if (known.invoice()
                    .filter(adjustedDocument -> adjustedDocument.id().equals(invoiceId))
                    .isEmpty()) {
                throw new NotFoundException("adjustment", id);
            }
            return known.state();
        });
    }

    /**
     * Asks for one.
     *
     * @return whether it waits for somebody else. If it does not, the caller issues it and calls {@link #done}
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
            rows.tellApprovers(creditNoteRequest.id());
        }
        return isHeld;
    }

    /** The credit note that nobody had to approve is there. */
    public void done(UUID id) {
        rows.close(rows.find(id).orElseThrow(), State.DONE, Optional.empty(), new Moved(null, id, null));
    }
}
