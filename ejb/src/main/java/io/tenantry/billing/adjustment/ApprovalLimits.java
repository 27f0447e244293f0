package io.tenantry.billing.adjustment;

import io.tenantry.billing.wallet.Wallets.Movement;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.CurrencyUnits;
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

/** The reseller's limits above which a second person has to approve what a customer is granted in a day, with their history. */
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

    /** Subjects of a limit. */
    public enum Subject {
        /** The total of adjustments for a customer in a day. */
        ADJUSTMENT,
        /** A customer's credit limit. */
        CREDIT_LIMIT
    }

    /**
     * A limit as set at a given time.
     *
     * @param amount empty if no approval is required
     */
    public record Limit(Optional<Money> amount, Instant at, String by) {}

    /** Returns all limits, latest first; the first one is active. */
    public List<Limit> all(Subject subject) {
        access.require(Permission.STAFF_BILLING_VIEW);
        return sql.query(LIMITS, ApprovalLimits::limit, subject, SHOWN_MAX);
    }

    /**
     * Sets a new limit for requests from now on.
     *
     * @param amount in the reseller's currency; empty if no approval is required, zero if everything requires approval
     * @return false if the amount is invalid
     */
    public boolean set(Subject subject, Optional<BigDecimal> amount) {
        access.require(Permission.STAFF_SETTINGS_MANAGE);
        var currency = tenants.current().currency();
        var maximum = Movement.maximum(currency).amount();
        if (amount.filter(limit -> !isLimit(limit, currency) || limit.compareTo(maximum) > 0)
                .isPresent()) {
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
                subject == Subject.ADJUSTMENT ? "adjustment.limits_changed" : "credit_limit.limited",
                "tenant",
                tenants.current().id().value(),
                Map.of("limit", amount.map(BigDecimal::toPlainString).orElse("none")));
        return true;
    }

    /**
     * Whether an amount for a wallet, together with the adjustments and typed-in amounts of its customer in the last day, exceeds what one
     * person may credit manually. To be called under the wallet's lock. Checks no permission.
     */
    public boolean isAbove(UUID walletId, Money amount) {
        return new AdjustmentRepository(sql, clock, audit).isAboveLimit(walletId, amount);
    }

    /** Returns the current limit. Checks no permission. */
    static Optional<Money> inForce(Sql sql, Subject subject) {
        return sql.first(LIMITS, ApprovalLimits::limit, subject, 1).flatMap(Limit::amount);
    }

    private static boolean isLimit(BigDecimal amount, Currency currency) {
        return amount.signum() >= 0 && CurrencyUnits.isPayable(amount, currency);
    }

    private static Limit limit(Row row) {
        var currency = Currency.getInstance(row.text("currency"));
        return new Limit(
                row.maybeDecimal("amount").map(amount -> new Money(amount, currency)),
                row.instant("recorded_at"),
                row.text("recorded_by"));
    }
}
