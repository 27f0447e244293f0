package io.tenantry.web.staff;

import io.tenantry.identity.Permission;
import io.tenantry.listing.Found;
import io.tenantry.money.Money;
import io.tenantry.wallet.Revenue;
import io.tenantry.web.chart.Bars;
import io.tenantry.web.currency.PriceList;
import io.tenantry.web.portal.Words;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the dashboard's revenue is made of: customer by customer, and day by day. */
@Named
@RequestScoped
public class RevenuePage {
    /** More days than this are too narrow to be drawn. */
    private static final int DAYS_DRAWN = 62;

    @Inject
    CurrentPerson me;

    @Inject
    Revenue revenue;

    @Inject
    RevenueColumns columns;

    @Inject
    PriceList list;

    @Inject
    Tables tables;

    @Inject
    Fmt fmt;

    private @Nullable Table<Revenue.Share> table;
    private @Nullable List<Revenue.Day> days;
    private @Nullable Bars bars;

    /** Whether revenue may be shown. */
    public boolean isOpen() {
        return me.may(Permission.STAFF_CHARGING_VIEW) && me.may(Permission.STAFF_CUSTOMERS_VIEW);
    }

    public Table<Revenue.Share> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "revenue",
                    "/staff/revenue",
                    RevenueColumns.KEPT,
                    columns.columns(),
                    columns.filters(),
                    wish -> isOpen() ? revenue.find(wish) : Found.nothing());
            table = known;
        }
        return known;
    }

    /** What is shown, in words: these days, or this run. */
    public String getPeriod() {
        var period = revenue.period(getTable().address().wish());
        return period.hour()
                .map(hour -> fmt.text("revenue.of-run", fmt.date(hour, "moment")))
                .orElseGet(() -> fmt.text(
                        "revenue.of-days",
                        fmt.formats().dayMonth(period.from()),
                        fmt.formats().dayMonth(period.to())));
    }

    /** All that came in, of every customer. */
    public Money getTotal() {
        return days().stream().map(Revenue.Day::amount).reduce(Money.zero(list.getCurrency()), Money::plus);
    }

    /** Whether the days are drawn. */
    public boolean isDrawn() {
        return days().size() > 1 && days().size() <= DAYS_DRAWN;
    }

    /** The days, drawn; each leads to its customers. */
    public Bars getBars() {
        var known = bars;
        if (known == null) {
            known = Bars.of(
                    days().stream()
                            .map(day -> new Bars.Value(
                                    fmt.formats().dayMonth(day.date()),
                                    day.amount().amount(),
                                    BigDecimal.ZERO,
                                    Words.revenueOf(day.date())))
                            .toList(),
                    amount -> fmt.money(new Money(amount, list.getCurrency())));
            bars = known;
        }
        return known;
    }

    private List<Revenue.Day> days() {
        var known = days;
        if (known == null) {
            known = isOpen() ? revenue.days(getTable().address().wish()) : List.of();
            days = known;
        }
        return known;
    }
}
