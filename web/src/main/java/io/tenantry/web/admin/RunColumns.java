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
                Column.of("amount", "runs.charged").ofFigures(),
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
                                .map(hours -> new Filter.Choice(hours.toString(), within(hours)))
                                .toList()),
                new Filter(RunList.HOUR, "runs.hour", format.text("table.any"), hours()));
    }

    private String within(int hours) {
        return hours > HOURS && hours % HOURS == 0
                ? format.text("runs.within.days", hours / HOURS)
                : format.text("runs.within.hours", hours);
    }

    /** Returns the hours of the last day, the latest first. */
    private List<Filter.Choice> hours() {
        var last = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return IntStream.range(0, HOURS)
                .mapToObj(back -> last.minus(back, ChronoUnit.HOURS))
                .map(hour -> new Filter.Choice(hour.toString(), format.date(hour, "moment")))
                .toList();
    }

    /**
     * A line of the export: what a run charged in one currency. The figures of the whole run are in its first line only, so that they can be
     * added up.
     *
     * @param amount null if nothing was charged and the tenant no longer exists
     */
    record Line(RunSummary run, @Nullable Money amount, boolean isFirst) {

        @Nullable
        Object first(Object value) {
            return isFirst ? value : null;
        }
    }

    /** Returns the first line of a run. */
    Line line(RunSummary run) {
        var amounts = amountsOf(run);
        return new Line(run, amounts.isEmpty() ? null : amounts.get(0), true);
    }

    /** Returns all lines of a run by its first one: one for each currency. */
    List<Line> lines(Line first) {
        return Stream.concat(
                        Stream.of(first),
                        amountsOf(first.run()).stream().skip(1).map(amount -> new Line(first.run(), amount, false)))
                .toList();
    }

    /** Returns the fields of the export; an amount is always accompanied by its currency. */
    List<Field<Line>> fields() {
        return List.of(
                new Field<>("runs.number", line -> line.run().id()),
                new Field<>("draft.slug", line -> line.run().tenant().value()),
                new Field<>("tenants.one", line -> nameOf(line.run().tenant())),
                new Field<>("runs.hour", line -> line.run().until()),
                new Field<>(
                        "runs.state",
                        line -> format.text("runs.state." + line.run().state())),
                new Field<>("runs.services", line -> line.first(line.run().services())),
                new Field<>("runs.hours", line -> line.first(line.run().hours())),
                new Field<>(
                        "runs.charged",
                        line -> line.amount() == null ? null : line.amount().amount()),
                new Field<>(
                        "csv.currency",
                        line -> line.amount() == null
                                ? null
                                : line.amount().currency().getCurrencyCode()),
                new Field<>("runs.took.ms", line -> line.first(line.run().took().toMillis())),
                new Field<>("runs.nodes", line -> line.run().nodes()),
                new Field<>("runs.error", line -> line.run().error().orElse(null)),
                new Field<>("runs.again", line -> line.run().retryAt().orElse(null)));
    }

    /** Returns the display name of a tenant. */
    String nameOf(TenantId id) {
        return tenants.nameOf(id);
    }

    /** Returns what a run charged, in each currency. */
    List<Money> amountsOf(RunSummary run) {
        return tenants.amountsOf(run);
    }
}
