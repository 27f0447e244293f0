package io.tenantry.web.console;

import io.tenantry.charging.ChargingRuns.View;
import io.tenantry.charging.RunList;
import io.tenantry.money.Money;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.table.Column;
import io.tenantry.web.table.Filter;
import io.tenantry.web.table.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the list of runs looks like: columns, filters, and the columns of the file. */
@RequestScoped
public class RunColumns {
    /** By what runs can be narrowed. */
    static final List<String> FILTERS = List.of(RunList.TENANT, RunList.STATE, RunList.WITHIN, RunList.HOUR);

    private static final int HOURS = 24;

    @Inject
    Clock clock;

    @Inject
    Fmt fmt;

    @Inject
    RunTenants tenants;

    /** The columns. */
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

    /** What they can be narrowed by. */
    List<Filter> filters() {
        return List.of(
                tenants.filter(RunList.TENANT),
                new Filter(
                        RunList.STATE,
                        "runs.state",
                        fmt.text("table.any"),
                        Stream.of(RunList.UNFINISHED, "failed", "running", "open", "done")
                                .map(state -> new Filter.Choice(state, fmt.text("runs.filter." + state)))
                                .toList()),
                new Filter(
                        RunList.WITHIN,
                        "runs.within",
                        fmt.text("table.any"),
                        Stream.of(1, 24, 168)
                                .map(hours -> new Filter.Choice(hours.toString(), fmt.text("runs.within.hours", hours)))
                                .toList()),
                new Filter(RunList.HOUR, "runs.hour", fmt.text("table.any"), hours()));
    }

    /** The hours of the last day, the latest first. */
    private List<Filter.Choice> hours() {
        var last = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return IntStream.range(0, HOURS)
                .mapToObj(back -> last.minus(back, ChronoUnit.HOURS))
                .map(hour -> new Filter.Choice(hour.toString(), fmt.date(hour, "moment")))
                .toList();
    }

    /** The columns of the file; an amount never stands without its currency. */
    List<Field<View>> fields() {
        return List.of(
                new Field<>("runs.number", View::id),
                new Field<>("draft.slug", run -> run.tenant().value()),
                new Field<>("tenants.one", run -> nameOf(run.tenant())),
                new Field<>("runs.hour", View::until),
                new Field<>("runs.state", run -> fmt.text("runs.state." + run.state())),
                new Field<>("runs.services", View::services),
                new Field<>("runs.hours", View::hours),
                new Field<>("runs.amount", View::amount),
                new Field<>("csv.currency", run -> tenants.currencyOf(run.tenant())),
                new Field<>("runs.took.ms", run -> run.took().toMillis()),
                new Field<>("runs.nodes", View::nodes),
                new Field<>("runs.error", run -> run.error().orElse(null)),
                new Field<>("runs.again", run -> run.retryAt().orElse(null)));
    }

    /** What people call a tenant. */
    String nameOf(TenantId id) {
        return tenants.nameOf(id);
    }

    /** What a run charged; empty when its tenant is gone. */
    @Nullable
    Money amountOf(View run) {
        return tenants.money(run.tenant(), run.amount());
    }
}
