package io.tenantry.web.staff;

import io.tenantry.billing.wallet.RevenueQuery;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.chart.BarChart;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.portal.PortalLabels;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The breakdown of the dashboard's revenue, by customer and by day. */
@Named
@RequestScoped
public class RevenuePage {
    /** The maximum number of days in a chart; more would be too narrow. */
    private static final int DAYS_DRAWN = 62;

    @Inject
    CurrentPerson me;

    @Inject
    RevenueQuery revenueQuery;

    @Inject
    RevenueColumns columns;

    @Inject
    DisplayCurrency list;

    @Inject
    Tables tables;

    @Inject
    Format format;

    private @Nullable Table<RevenueQuery.CustomerRevenue> table;
    private @Nullable List<RevenueQuery.Day> days;
    private @Nullable BarChart barChart;

    /** Whether the user may view revenue. */
    public boolean isOpen() {
        return me.may(Permission.STAFF_ACCOUNTING_VIEW) && me.may(Permission.STAFF_CUSTOMERS_VIEW);
    }

    public Table<RevenueQuery.CustomerRevenue> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "revenue",
                    "/staff/revenue",
                    RevenueColumns.KEPT,
                    columns.columns(),
                    columns.filters(),
                    listQuery -> isOpen() ? revenueQuery.find(listQuery) : ResultPage.nothing());
            table = known;
        }
        return known;
    }

    /** Returns the description of what is shown: the days, or the run. */
    public String getPeriod() {
        var period = revenueQuery.period(getTable().address().listQuery());
        return period.hour()
                .map(hour -> format.text("revenue.of-run", format.date(hour, "moment")))
                .orElseGet(() -> format.text(
                        "revenue.of-days",
                        format.formats().dayMonth(period.from()),
                        format.formats().dayMonth(period.to())));
    }

    /** Returns the total revenue of all customers. */
    public Money getTotal() {
        return days().stream().map(RevenueQuery.Day::amount).reduce(Money.zero(list.getCurrency()), Money::plus);
    }

    /** Whether the chart of days is shown. */
    public boolean isDrawn() {
        return days().size() > 1 && days().size() <= DAYS_DRAWN;
    }

    /** Returns the chart of days; each links to its customers. */
    public BarChart getBars() {
        var known = barChart;
        if (known == null) {
            known = BarChart.of(
                    days().stream()
                            .map(day -> new BarChart.Value(
                                    format.formats().dayMonth(day.date()),
                                    day.amount().amount(),
                                    BigDecimal.ZERO,
                                    PortalLabels.revenueOf(day.date())))
                            .toList(),
                    amount -> format.money(new Money(amount, list.getCurrency())));
            barChart = known;
        }
        return known;
    }

    private List<RevenueQuery.Day> days() {
        var known = days;
        if (known == null) {
            known = isOpen() ? revenueQuery.days(getTable().address().listQuery()) : List.of();
            days = known;
        }
        return known;
    }
}
