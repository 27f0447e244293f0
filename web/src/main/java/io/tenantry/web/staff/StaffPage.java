package io.tenantry.web.staff;

import io.tenantry.admin.dashboard.StaffDashboard;
import io.tenantry.billing.charging.RunQuery;
import io.tenantry.cloud.provisioning.CustomerQuery;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.web.brand.storefront.WorldMap;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Format;
import io.tenantry.web.portal.PortalLabels;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The staff's dashboard: revenue, new and leaving customers, and customers who need attention. */
@Named
@RequestScoped
public class StaffPage {
    /** The height of characters on the dashboard's small map, in thousandths of its width. */
    private static final int LETTERS = 32;

    private static final int AT_RISK = 6;

    /** A wallet whose runway is less than this number of days is at risk. */
    private static final String DAYS = "7";

    @Inject
    CurrentPerson me;

    @Inject
    StaffDashboard dashboard;

    @Inject
    CustomerQuery customerQuery;

    @Inject
    TenantDirectory tenants;

    @Inject
    PortalLabels portalLabels;

    @Inject
    Format format;

    @Inject
    Clock clock;

    private StaffDashboard.@Nullable View view;
    private @Nullable ResultPage<CustomerQuery.CustomerStatus> atRisk;
    private @Nullable WorldMap map;
    private @Nullable BarChart barChart;
    private @Nullable List<RunQuery.RunSummary> runs;

    public boolean isMoney() {
        return getView().daily().isPresent();
    }

    /** Whether the user may view customers and the state of their wallets. */
    public boolean isWallets() {
        return me.may(Permission.STAFF_BILLING_VIEW) && me.may(Permission.STAFF_CUSTOMERS_VIEW);
    }

    /** Whether the user may view the revenue by customer. */
    public boolean isEarnings() {
        return me.may(Permission.STAFF_ACCOUNTING_VIEW) && me.may(Permission.STAFF_CUSTOMERS_VIEW);
    }

    /** Returns this month, by the reseller's calendar. */
    public String getMonth() {
        return YearMonth.from(
                        LocalDate.ofInstant(clock.instant(), tenants.current().zone()))
                .toString();
    }

    /** Returns the chart of daily revenue; only if the user may view money. */
    public BarChart getBars() {
        var known = barChart;
        if (known == null) {
            var daily = getView().daily().orElseThrow();
            known = isEarnings() ? portalLabels.revenueBars(daily) : portalLabels.bars(daily);
            barChart = known;
        }
        return known;
    }

    public boolean isThings() {
        return getView().counts().isPresent();
    }

    /** Returns the whole view except wallets and runs, loaded once. */
    public StaffDashboard.View getView() {
        var known = view;
        if (known == null) {
            known = dashboard.view();
            view = known;
        }
        return known;
    }

    /** Returns the customers whose wallet lasts less than a week, the most urgent first. */
    public ResultPage<CustomerQuery.CustomerStatus> getAtRisk() {
        var known = atRisk;
        if (known == null) {
            known = isWallets()
                    ? customerQuery.find(
                            new ListQuery("", java.util.Map.of("runway", DAYS), "runway", false, 0, AT_RISK))
                    : ResultPage.nothing();
            atRisk = known;
        }
        return known;
    }

    public String getDays() {
        return DAYS;
    }

    /** Returns the reseller's latest charging runs. */
    public List<RunQuery.RunSummary> getRuns() {
        var known = runs;
        if (known == null) {
            known = isMoney() ? dashboard.latestRuns() : List.of();
            runs = known;
        }
        return known;
    }

    /** Returns what a run charged, in each currency. */
    public List<Money> amountsOf(RunQuery.RunSummary run) {
        return run.amountsOrZero(tenants.current().currency());
    }

    /** Returns the map of the regions that have a location. */
    public WorldMap getMap() {
        var known = map;
        if (known == null) {
            known =
                    WorldMap.of(
                            getView().regions().stream()
                                    .flatMap(one -> one
                                            .place()
                                            .map(mapPoint -> new WorldMap.Spot(one.code(), named(one), mapPoint))
                                            .stream())
                                    .toList(),
                            LETTERS);
            map = known;
        }
        return known;
    }

    /** Returns a region's name beside its pin, with the number of services that run there. */
    private String named(StaffDashboard.RegionShare region) {
        return region.region() + " · " + format.number(region.services());
    }

    /** Returns a region's services as a percentage of the busiest one's. */
    public int part(StaffDashboard.RegionShare region) {
        var most = getView().regions().get(0).services();
        return most == 0 ? 0 : region.services() * 100 / most;
    }
}
