package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.AdjustmentRepository.ApprovalRequest;
import io.tenantry.billing.adjustment.AdjustmentRepository.Moved;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.billing.wallet.Wallets.Counterpart;
import io.tenantry.billing.wallet.Wallets.Movement;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.people.notification.Notification;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Money is put into a wallet by hand, or a debt written off. What is above the reseller's limit, together with all that was given up for the
 * customer in a day, waits until somebody else has approved it; so does what credit notes give up, which is asked for where they are issued.
 * Everything is decided under the wallet's lock.
 */
@Stateless
public class Adjustments {
    /** No more is given up at once. */
    static final BigDecimal AMOUNT_MAX = new BigDecimal(1_000_000);

    private static final int REASON_MAX = 200;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    Wallets wallets;

    @Inject
    ApprovedCreditIssuer credits;

    /** For the container. */
    public Adjustments() {}

    /** For use outside a container. */
    Adjustments(Sql sql, Clock clock, Access access, AuditTrail audit, Wallets wallets, ApprovedCreditIssuer credits) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.wallets = wallets;
        this.credits = credits;
    }

    /**
     * What somebody wants to give up.
     *
     * @param id chosen by who asks: asked for again, it is the same and the money moves once
     * @param reason shown to staff and customer
     */
    public record AdjustmentRequest(
            UUID id, UUID walletId, Kind kind, AdjustmentReason ground, BigDecimal amount, String reason) {
        private String account() {
            return kind == Kind.WRITE_OFF ? kind.name() : ground.counterpart().name();
        }
    }

    /** How it ended. */
    public sealed interface Outcome {
        /** The money has moved. */
        record Done() implements Outcome {}

        /** Somebody else has to approve it. */
        record Waiting() implements Outcome {}

        /** It is refused, or taken back. */
        record Closed() implements Outcome {}

        /** It was decided on before, or has expired. */
        record AlreadyDecided(State state) implements Outcome {}

        /** There is no reason, or it is too long, or the word for it is for something else. */
        record Reason() implements Outcome {}

        /** It is no amount above zero. */
        record Amount() implements Outcome {}

        /** The customer owes less. */
        record DebtDecreased(Money debt) implements Outcome {}

        /** The invoice was made void meanwhile. */
        record Voided() implements Outcome {}

        /** Of these lines something else is left than is to be credited. */
        record LinesChanged(Set<Integer> positions) implements Outcome {}

        /** Its lines are taxed otherwise by now, so that the customer would get another amount. */
        record TaxChanged(Money now) implements Outcome {}

        /** Nobody decides on what they asked for, and nobody takes back what others asked for. */
        record SecondApproverRequired() implements Outcome {}
    }

    /**
     * Asks for something: it is done at once, or waits for somebody else.
     *
     * @throws NotFoundException if there is no such wallet
     */
    public Outcome ask(AdjustmentRequest adjustmentRequest) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var reason = adjustmentRequest.reason().strip();
        if (!isWords(reason)
                || adjustmentRequest.kind().isDocument()
                || adjustmentRequest.kind() == Kind.CREDIT_LIMIT
                || !adjustmentRequest.ground().isFor(adjustmentRequest.kind())) {
            return new Outcome.Reason();
        }
        var wallet = wallets.find(adjustmentRequest.walletId())
                .orElseThrow(() -> new NotFoundException("wallet", adjustmentRequest.walletId()));
        var debt = wallets.debt(wallet.id());
        if (adjustmentRequest.amount().signum() <= 0
                || ApprovalLimits.isUnfit(adjustmentRequest.amount(), debt.currency())) {
            return new Outcome.Amount();
        }
        var known = rows().find(adjustmentRequest.id());
        if (known.isPresent()) {
            return again(known.get(), adjustmentRequest);
        }
        var amount = new Money(adjustmentRequest.amount(), debt.currency());
        if (adjustmentRequest.kind() == Kind.WRITE_OFF && amount.compareTo(debt) > 0) {
            return new Outcome.DebtDecreased(debt);
        }
        var isHeld = rows().isAboveLimit(wallet.id(), amount);
        rows().keep(
                        new ApprovalRequest(
                                adjustmentRequest.id(),
                                adjustmentRequest.walletId(),
                                adjustmentRequest.kind(),
                                adjustmentRequest.account(),
                                adjustmentRequest.ground(),
                                amount,
                                reason),
                        isHeld);
        if (isHeld) {
            rows().tellApprovers(adjustmentRequest.id());
            return new Outcome.Waiting();
        }
        carryOut(rows().find(adjustmentRequest.id()).orElseThrow(), Optional.empty());
        return new Outcome.Done();
    }

    /**
     * Approves what somebody else has asked for: it is done.
     *
     * @param remark may be empty
     * @throws NotFoundException if there is none
     */
    public Outcome approve(UUID id, String remark) {
        access.require(Permission.STAFF_ADJUSTMENTS_APPROVE);
        return decide(id, remark, false, asked -> {
            if (asked.kind() == Kind.CREDIT_LIMIT) {
                setLimit(asked, remark);
                return new Outcome.Done();
            }
            var refusal = asked.kind().isDocument() ? credits.issue(asked, rows().lines(asked.id())) : owesLess(asked);
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (asked.kind().isDocument()) {
                rows().close(asked, State.DONE, kept(remark), new Moved(null, asked.id(), null));
                rows().record("adjustment.approved", asked, Map.of());
            } else {
                carryOut(asked, kept(remark));
            }
            rows().tellWhoAsked(asked, Notification.Kind.APPROVAL_GIVEN);
            return new Outcome.Done();
        });
    }

    private void setLimit(Adjustment asked, String remark) {
        wallets.limit(asked.walletId(), asked.amount());
        rows().close(
                        asked,
                        State.DONE,
                        kept(remark),
                        new Moved(null, null, asked.amount().amount()));
        rows().record("wallet.limited", asked, Map.of("credit_limit", asked.amount()));
        rows().tellWhoAsked(asked, Notification.Kind.APPROVAL_GIVEN);
    }

    private Optional<Outcome> owesLess(Adjustment asked) {
        var debt = wallets.debt(asked.walletId());
        return asked.kind() == Kind.WRITE_OFF && asked.amount().compareTo(debt) > 0
                ? Optional.of(new Outcome.DebtDecreased(debt))
                : Optional.empty();
    }

    /**
     * Refuses what somebody else has asked for.
     *
     * @param remark says why
     * @throws NotFoundException if there is none
     */
    public Outcome refuse(UUID id, String remark) {
        access.require(Permission.STAFF_ADJUSTMENTS_APPROVE);
        if (kept(remark).isEmpty()) {
            return new Outcome.Reason();
        }
        return decide(id, remark, false, asked -> {
            rows().close(asked, State.REFUSED, kept(remark), Moved.NOTHING);
            rows().record(
                            "adjustment.refused",
                            asked,
                            Map.of("remark", kept(remark).orElseThrow()));
            rows().tellWhoAsked(asked, Notification.Kind.APPROVAL_REFUSED);
            return new Outcome.Closed();
        });
    }

    /**
     * Takes back what one has asked for oneself.
     *
     * @throws NotFoundException if there is none
     */
    public Outcome withdraw(UUID id) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return decide(id, "", true, asked -> {
            rows().close(asked, State.WITHDRAWN, Optional.empty(), Moved.NOTHING);
            rows().record("adjustment.withdrawn", asked, Map.of());
            return new Outcome.Closed();
        });
    }

    /** What waits for somebody, who waits for longest first. */
    public List<Adjustment> waiting() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().waiting();
    }

    /** What of an invoice waits for somebody, who waits for longest first. */
    public List<Adjustment> waitingOf(UUID invoiceId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().waitingOf(invoiceId);
    }

    /** What was given up or asked for lately and waits no more, the newest first. */
    public List<Adjustment> lately() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().lately();
    }

    /**
     * One of them.
     *
     * @throws NotFoundException if there is none
     */
    public Adjustment one(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().find(id).orElseThrow(() -> new NotFoundException("adjustment", id));
    }

    /**
     * How much of which line of its invoice one is to credit, by the line's position; nothing if it is no document.
     *
     * @throws NotFoundException if there is none
     */
    public SortedMap<Integer, BigDecimal> lines(UUID id) {
        return rows().lines(one(id).id());
    }

    private interface AdjustmentAction {
        Outcome of(Adjustment asked);
    }

    private Outcome decide(UUID id, String remark, boolean isOwn, AdjustmentAction adjustmentAction) {
        var seen = rows().find(id).orElseThrow(() -> new NotFoundException("adjustment", id));
        if (remark.strip().length() > REASON_MAX) {
            return new Outcome.Reason();
        }
        var unused = wallets.debt(seen.walletId()); // Whoever decides at the same time waits here.
        var asked = rows().find(id).orElseThrow();
        if (!asked.isWaiting()) {
            return new Outcome.AlreadyDecided(asked.state());
        }
        if (asked.isMine() != isOwn || Actors.require().personId() == null) {
            return new Outcome.SecondApproverRequired();
        }
        return adjustmentAction.of(asked);
    }

    /** Somebody has sent a form twice: it is as it was. */
    private static Outcome again(Adjustment known, AdjustmentRequest adjustmentRequest) {
        if (!known.walletId().equals(adjustmentRequest.walletId())) {
            throw new NotFoundException("adjustment", adjustmentRequest.id());
        }
        return switch (known.state()) {
            case DONE -> new Outcome.Done();
            case WAITING -> new Outcome.Waiting();
            case REFUSED, WITHDRAWN, EXPIRED -> new Outcome.AlreadyDecided(known.state());
        };
    }

    private void carryOut(Adjustment asked, Optional<String> remark) {
        var key = "adjustment:" + asked.id();
        var entry = asked.kind() == Kind.WRITE_OFF
                ? wallets.writeOff(asked.walletId(), asked.amount(), asked.reason(), key)
                : wallets.credit(new Movement(
                        asked.walletId(),
                        asked.amount(),
                        Counterpart.valueOf(asked.counterpart()),
                        asked.reason(),
                        key));
        rows().close(asked, State.DONE, remark, new Moved(entry.orElseThrow(), null, null));
        rows().record(
                        asked.kind() == Kind.WRITE_OFF ? "wallet.written_off" : "wallet.credited",
                        asked,
                        Map.of("entry", entry.orElseThrow()));
    }

    private static boolean isWords(String text) {
        return !text.isEmpty() && text.length() <= REASON_MAX;
    }

    private static Optional<String> kept(String remark) {
        return Optional.of(remark.strip()).filter(text -> !text.isEmpty());
    }

    private AdjustmentRepository rows() {
        return new AdjustmentRepository(sql, clock, audit);
    }
}
