package io.tenantry.web.staff;

import io.tenantry.provisioning.Customers.Standing;
import io.tenantry.web.portal.Words;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Column;
import io.tenantry.web.table.Filter;
import io.tenantry.web.table.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What the list of customers looks like: columns, filters, and the columns of the file. */
@RequestScoped
public class CustomerColumns {
    /** By what customers can be narrowed. */
    public static final List<String> FILTERS = List.of("wallet", "runway", "state", "joined", "leaving");

    private static final int MONTHS = 12;

    @Inject
    Fmt fmt;

    @Inject
    Words words;

    @Inject
    Clock clock;

    /** The columns. */
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

    /** What they can be narrowed by. */
    public List<Filter> filters() {
        return List.of(
                new Filter(
                        "wallet",
                        "customer.wallet",
                        fmt.text("table.any"),
                        Stream.of("risk", "fine", "low", "zero", "over-limit")
                                .map(alert -> new Filter.Choice(alert, fmt.text("alert." + alert)))
                                .toList()),
                new Filter(
                        "runway",
                        "table.runway",
                        fmt.text("table.any"),
                        Stream.of("1", "3", "7", "14", "30")
                                .map(days ->
                                        new Filter.Choice(days, fmt.text("table.runway.below", Integer.valueOf(days))))
                                .toList()),
                new Filter(
                        "state",
                        "customer.state",
                        fmt.text("table.any"),
                        Stream.of("open", "active", "suspended", "closed")
                                .map(state -> new Filter.Choice(state, fmt.text("customer.state." + state)))
                                .toList()),
                new Filter("joined", "customer.joined", fmt.text("table.any"), months()),
                new Filter("leaving", "customer.leaving", fmt.text("table.any"), months()));
    }

    /** This month and those before it, by the reseller's calendar. */
    private List<Filter.Choice> months() {
        var month = YearMonth.from(LocalDate.ofInstant(clock.instant(), fmt.zoneOfBooks()));
        return IntStream.range(0, MONTHS)
                .mapToObj(month::minusMonths)
                .map(one -> new Filter.Choice(
                        one.toString(), fmt.text("invoice.month", fmt.monthName(one), String.valueOf(one.getYear()))))
                .toList();
    }

    /** The columns of the file. */
    public List<Field<Standing>> fields() {
        return List.of(
                new Field<>("service.id", Standing::id),
                new Field<>("customer.name", Standing::name),
                new Field<>("customer.billing", Standing::billingEmail),
                new Field<>("customer.country", Standing::country),
                new Field<>("customer.wallet", row -> fmt.text("alert." + words.alert(row.alert()))),
                new Field<>("customer.services", Standing::services),
                new Field<>("service.per-hour", row -> row.burnPerHour().amount()),
                new Field<>("wallet.balance", row -> row.balance().amount()),
                new Field<>("csv.currency", row -> row.balance().currency().getCurrencyCode()),
                new Field<>("table.since", Standing::createdAt));
    }
}
