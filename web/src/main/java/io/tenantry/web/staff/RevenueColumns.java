package io.tenantry.web.staff;

import io.tenantry.billing.wallet.RevenueQuery;
import io.tenantry.web.catalog.fx.DisplayCurrency;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;

/** The presentation of the list of revenue: columns, filters and export fields. */
@RequestScoped
public class RevenueColumns {
    @Inject
    DisplayCurrency list;

    /** The parameters that the address carries in addition to the days. */
    static final List<String> KEPT = List.of(RevenueQuery.HOUR);

    /** The parameters by which revenue can be filtered. */
    static final List<String> FILTERS =
            List.of(RevenueQuery.HOUR, RevenueQuery.FROM, RevenueQuery.TO, RevenueQuery.CURRENCY);

    /** Returns the columns. */
    List<Column> columns() {
        return List.of(
                Column.of("customer", "table.customer").always(),
                Column.of("amount", "runs.charged").ofFigures());
    }

    /** Returns the filters. */
    List<Filter> filters() {
        var days =
                List.of(Filter.day(RevenueQuery.FROM, "statement.from"), Filter.day(RevenueQuery.TO, "statement.to"));
        if (list.getCodes().size() == 1) {
            return days;
        }
        var others = list.getCodes().stream()
                .skip(1)
                .map(code -> new Filter.Choice(code, code))
                .toList();
        return Stream.concat(
                        days.stream(), Stream.of(new Filter(RevenueQuery.CURRENCY, "currency", list.getHome(), others)))
                .toList();
    }

    /** Returns the fields of the export; an amount is always accompanied by its currency. */
    List<Field<RevenueQuery.CustomerRevenue>> fields() {
        return List.of(
                new Field<>("service.id", RevenueQuery.CustomerRevenue::organizationId),
                new Field<>("table.customer", RevenueQuery.CustomerRevenue::name),
                new Field<>("runs.charged", row -> row.amount().amount()),
                new Field<>("csv.currency", row -> row.amount().currency().getCurrencyCode()));
    }
}
