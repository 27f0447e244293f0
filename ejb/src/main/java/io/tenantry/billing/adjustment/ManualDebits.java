package io.tenantry.billing.adjustment;

import io.tenantry.billing.adjustment.Adjustment.Kind;
import io.tenantry.billing.adjustment.Adjustments.Outcome;
import io.tenantry.billing.wallet.WalletAdministration;
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
import java.util.UUID;

/** Debits of wallets by staff, which need no second person. */
@Stateless
public class ManualDebits {
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
    WalletAdministration administration;

    /** For the container. */
    public ManualDebits() {}

    /** For use outside a container. */
    ManualDebits(
            Sql sql,
            Clock clock,
            Access access,
            AuditTrail audit,
            Wallets wallets,
            WalletAdministration administration) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.wallets = wallets;
        this.administration = administration;
    }

    /**
     * A debit.
     *
     * @param id chosen by the requester: one form debits or credits, once ({@link Adjustments#ask})
     * @param amount in the wallet's currency
     * @param reason shown to staff and customer
     */
    public record DebitRequest(UUID id, UUID walletId, AdjustmentReason ground, BigDecimal amount, String reason) {}

    /**
     * Debits a wallet.
     *
     * @return what {@link Adjustments#ask} returns for a credit, except that nothing waits
     * @throws NotFoundException if there is no such wallet
     */
    public Outcome debit(DebitRequest request) {
        access.require(Permission.STAFF_BILLING_MANAGE);
        var reason = request.reason().strip();
        if (!Adjustments.isWords(reason) || !request.ground().isFor(Kind.CREDIT)) {
            return new Outcome.Reason();
        }
        var wallet =
                wallets.find(request.walletId()).orElseThrow(() -> new NotFoundException("wallet", request.walletId()));
        var currency = wallets.debt(wallet.id()).currency();
        if (request.amount().signum() <= 0 || !CurrencyUnits.isPayable(request.amount(), currency)) {
            return new Outcome.Amount();
        }
        var maximum = Movement.maximum(currency);
        if (request.amount().compareTo(maximum.amount()) > 0) {
            return new Outcome.TooLarge(maximum);
        }
        var credited = new AdjustmentRepository(sql, clock, audit).find(request.id());
        if (credited.isPresent()) {
            return new Outcome.AlreadyRequested(credited.get().amount());
        }
        var amount = new Money(request.amount(), currency);
        if (new WalletHistory(sql).isClosed(wallet.id())
                && amount.compareTo(wallets.find(wallet.id()).orElseThrow().balance()) > 0
                && new WalletHistory(sql).moved(wallet.id(), key(request.id())).isEmpty()) {
            return new Outcome.WalletClosed();
        }
        return post(request, amount, reason);
    }

    private Outcome post(DebitRequest request, Money amount, String reason) {
        var key = key(request.id());
        var entry = administration.debit(
                new Movement(request.walletId(), amount, request.ground().counterpart(), reason, key));
        if (entry.isPresent()) {
            return new Outcome.Done();
        }
        var before = new WalletHistory(sql)
                .moved(request.walletId(), key)
                .orElseThrow(() -> new NotFoundException("debit", request.id()));
        return before.equals(amount.negated()) ? new Outcome.Done() : new Outcome.AlreadyRequested(before);
    }

    /** Returns the idempotency key of a debit's journal entry. */
    static String key(UUID id) {
        return "staff:" + id;
    }
}
