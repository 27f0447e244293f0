package io.tenantry.web.concession;

import io.tenantry.concession.Concession;
import io.tenantry.concession.ConcessionLimits;
import io.tenantry.concession.ConcessionLimits.Limit;
import io.tenantry.concession.ConcessionLimits.Subject;
import io.tenantry.concession.Concessions;
import io.tenantry.identity.Permission;
import io.tenantry.money.Money;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
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
    Concessions concessions;

    @Inject
    ConcessionLimits limits;

    @Inject
    TenantDirectory tenants;

    @Inject
    Fmt fmt;

    private @Nullable BigDecimal limit;
    private @Nullable BigDecimal credit;
    private transient @Nullable List<Concession> waiting;
    private transient @Nullable List<Concession> lately;
    private transient @Nullable List<Limit> said;
    private transient @Nullable List<Limit> creditSaid;

    /** Looks at all of them, if they may be seen. */
    public void open() {
        Visit.look(() -> {
            waiting = concessions.waiting();
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
        if (!limits.set(Subject.CONCESSION, Optional.ofNullable(limit))) {
            Visit.refuse("limits:limit", fmt.text("amount.zero"));
            return;
        }
        Visit.go("/staff/approvals", fmt.text("approvals.limit.done"));
    }

    /** Says above which credit limits somebody else approves. */
    public void saveCredit() {
        if (!limits.set(Subject.CREDIT_LIMIT, Optional.ofNullable(credit))) {
            Visit.refuse("credits:credit", fmt.text("amount.zero"));
            return;
        }
        Visit.go("/staff/approvals", fmt.text("approvals.limit.done"));
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
                .map(amount -> fmt.text("approvals.limit.is", fmt.money(amount)))
                .orElseGet(() -> fmt.text("approvals.limit.none"));
    }

    public String getCurrency() {
        return tenants.current().currency().getCurrencyCode();
    }

    /** Who waits for longest first. */
    public List<Concession> getWaiting() {
        var known = waiting;
        if (known == null) {
            known = concessions.waiting();
            waiting = known;
        }
        return known;
    }

    /** The newest first. */
    public List<Concession> getLately() {
        var known = lately;
        if (known == null) {
            known = concessions.lately();
            lately = known;
        }
        return known;
    }

    /** What was said before, the last first. */
    public List<Limit> getSaid() {
        var known = said;
        if (known == null) {
            known = limits.all(Subject.CONCESSION);
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
