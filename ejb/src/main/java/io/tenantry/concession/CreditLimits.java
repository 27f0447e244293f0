package io.tenantry.concession;

import io.tenantry.audit.AuditTrail;
import io.tenantry.concession.Concession.Kind;
import io.tenantry.concession.ConcessionRows.Asked;
import io.tenantry.identity.Access;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.tenancy.Sql;
import io.tenantry.wallet.Wallets;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;

/**
 * How far below zero a customer's wallet may go. What is above the reseller's threshold waits until somebody else has approved it, as money that is given up does ({@link Concessions}). To lower a limit needs nobody.
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

    /** How setting a limit ended. */
    public sealed interface Outcome {
        /**
         * It holds.
         *
         * @param before the limit before that
         */
        record Holds(Money before) implements Outcome {}

        /** Somebody else has to approve it. */
        record Waiting() implements Outcome {}

        /** It needs a reason, for whoever approves it, of at most 200 characters. */
        record Reason() implements Outcome {}

        /** It is no amount from zero upward. */
        record Amount() implements Outcome {}
    }

    /**
     * Sets a limit, or asks for it.
     *
     * @param id chosen by who asks: asked for again, it is the same
     * @param reason for whoever approves it; needed if somebody has to
     * @throws NotVisible if there is no such wallet
     */
    public Outcome set(UUID id, UUID walletId, BigDecimal amount, String reason) {
        access.require(Permission.STAFF_WALLETS_ADJUST);
        sql.first("select id from wallet where id = ? for no key update", row -> row.uuid("id"), walletId);
        var wallet = wallets.find(walletId).orElseThrow(() -> new NotVisible("wallet", walletId));
        var before = wallet.creditLimit();
        if (ConcessionLimits.isUnfit(amount, before.currency())) {
            return new Outcome.Amount();
        }
        var known = rows().find(id);
        if (known.isPresent()) {
            if (!known.get().walletId().equals(walletId)) {
                throw new NotVisible("concession", id);
            }
            return new Outcome.Waiting();
        }
        var limit = new Money(amount, before.currency());
        if (limit.compareTo(before) > 0 && rows().isCreditAboveLimit(limit)) {
            return ask(id, walletId, limit, reason.strip());
        }
        wallets.limit(walletId, limit);
        audit.record("wallet.limited", "wallet", walletId.toString(), Map.of("credit_limit", limit));
        return new Outcome.Holds(before);
    }

    private Outcome ask(UUID id, UUID walletId, Money limit, String reason) {
        if (reason.isEmpty() || reason.length() > REASON_MAX) {
            return new Outcome.Reason();
        }
        rows().keep(new Asked(id, walletId, Kind.CREDIT_LIMIT, NO_ACCOUNT, Ground.ALLOWANCE, limit, reason), true);
        rows().tellApprovers(id);
        return new Outcome.Waiting();
    }

    private ConcessionRows rows() {
        return new ConcessionRows(sql, clock, audit);
    }
}
