package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustment.State;
import io.tenantry.billing.adjustment.AdjustmentRepository.AdjustmentEffect;
import io.tenantry.billing.adjustment.AdjustmentRepository.ApprovalRequest;
import io.tenantry.billing.wallet.WalletHistory;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.billing.wallet.Wallets.Counterpart;
import io.tenantry.billing.wallet.Wallets.Movement;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.CurrencyUnits;
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
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;

/**
 * Manual credits to a wallet and write-offs of debts. A request that exceeds the reseller's limit, together with all adjustments for the
 * customer within a day, waits until a second person has approved it. The same applies to credit notes, which are requested where they are
 * issued. All decisions are made under the wallet's lock.
 */
@Stateless
public class Adjustments {
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
     * A requested adjustment.
     *
     * @param id chosen by the requester: repeating the request with the same id moves the money only once
     * @param reason shown to staff and customer
     */
    public record AdjustmentRequest(
            UUID id, UUID walletId, Kind kind, AdjustmentReason ground, BigDecimal amount, String reason) {
        private String account() {
            return kind == Kind.WRITE_OFF ? kind.name() : ground.counterpart().name();
        }
    }

    /** Outcome of a request. */
    public sealed interface Outcome {
        /** The money has moved. */
        record Done() implements Outcome {}

        /** A second person has to approve it. */
        record Waiting() implements Outcome {}

        /** It was refused or withdrawn. */
        record Closed() implements Outcome {}

        /** It was decided before, or has expired. */
        record AlreadyDecided(State state) implements Outcome {}

        /** The form was submitted before with another amount, kind or reason: only that request counts. A debit is below zero. */
        record AlreadyRequested(Money amount) implements Outcome {}

        /** The reason is missing or too long, or its category belongs to another kind. */
        record Reason() implements Outcome {}

        /** The amount is not above zero, or is not a write-off and has more decimals than its currency. */
        record Amount() implements Outcome {}

        /** The amount is too large to be meant. */
        record TooLarge(Money most) implements Outcome {}

        /** The customer now pays from another wallet: a closed one is credited up to its debt and debited up to its balance. */
        record WalletClosed() implements Outcome {}

        /** The customer's debt is smaller than the amount. */
        record DebtDecreased(Money debt) implements Outcome {}

        /** The invoice was made void in the meantime. */
        record Voided() implements Outcome {}

        /** The remaining amounts of these lines no longer match the amounts to credit. */
        record LinesChanged(Set<Integer> positions) implements Outcome {}

        /** The tax on its lines has changed, so the customer would get a different amount. */
        record TaxChanged(Money now) implements Outcome {}

        /** Requesters cannot decide on their own requests, and only requesters can withdraw them. */
        record SecondApproverRequired() implements Outcome {}
    }

    /**
     * Requests an adjustment, which is made immediately or waits for a second person.
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
        if (adjustmentRequest.amount().signum() <= 0 || !isPossible(adjustmentRequest, debt.currency())) {
            return new Outcome.Amount();
        }
        var maximum = Movement.maximum(debt.currency());
        if (adjustmentRequest.amount().compareTo(maximum.amount()) > 0) {
            return new Outcome.TooLarge(maximum);
        }
        var known = rows().find(adjustmentRequest.id());
        if (known.isPresent()) {
            return again(known.get(), adjustmentRequest, reason);
        }
        var debited = new WalletHistory(sql).moved(wallet.id(), ManualDebits.key(adjustmentRequest.id()));
        if (debited.isPresent()) {
            return new Outcome.AlreadyRequested(debited.get());
        }
        var amount = new Money(adjustmentRequest.amount(), debt.currency());
        var refusal = beyondDebt(adjustmentRequest.kind(), wallet.id(), amount, debt);
        if (refusal.isPresent()) {
            return refusal.get();
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
            rows().notifyApprovers(adjustmentRequest.id());
            return new Outcome.Waiting();
        }
        carryOut(rows().find(adjustmentRequest.id()).orElseThrow(), Optional.empty());
        return new Outcome.Done();
    }

    /**
     * Approves a request of another person and carries it out.
     *
     * @param remark may be empty
     * @throws NotFoundException if there is no such request
     */
    public Outcome approve(UUID id, String remark) {
        access.require(Permission.STAFF_ADJUSTMENTS_APPROVE);
        return decide(id, remark, false, asked -> {
            if (asked.kind() == Kind.CREDIT_LIMIT) {
                if (new WalletHistory(sql).isClosed(asked.walletId())) {
                    return new Outcome.WalletClosed();
                }
                setLimit(asked, remark);
                return new Outcome.Done();
            }
            var refusal = asked.kind().isDocument()
                    ? credits.issue(asked, rows().lines(asked.id()))
                    : beyondDebt(asked.kind(), asked.walletId(), asked.amount(), wallets.debt(asked.walletId()));
            if (refusal.isPresent()) {
                return refusal.get();
            }
            if (asked.kind().isDocument()) {
                rows().close(asked, State.DONE, kept(remark), new AdjustmentEffect(null, asked.id(), null));
                rows().record("adjustment.approved", asked, Map.of());
            } else {
                carryOut(asked, kept(remark));
            }
            rows().notifyRequester(asked, Notification.Kind.APPROVAL_GRANTED);
            return new Outcome.Done();
        });
    }

