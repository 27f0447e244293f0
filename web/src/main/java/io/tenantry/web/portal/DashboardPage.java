package io.tenantry.web.portal;

import io.tenantry.admin.dashboard.CustomerDashboard;
import io.tenantry.billing.wallet.DailyAmounts;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.provisioning.Service;
import io.tenantry.cloud.provisioning.ServiceCosts;
import io.tenantry.cloud.provisioning.ServiceList;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Format;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The customer's dashboard: the current state, the cost, the most expensive servers, and recent events. */
@Named
@RequestScoped
public class DashboardPage {
    private static final int NOON = 12;
    private static final int EVENING = 18;
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    @Inject
    CurrentOrganization organization;

    @Inject
    CustomerDashboard dashboard;

    @Inject
    PortalLabels portalLabels;

    @Inject
    ServiceEventLabels serviceEventLabels;

    @Inject
    Format format;

    @Inject
    Clock clock;

    private CustomerDashboard.@Nullable View view;
    private @Nullable BarChart barChart;

    /** An event, ready to be shown. */
    public record ActivityEntry(
            Instant at,
            String icon,
            String tone,
            String title,
            String by,
            String href,
            @Nullable Money figure) {}

    /** Returns a greeting for the local time of day: good morning, good day or good evening. */
    public String greeting(String name) {
        var hour = ZonedDateTime.ofInstant(clock.instant(), format.zone()).getHour();
        var time = hour < NOON ? "morning" : hour < EVENING ? "day" : "evening";
        var first = name.strip().split(" ", 2)[0];
        return format.text("greeting." + time, first);
    }

    /** Returns the number of running services, and the time until the next hour is charged. */
    public String getSituation() {
        var next = 60 - ZonedDateTime.ofInstant(clock.instant(), format.zone()).getMinute();
        if (getSuspended() > 0) {
            return format.text("portal.situation.off", getSuspended(), getRunning() - getSuspended(), next);
        }
        return getRunning() == 0
                ? format.text("portal.situation.none")
                : format.text("portal.situation", getRunning(), next);
    }

    /** Returns the number of suspended services. */
    public int getSuspended() {
        return getView().suspended();
    }

    /** Whether the user may view money. */
    public boolean isMoney() {
        return getView().money();
    }

    /** Whether the user may view services. */
    public boolean isThings() {
        return getView().things();
    }

    /** Returns the organization's wallet. */
    public Wallets.@Nullable Balance getWallet() {
        return getView().wallet().orElse(null);
    }

    /** Returns the amounts spent by day. */
    public @Nullable DailyAmounts getDaily() {
        return getView().daily().orElse(null);
    }

    /** Returns the same amounts as a chart; only if there is a wallet whose money may be shown. */
    public BarChart getBars() {
        var known = barChart;
        if (known == null) {
            known = portalLabels.spentBars(
                    getView().daily().orElseThrow(),
                    getView().wallet().orElseThrow().id());
            barChart = known;
        }
        return known;
    }

    /** Returns the number of running services. */
    public int getRunning() {
        return getView().running();
    }

    /** Returns the number of services in each state, except ended ones. */
    public List<ServiceList.StateCount> getStates() {
        return getView().states().stream().filter(one -> !one.isOver()).toList();
    }

    /** Whether there is any service, ended or not. */
    public boolean isAny() {
        return !getView().states().isEmpty();
    }

    /** Returns a state as addresses name it. */
    public String nameOf(Service.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** Returns a service's cost as a percentage of the most expensive one's. */
    public int part(ServiceCosts.Cost cost) {
        var most = getView().dearest().get(0).thisMonth().amount();
        return most.signum() == 0
                ? 0
                : cost.thisMonth()
                        .amount()
                        .multiply(HUNDRED)
                        .divide(most, 0, RoundingMode.HALF_UP)
                        .intValue();
    }

    /** Returns the recent events of services and balance, the newest first. */
    public List<ActivityEntry> getActivity() {
        return getView().activity().stream().map(this::entryOf).toList();
    }

    /** Returns the whole view, loaded once. */
    public CustomerDashboard.View getView() {
        var known = view;
        if (known == null) {
            known = dashboard.of(organization.getId());
            view = known;
        }
        return known;
    }

    private ActivityEntry entryOf(CustomerDashboard.Activity it) {
        return it.serviceId()
                .map(id -> new ActivityEntry(
                        it.at(),
                        serviceEventLabels.stepIcon(it.what()),
                        serviceEventLabels.stepTone(it.what()),
                        format.text("activity." + it.what(), it.service()),
                        it.actor(),
                        "/portal/service?id=" + id,
                        null))
                .orElseGet(() -> new ActivityEntry(
                        it.at(),
                        "wallet",
                        it.what().equals("recovered") ? "ok" : it.what().equals("low") ? "warn" : "bad",
                        format.text("wallet-event." + it.what()),
                        "",
                        "/portal/wallet",
                        it.balance().orElse(null)));
    }
}
