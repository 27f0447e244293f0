package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.provisioning.Customers;
import io.tenantry.wallet.DailyAmounts;
import io.tenantry.wallet.Spending;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The staff's dashboard: what comes in, how much runs, and who needs attention. */
@Named
@RequestScoped
public class StaffPage {
    private static final int AT_RISK = 6;
    private static final int PLANS = 5;

    @Inject
    CurrentPerson me;

    @Inject
    Spending spending;

    @Inject
    Customers customers;

    private @Nullable DailyAmounts daily;
    private Customers.@Nullable Counts counts;
    private @Nullable List<Customers.Standing> atRisk;
    private @Nullable List<Customers.PlanShare> plans;

    public boolean isMoney() {
        return me.may(Permission.STAFF_CHARGING_VIEW);
    }

    public boolean isWallets() {
        return me.may(Permission.STAFF_WALLETS_VIEW);
    }

    public boolean isThings() {
        return me.may(Permission.STAFF_SERVICES_VIEW) && me.may(Permission.STAFF_CUSTOMERS_VIEW);
    }

    /** What was charged, day by day. */
    public DailyAmounts getDaily() {
        var known = daily;
        if (known == null) {
            known = spending.ofAll();
            daily = known;
        }
        return known;
    }

    public Customers.Counts getCounts() {
        var known = counts;
        if (known == null) {
            known = isThings() ? customers.counts() : new Customers.Counts(0, 0);
            counts = known;
        }
        return known;
    }

    /** Customers whose wallet needs attention. */
    public List<Customers.Standing> getAtRisk() {
        var known = atRisk;
        if (known == null) {
            known = isWallets() ? customers.atRisk(AT_RISK) : List.of();
            atRisk = known;
        }
        return known;
    }

    /** How many there are in all. */
    public int getRisks() {
        return getAtRisk().size() < AT_RISK ? getAtRisk().size() : customers.countAtRisk();
    }

    /** The plans that bring in most. */
    public List<Customers.PlanShare> getPlans() {
        var known = plans;
        if (known == null) {
            known = isThings() ? customers.topPlans(PLANS) : List.of();
            plans = known;
        }
        return known;
    }
}
