package io.tenantry.web.admin;

import io.tenantry.billing.invoicing.InvoiceRunList;
import io.tenantry.billing.invoicing.InvoiceRunList.View;
import io.tenantry.kernel.money.Money;
import io.tenantry.web.layout.Format;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.ListFile.Field;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The presentation of the list of invoicing runs: columns, filters and export fields. */
@RequestScoped
public class InvoiceRunColumns {
    /** The parameters by which runs can be filtered. */
    static final List<String> FILTERS = List.of(InvoiceRunList.TENANT, InvoiceRunList.STATE);

    @Inject
    Format format;

    @Inject
    RunTenantNames tenants;

    /** Returns the columns. */
    List<Column> columns() {
        return List.of(
                Column.of("month", "invoicing.month").always(),
                Column.of(InvoiceRunList.STATE, "runs.state"),
                Column.of("documents", "invoicing.documents").ofFigures(),
                Column.of("net", "invoicing.net").ofFigures(),
                Column.of("waiting", "invoicing.waiting").ofFigures(),
                Column.of("node", "runs.nodes").unsorted(),
                Column.of("error", "runs.error").unsorted());
    }

    /** Returns the filters. */
    List<Filter> filters() {
        return List.of(
                tenants.filter(InvoiceRunList.TENANT),
                new Filter(
                        InvoiceRunList.STATE,
                        "runs.state",
                        format.text("table.any"),
                        Stream.concat(
                                        Stream.of(new Filter.Choice(
                                                InvoiceRunList.UNFINISHED, format.text("runs.filter.unfinished"))),
                                        Stream.of("FAILED", "WAITING", "RUNNING", "OPEN", "DONE")
                                                .map(state -> new Filter.Choice(
                                                        state.toLowerCase(Locale.ROOT),
                                                        format.text("invoicing.state." + state))))
                                .toList()));
    }

    /** Returns the fields of the export; an amount is always accompanied by its currency. */
    List<Field<View>> fields() {
        return List.of(
                new Field<>("runs.number", View::id),
                new Field<>("draft.slug", run -> run.tenant().value()),
                new Field<>("tenants.one", this::nameOf),
                new Field<>("invoicing.month", run -> run.month().toString()),
                new Field<>("invoicing.due", View::dueAt),
                new Field<>("runs.state", run -> format.text("invoicing.state." + run.state())),
                new Field<>("invoicing.documents", View::documents),
                new Field<>("invoicing.net", View::net),
                new Field<>("csv.currency", run -> tenants.currencyOf(run.tenant())),
                new Field<>("invoicing.waiting", View::waiting),
                new Field<>("runs.nodes", run -> run.node().orElse(null)),
                new Field<>("runs.error", run -> run.error().orElse(null)),
                new Field<>("runs.again", run -> run.retryAt().orElse(null)));
    }

    /** Returns the display name of a run's tenant. */
    String nameOf(View run) {
        return tenants.nameOf(run.tenant());
    }

    /** Returns the net total of a run's documents; empty if its tenant no longer exists. */
    @Nullable
    Money netOf(View run) {
        return tenants.money(run.tenant(), run.net());
    }
}
