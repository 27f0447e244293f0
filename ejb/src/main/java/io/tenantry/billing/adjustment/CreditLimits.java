package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.AdjustmentRepository.ApprovalRequest;
import io.tenantry.billing.wallet.WalletHistory;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.billing.wallet.Wallets.Movement;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Sql;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * Credit limits of customers' wallets. A limit above the reseller's threshold waits for the approval of a second person, like other adjustments
 * ({@link Adjustments}). Lowering a limit requires no approval.
 */
@Stateless
public class CreditLimits {
    private static final String NO_ACCOUNT = "NONE";
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

    /** For the container. */
    public CreditLimits() {}

    /** For use outside a container. */
    CreditLimits(Sql sql, Clock clock, Access access, AuditTrail audit, Wallets wallets) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.wallets = wallets;
    }

    /** Outcome of setting a limit. */
    public sealed interface Outcome {
        /**
         * The limit is set.
         *
         * @param before the previous limit
         */
        record LimitSet(Money before) implements Outcome {}

        /** A second person has to approve it. */
        record Waiting() implements Outcome {}

        /** The form was submitted before with another limit or reason: only that request counts. */
        record AlreadyRequested(Money limit) implements Outcome {}

        /** The approver needs a reason of at most 200 characters. */
        record Reason() implements Outcome {}

        /** The amount is not zero or above, or has more decimals than its currency. */
        record Amount() implements Outcome {}

        /** The customer now pays from another wallet. */
        record WalletClosed() implements Outcome {}

        /** The amount is too large to be meant. */
        record TooLarge(Money most) implements Outcome {}
    }

    /**
     * Sets a limit, or requests approval for it.
     *
     * @param id chosen by the requester: repeating the request with the same id has no further effect
     * @param reason for the approver; required if approval is
     * @throws NotFoundException if there is no such wallet
     */
    public Outcome set(UUID id, UUID walletId, BigDecimal amount, String reason) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        sql.first("select id from wallet where id = ? for no key update", row -> row.uuid("id"), walletId);
        var wallet = wallets.find(walletId).orElseThrow(() -> new NotFoundException("wallet", walletId));
        var before = wallet.creditLimit();
        if (amount.signum() < 0 || !CurrencyUnits.isPayable(amount, before.currency())) {
            return new Outcome.Amount();
        }
        var maximum = Movement.maximum(before.currency());
        if (amount.compareTo(maximum.amount()) > 0) {
            return new Outcome.TooLarge(maximum);
        }
        var known = rows().find(id);
        if (known.isPresent()) {
            if (!known.get().walletId().equals(walletId)) {
                throw new NotFoundException("adjustment", id);
            }
            return isSame(known.get(), amount, reason)
                    ? new Outcome.Waiting()
                    : new Outcome.AlreadyRequested(known.get().amount());
        }
        if (new WalletHistory(sql).isClosed(walletId)) {
            return new Outcome.WalletClosed();
        }
        var limit = new Money(amount, before.currency());
        if (limit.compareTo(before) > 0 && rows().isCreditAboveLimit(limit)) {
            return ask(id, walletId, limit, reason.strip());
        }
        wallets.limit(walletId, limit);
        audit.record("wallet.limit_changed", "wallet", walletId.toString(), Map.of("credit_limit", limit));
        return new Outcome.LimitSet(before);
    }

    private static boolean isSame(Adjustment known, BigDecimal amount, String reason) {
        return known.kind() == Kind.CREDIT_LIMIT
                && known.amount().amount().compareTo(amount) == 0
                && known.reason().equals(reason.strip());
    }

    private Outcome ask(UUID id, UUID walletId, Money limit, String reason) {
        if (reason.isEmpty() || reason.length() > REASON_MAX) {
            return new Outcome.Reason();
        }
        rows().keep(
                        new ApprovalRequest(
                                id, walletId, Kind.CREDIT_LIMIT, NO_ACCOUNT, AdjustmentReason.ALLOWANCE, limit, reason),
                        true);
        rows().notifyApprovers(id);
        return new Outcome.Waiting();
    }

    private AdjustmentRepository rows() {
        return new AdjustmentRepository(sql, clock, audit);
    }
}
