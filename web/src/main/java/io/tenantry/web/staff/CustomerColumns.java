package io.tenantry.web.staff;

import io.tenantry.cloud.provisioning.CustomerQuery.CustomerStatus;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import io.tenantry.web.portal.PortalLabels;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The presentation of the list of customers: columns, filters and export fields. */
@RequestScoped
public class CustomerColumns {
    /** The parameters by which customers can be filtered. */
    public static final List<String> FILTERS = List.of("wallet", "runway", "state", "joined", "leaving");

    private static final int MONTHS = 12;

    @Inject
    Format format;

    @Inject
    PortalLabels portalLabels;

    @Inject
    Clock clock;

    /** Returns the columns. */
    public List<Column> columns() {
        return List.of(
                Column.of("name", "customer.name").always(),
                Column.of("wallet", "customer.wallet"),
                Column.of("services", "customer.services").ofFigures(),
                Column.of("pace", "service.per-hour").ofFigures(),
                Column.of("balance", "wallet.balance").ofFigures(),
                Column.of("runway", "table.runway").ofFigures(),
                Column.of("since", "table.since"));
    }

    /** Returns the filters. */
    public List<Filter> filters() {
        return List.of(
                new Filter(
                        "wallet",
                        "customer.wallet",
                        format.text("table.any"),
                        Stream.of("risk", "ok", "low", "zero", "over-limit")
                                .map(alert -> new Filter.Choice(alert, format.text("alert." + alert)))
                                .toList()),
                new Filter(
                        "runway",
                        "table.runway",
                        format.text("table.any"),
                        Stream.of("1", "3", "7", "14", "30")
                                .map(days -> new Filter.Choice(
                                        days, format.text("table.runway.below", Integer.valueOf(days))))
                                .toList()),
                new Filter(
                        "state",
                        "customer.state",
                        format.text("table.any"),
                        Stream.of("open", "active", "suspended", "closed")
                                .map(state -> new Filter.Choice(state, format.text("customer.state." + state)))
                                .toList()),
                new Filter("joined", "customer.joined", format.text("table.any"), months()),
                new Filter("leaving", "customer.leaving", format.text("table.any"), months()));
    }

    /** Returns this month and earlier ones, by the reseller's calendar. */
    private List<Filter.Choice> months() {
        var month = YearMonth.from(LocalDate.ofInstant(clock.instant(), format.zoneOfBooks()));
        return IntStream.range(0, MONTHS)
                .mapToObj(month::minusMonths)
                .map(one -> new Filter.Choice(
                        one.toString(),
                        format.text("invoice.month", format.monthName(one), String.valueOf(one.getYear()))))
                .toList();
    }

    /** Returns the fields of the export. */
    public List<Field<CustomerStatus>> fields() {
        return List.of(
                new Field<>("service.id", CustomerStatus::id),
                new Field<>("customer.name", CustomerStatus::name),
                new Field<>("customer.billing", CustomerStatus::billingEmail),
                new Field<>("customer.country", CustomerStatus::country),
                new Field<>("customer.wallet", row -> format.text("alert." + portalLabels.alert(row.alert()))),
                new Field<>("customer.services", CustomerStatus::services),
                new Field<>("service.per-hour", row -> row.burnPerHour().amount()),
                new Field<>("wallet.balance", row -> row.balance().amount()),
                new Field<>("csv.currency", row -> row.balance().currency().getCurrencyCode()),
                new Field<>("table.since", CustomerStatus::createdAt));
    }
}
