package io.tenantry.web.billing.approval;

import io.tenantry.billing.adjustment.Adjustment;
import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.billing.adjustment.ApprovalLimits;
import io.tenantry.billing.adjustment.ApprovalLimits.Limit;
import io.tenantry.billing.adjustment.ApprovalLimits.Subject;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The requests that wait for approval, the recent ones, and the limits above which approval is required. */
@Named
@ViewScoped
public class ApprovalsPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    Adjustments adjustments;

    @Inject
    ApprovalLimits limits;

    @Inject
    TenantDirectory tenants;

    @Inject
    Format format;

    private @Nullable BigDecimal limit;
    private @Nullable BigDecimal credit;
    private transient @Nullable List<Adjustment> waiting;
    private transient @Nullable List<Adjustment> recent;
    private transient @Nullable List<Limit> approvalLimits;
    private transient @Nullable List<Limit> creditLimits;

    /** Loads all requests, if the user may view them. */
    public void open() {
        PageResult.load(() -> {
            waiting = adjustments.waiting();
            limit = inForce().map(Money::amount).orElse(null);
            credit = getCreditLimits().stream()
                    .findFirst()
                    .flatMap(Limit::amount)
                    .map(Money::amount)
                    .orElse(null);
        });
    }

    /** Saves the limit for adjustments. */
    public void save() {
        if (!limits.set(Subject.ADJUSTMENT, Optional.ofNullable(limit))) {
            PageResult.refuse("limits:limit", fault(limit));
            return;
        }
        PageResult.go("/staff/approvals", format.text("approvals.limit.done"));
    }

    /** Saves the credit limit above which approval by another member of staff is required. */
    public void saveCredit() {
        if (!limits.set(Subject.CREDIT_LIMIT, Optional.ofNullable(credit))) {
            PageResult.refuse("credits:credit", fault(credit));
            return;
        }
        PageResult.go("/staff/approvals", format.text("approvals.limit.done"));
    }

    /** Returns the maximum of a limit. */
    public Money getMost() {
        return Wallets.Movement.maximum(tenants.current().currency());
    }

    private String fault(@Nullable BigDecimal typed) {
        var most = getMost();
        return typed != null && typed.compareTo(most.amount()) > 0
                ? format.text("amount.too-large", format.money(most))
                : format.text("amount.zero");
    }

    /** Returns the history of the limit for credit limits, the latest first. */
    public List<Limit> getCreditLimits() {
        var known = creditLimits;
        if (known == null) {
            known = limits.all(Subject.CREDIT_LIMIT);
            creditLimits = known;
        }
        return known;
    }

    public @Nullable BigDecimal getCredit() {
        return credit;
    }

    public void setCredit(@Nullable BigDecimal credit) {
        this.credit = credit;
    }

    /** Whether the user may change the limits. The use case checks the permission again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Returns the rule in force, as a sentence. */
    public String getRule() {
        return inForce()
                .map(amount -> format.text("approvals.limit.is", format.money(amount)))
                .orElseGet(() -> format.text("approvals.limit.none"));
    }

    public String getCurrency() {
        return tenants.current().currency().getCurrencyCode();
    }

    /** Returns the requests that wait, the oldest first. */
    public List<Adjustment> getWaiting() {
        var known = waiting;
        if (known == null) {
            known = adjustments.waiting();
            waiting = known;
        }
        return known;
    }

    /** Returns the recent requests, the newest first. */
    public List<Adjustment> getRecent() {
        var known = recent;
        if (known == null) {
            known = adjustments.recent();
            recent = known;
        }
        return known;
    }

    /** Returns the history of the limit, the latest first. */
    public List<Limit> getApprovalLimits() {
        var known = approvalLimits;
        if (known == null) {
            known = limits.all(Subject.ADJUSTMENT);
            approvalLimits = known;
        }
        return known;
    }

    public @Nullable BigDecimal getLimit() {
        return limit;
    }

    public void setLimit(@Nullable BigDecimal limit) {
        this.limit = limit;
    }

    private Optional<Money> inForce() {
        return getApprovalLimits().stream().findFirst().flatMap(Limit::amount);
    }
}
