package io.tenantry.web.admin;

import io.tenantry.billing.charging.RunList;
import io.tenantry.billing.charging.RunQuery.RunSummary;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The presentation of the list of charging runs: columns, filters and export fields. */
@RequestScoped
public class RunColumns {
    /** The parameters by which runs can be filtered. */
    static final List<String> FILTERS = List.of(RunList.TENANT, RunList.STATE, RunList.WITHIN, RunList.HOUR);

    private static final int HOURS = 24;

    @Inject
    Clock clock;

    @Inject
    Format format;

    @Inject
    RunTenantNames tenants;

    /** Returns the columns. */
    List<Column> columns() {
        return List.of(
                Column.of("hour", "runs.hour").always(),
                Column.of(RunList.STATE, "runs.state"),
                Column.of("services", "runs.services").ofFigures(),
                Column.of("hours", "runs.hours").ofFigures(),
                Column.of("amount", "runs.amount").ofFigures(),
                Column.of("took", "runs.took").ofFigures(),
                Column.of("nodes", "runs.nodes").unsorted(),
                Column.of("error", "runs.error").unsorted());
    }

    /** Returns the filters. */
    List<Filter> filters() {
        return List.of(
                tenants.filter(RunList.TENANT),
                new Filter(
                        RunList.STATE,
                        "runs.state",
                        format.text("table.any"),
                        Stream.of(RunList.UNFINISHED, "failed", "running", "open", "done")
                                .map(state -> new Filter.Choice(state, format.text("runs.filter." + state)))
                                .toList()),
                new Filter(
                        RunList.WITHIN,
                        "runs.within",
                        format.text("table.any"),
                        Stream.of(1, 24, 168)
                                .map(hours ->
                                        new Filter.Choice(hours.toString(), format.text("runs.within.hours", hours)))
                                .toList()),
                new Filter(RunList.HOUR, "runs.hour", format.text("table.any"), hours()));
    }

    /** Returns the hours of the last day, the latest first. */
    private List<Filter.Choice> hours() {
        var last = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return IntStream.range(0, HOURS)
                .mapToObj(back -> last.minus(back, ChronoUnit.HOURS))
                .map(hour -> new Filter.Choice(hour.toString(), format.date(hour, "moment")))
                .toList();
    }

    /** Returns the fields of the export; an amount is always accompanied by its currency. */
    List<Field<RunSummary>> fields() {
        return List.of(
                new Field<>("runs.number", RunSummary::id),
                new Field<>("draft.slug", run -> run.tenant().value()),
                new Field<>("tenants.one", run -> nameOf(run.tenant())),
                new Field<>("runs.hour", RunSummary::until),
                new Field<>("runs.state", run -> format.text("runs.state." + run.state())),
                new Field<>("runs.services", RunSummary::services),
                new Field<>("runs.hours", RunSummary::hours),
                new Field<>("runs.amount", RunSummary::amount),
                new Field<>("csv.currency", run -> tenants.currencyOf(run.tenant())),
                new Field<>("runs.took.ms", run -> run.took().toMillis()),
                new Field<>("runs.nodes", RunSummary::nodes),
                new Field<>("runs.error", run -> run.error().orElse(null)),
                new Field<>("runs.again", run -> run.retryAt().orElse(null)));
    }

    /** Returns the display name of a tenant. */
    String nameOf(TenantId id) {
        return tenants.nameOf(id);
    }

    /** Returns the amount that a run charged; empty if its tenant no longer exists. */
    @Nullable
    Money amountOf(RunSummary run) {
        return tenants.money(run.tenant(), run.amount());
    }
}
