package io.tenantry.billing.adjustment;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Members of a reseller's staff who request and decide approvals. */
public final class Approvers {
    private final BillingFixture billingFixture;
    private final Adjustments adjustments;
    private final ApprovalLimits limits;

    /** Two who may approve, one who may also request, and one who may do neither. */
    public final Actor anna;

    public final Actor clara;
    public final Actor bruno;
    public final Actor sofia;

    public Approvers(BillingFixture billingFixture, AuditTrail audit, Wallets wallets, ApprovedCreditIssuer credits) {
        this.billingFixture = billingFixture;
        var access = new Access(billingFixture.sql);
        limits = new ApprovalLimits(
                billingFixture.sql,
                billingFixture.clock,
                access,
                audit,
                new TenantDirectory(Database.administration()));
        adjustments = new Adjustments(billingFixture.sql, billingFixture.clock, access, audit, wallets, credits);
        anna = staff("Anna", "staff_owner");
        clara = staff("Clara", "staff_owner");
        bruno = staff("Bruno", "staff_billing");
        sofia = staff("Sofia", "staff_support");
    }

    public ApprovalLimits limits() {
        return limits;
    }

    public Adjustments adjustments() {
        return adjustments;
    }

    /** Sets the daily amount above which approval is required. */
    public void limit(String amount) {
        as(anna, () -> limits.set(ApprovalLimits.Subject.ADJUSTMENT, Optional.of(new BigDecimal(amount))));
    }

    /** Removes the approval requirement. */
    public void noLimit() {
        as(anna, () -> limits.set(ApprovalLimits.Subject.ADJUSTMENT, Optional.empty()));
    }

    public Adjustments.Outcome approve(Actor who, UUID id) {
        return as(who, () -> adjustments.approve(id, ""));
    }

    /** Runs an action as the actor. */
    public <T> T as(Actor who, Supplier<T> action) {
        return Database.in(billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(who)) {
                return action.get();
            }
        });
    }

    private Actor staff(String name, String role) {
        var person = UUID.randomUUID();
        billingFixture.in(() -> {
            billingFixture.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, ?, ?)",
                    person,
                    person + "@approvers.example",
                    name,
                    billingFixture.clock.instant());
            return billingFixture.sql.update(
                    "insert into staff_member (person_id, role, role_kind, joined_at) values (?, ?, 'STAFF', ?)",
                    person,
                    role,
                    billingFixture.clock.instant());
        });
        return new Actor(Actor.Kind.STAFF, person, name);
    }
}
