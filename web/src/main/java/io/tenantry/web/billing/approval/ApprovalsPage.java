package io.tenantry.web.billing.approval;

import io.tenantry.billing.adjustment.Adjustment;
import io.tenantry.billing.adjustment.Adjustments;
import io.tenantry.billing.adjustment.ApprovalLimits;
import io.tenantry.billing.adjustment.ApprovalLimits.Limit;
import io.tenantry.billing.adjustment.ApprovalLimits.Subject;
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

/** What waits until somebody approves it, what was given up lately, and above which amount that is so. */
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
    private transient @Nullable List<Adjustment> lately;
    private transient @Nullable List<Limit> said;
    private transient @Nullable List<Limit> creditSaid;

    /** Looks at all of them, if they may be seen. */
    public void open() {
        PageResult.look(() -> {
            waiting = adjustments.waiting();
            limit = inForce().map(Money::amount).orElse(null);
            credit = getCreditSaid().stream()
                    .findFirst()
                    .flatMap(Limit::amount)
                    .map(Money::amount)
                    .orElse(null);
        });
    }

    /** Says another limit. */
    public void save() {
        if (!limits.set(Subject.ADJUSTMENT, Optional.ofNullable(limit))) {
            PageResult.refuse("limits:limit", format.text("amount.zero"));
            return;
        }
        PageResult.go("/staff/approvals", format.text("approvals.limit.done"));
    }

    /** Says above which credit limits somebody else approves. */
    public void saveCredit() {
        if (!limits.set(Subject.CREDIT_LIMIT, Optional.ofNullable(credit))) {
            PageResult.refuse("credits:credit", format.text("amount.zero"));
            return;
        }
        PageResult.go("/staff/approvals", format.text("approvals.limit.done"));
    }

    /** What was said of credit limits, the last first. */
    public List<Limit> getCreditSaid() {
        var known = creditSaid;
        if (known == null) {
            known = limits.all(Subject.CREDIT_LIMIT);
            creditSaid = known;
        }
        return known;
    }

    public @Nullable BigDecimal getCredit() {
        return credit;
    }

    public void setCredit(@Nullable BigDecimal credit) {
        this.credit = credit;
    }

    /** Whether the limit may be said. The use case asks again. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** What holds, in a sentence. */
    public String getRule() {
        return inForce()
                .map(amount -> format.text("approvals.limit.is", format.money(amount)))
                .orElseGet(() -> format.text("approvals.limit.none"));
    }

    public String getCurrency() {
        return tenants.current().currency().getCurrencyCode();
    }

    /** Who waits for longest first. */
    public List<Adjustment> getWaiting() {
        var known = waiting;
        if (known == null) {
            known = adjustments.waiting();
            waiting = known;
        }
        return known;
    }

    /** The newest first. */
    public List<Adjustment> getLately() {
        var known = lately;
        if (known == null) {
            known = adjustments.lately();
            lately = known;
        }
        return known;
    }

    /** What was said before, the last first. */
    public List<Limit> getSaid() {
        var known = said;
        if (known == null) {
            known = limits.all(Subject.ADJUSTMENT);
            said = known;
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
        return getSaid().stream().findFirst().flatMap(Limit::amount);
    }
}