    private void setLimit(Adjustment asked, String remark) {
        wallets.limit(asked.walletId(), asked.amount());
        rows().close(
                        asked,
                        State.DONE,
                        kept(remark),
                        new AdjustmentEffect(null, null, asked.amount().amount()));
        rows().record("wallet.limit_changed", asked, Map.of("credit_limit", asked.amount()));
        rows().notifyRequester(asked, Notification.Kind.APPROVAL_GRANTED);
    }

    /** Refuses to write off more than the debt, and to credit more than that to a wallet from which nothing is paid any longer. */
    private Optional<Outcome> beyondDebt(Kind kind, UUID walletId, Money amount, Money debt) {
        if (amount.compareTo(debt) <= 0) {
            return Optional.empty();
        }
        if (kind == Kind.WRITE_OFF) {
            return Optional.of(new Outcome.DebtDecreased(debt));
        }
        return new WalletHistory(sql).isClosed(walletId) ? Optional.of(new Outcome.WalletClosed()) : Optional.empty();
    }

    /**
     * Refuses a request of another person.
     *
     * @param remark the reason for the refusal
     * @throws NotFoundException if there is no such request
     */
    public Outcome refuse(UUID id, String remark) {
        access.require(Permission.STAFF_ADJUSTMENTS_APPROVE);
        if (kept(remark).isEmpty()) {
            return new Outcome.Reason();
        }
        return decide(id, remark, false, asked -> {
            rows().close(asked, State.REFUSED, kept(remark), AdjustmentEffect.NOTHING);
            rows().record(
                            "adjustment.refused",
                            asked,
                            Map.of("remark", kept(remark).orElseThrow()));
            rows().notifyRequester(asked, Notification.Kind.APPROVAL_REFUSED);
            return new Outcome.Closed();
        });
    }

    /**
     * Withdraws the user's own request.
     *
     * @throws NotFoundException if there is no such request
     */
    public Outcome withdraw(UUID id) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        return decide(id, "", true, asked -> {
            rows().close(asked, State.WITHDRAWN, Optional.empty(), AdjustmentEffect.NOTHING);
            rows().record("adjustment.withdrawn", asked, Map.of());
            return new Outcome.Closed();
        });
    }

    /** Returns the pending requests, oldest first. */
    public List<Adjustment> waiting() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().waiting();
    }

    /** Returns the pending requests for an invoice, oldest first. */
    public List<Adjustment> waitingOf(UUID invoiceId) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().waitingOf(invoiceId);
    }

    /** Returns the recent requests that are no longer pending, newest first. */
    public List<Adjustment> recent() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().recent();
    }

    /**
     * Returns a request.
     *
     * @throws NotFoundException if there is none
     */
    public Adjustment one(UUID id) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return rows().find(id).orElseThrow(() -> new NotFoundException("adjustment", id));
    }

    /**
     * Returns the amount to credit for each line of the invoice, by the line's position; empty if the request is not for a document.
     *
     * @throws NotFoundException if there is no such request
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
        var unused = wallets.debt(seen.walletId()); // Concurrent decisions wait here.
        var asked = rows().find(id).orElseThrow();
        if (!asked.isWaiting()) {
            return new Outcome.AlreadyDecided(asked.state());
        }
        if (asked.isMine() != isOwn || Actors.require().personId() == null) {
            return new Outcome.SecondApproverRequired();
        }
        return adjustmentAction.of(asked);
    }

    /** Whether people can name the amount: only a debt, which is written off as it is, has fractions of its currency's smallest unit. */
    private static boolean isPossible(AdjustmentRequest adjustmentRequest, Currency currency) {
        return adjustmentRequest.kind() == Kind.WRITE_OFF
                ? adjustmentRequest.amount().stripTrailingZeros().scale() <= Money.SCALE
                : CurrencyUnits.isPayable(adjustmentRequest.amount(), currency);
    }

    /** A form was submitted twice: the first request stands. A different one is refused, since its amount has not moved. */
    private static Outcome again(Adjustment known, AdjustmentRequest adjustmentRequest, String reason) {
        if (!known.walletId().equals(adjustmentRequest.walletId())) {
            throw new NotFoundException("adjustment", adjustmentRequest.id());
        }
        if (known.kind() != adjustmentRequest.kind()
                || known.ground() != adjustmentRequest.ground()
                || known.amount().amount().compareTo(adjustmentRequest.amount()) != 0
                || !known.reason().equals(reason)) {
            return new Outcome.AlreadyRequested(known.amount());
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
        rows().close(asked, State.DONE, remark, new AdjustmentEffect(entry.orElseThrow(), null, null));
        rows().record(
                        asked.kind() == Kind.WRITE_OFF ? "wallet.written_off" : "wallet.credited",
                        asked,
                        Map.of("entry", entry.orElseThrow()));
    }

    static boolean isWords(String text) {
        return !text.isEmpty() && text.length() <= REASON_MAX;
    }

    private static Optional<String> kept(String remark) {
        return Optional.of(remark.strip()).filter(text -> !text.isEmpty());
    }

    private AdjustmentRepository rows() {
        return new AdjustmentRepository(sql, clock, audit);
    }
}
