package io.tenantry.billing.adjustment;

import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.AmountLimit;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Row;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Above how much a day somebody else has to approve what is given up for a customer, as the reseller has said it, one time after another. */
@Stateless
public class ApprovalLimits {
    private static final int SHOWN_MAX = 20;
    private static final String LIMITS =
            "select currency, amount, recorded_at, recorded_by from approval_limit where subject = ? order by id desc limit ?";

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    AuditTrail audit;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public ApprovalLimits() {}

    /** For use outside a container. */
    ApprovalLimits(Sql sql, Clock clock, Access access, AuditTrail audit, TenantDirectory tenants) {
        this.sql = sql;
        this.clock = clock;
        this.access = access;
        this.audit = audit;
        this.tenants = tenants;
    }

    /** What somebody else has to approve. */
    public enum Subject {
        /** What is given up for a customer in a day. */
        ADJUSTMENT,
        /** How far a customer's wallet may go below zero. */
        CREDIT_LIMIT
    }

    /**
     * What was said at a time.
     *
     * @param amount empty if nobody has to approve anything
     */
    public record Limit(Optional<Money> amount, Instant at, String by) {}

    /** All that was said, the last first: that holds. */
    public List<Limit> all(Subject subject) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(LIMITS, ApprovalLimits::limit, subject, SHOWN_MAX);
    }

    /**
     * Says another limit, for what is asked for from now on.
     *
     * @param amount in the reseller's currency; empty if nobody has to approve anything, zero if everything is to be approved
     * @return false if it is no amount
     */
    public boolean set(Subject subject, Optional<BigDecimal> amount) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var currency = tenants.current().currency();
        if (amount.filter(limit -> isUnfit(limit, currency)).isPresent()) {
            return false;
        }
        sql.update(
                "insert into approval_limit (subject, currency, amount, recorded_at, recorded_by) values (?, ?, ?, ?, ?)",
                subject,
                currency,
                amount.orElse(null),
                clock.instant(),
                Actors.require().name());
        audit.record(
                subject == Subject.ADJUSTMENT ? "adjustment.limited" : "credit_limit.limited",
                "tenant",
                tenants.current().id().value(),
                Map.of("limit", amount.map(BigDecimal::toPlainString).orElse("none")));
        return true;
    }

    /**
     * Whether an amount for a wallet, together with what was given up or typed in for its customer in the last day, is more than one person may
     * credit by hand. To be asked under the wallet's lock. Asks for no right.
     */
    public boolean isAbove(UUID walletId, Money amount) {
        return new AdjustmentRepository(sql, clock, audit).isAboveLimit(walletId, amount);
    }

    /** The one that holds. Asks for no right. */
    static Optional<Money> inForce(Sql sql, Subject subject) {
        return sql.first(LIMITS, ApprovalLimits::limit, subject, 1).flatMap(Limit::amount);
    }

    static boolean isUnfit(BigDecimal amount, Currency currency) {
        return amount.signum() < 0
                || amount.stripTrailingZeros().scale() > Money.SCALE
                || amount.compareTo(AmountLimit.of(Adjustments.AMOUNT_MAX, currency)) > 0;
    }

    private static Limit limit(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new Limit(
                row.maybeDecimal("amount").map(amount -> new Money(amount, currency)),
                row.instant("recorded_at"),
                row.text("recorded_by"));
    }
}
