package io.tenantry.web.admin;

import io.tenantry.admin.platform.TenantChoice;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Column;
import io.tenantry.web.list.Filter;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.workqueue.WorkAdministration;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The work items of all resellers that wait: for how long, after how many failed attempts, and why. */
@Named
@RequestScoped
public class WorkPage {
    private static final List<Column> COLUMNS = List.of(
            Column.of("kind", "work.kind").always(),
            Column.of("tenant", "tenants.one"),
            Column.of("state", "work.state"),
            Column.of("age", "work.written"),
            Column.of("due", "work.due"),
            Column.of("attempts", "work.attempts").ofFigures(),
            Column.of("error", "work.error").unsorted());

    @Inject
    WorkAdministration work;

    @Inject
    WorkLabels labels;

    @Inject
    TenantDirectory directory;

    @Inject
    TenantChoice choice;

    @Inject
    Format format;

    @Inject
    Tables tables;

    private @Nullable Table<WorkAdministration.View> table;

    /** Loads the list, if the operator may view it. */
    public void open() {
        PageResult.load(() -> table = read());
    }

    public Table<WorkAdministration.View> getTable() {
        var known = table;
        if (known == null) {
            known = read();
            table = known;
        }
        return known;
    }

    /** Returns the display name of a tenant. */
    public String nameOf(TenantId tenant) {
        return directory.byId(tenant).map(Tenant::name).orElse(tenant.value());
    }

    private Table<WorkAdministration.View> read() {
        return tables.of(
                "work",
                "/admin/work",
                List.of(),
                COLUMNS,
                List.of(
                        new Filter("state", "work.state", format.text("work.unfinished"), states()),
                        new Filter("kind", "work.kind", format.text("table.any"), kinds()),
                        new Filter("tenant", "tenants.one", format.text("table.any"), tenants())),
                this::find);
    }

    private io.tenantry.kernel.query.ResultPage<WorkAdministration.View> find(ListQuery listQuery) {
        return work.find(listQuery);
    }

    private List<Filter.Choice> states() {
        return Stream.of("parked", "retrying", "waiting", "working", "over", "all")
                .map(state -> new Filter.Choice(state, format.text("work.state." + state)))
                .toList();
    }

    private List<Filter.Choice> kinds() {
        return work.kinds().stream()
                .map(kind -> new Filter.Choice(kind, labels.kind(kind)))
                .toList();
    }

    private List<Filter.Choice> tenants() {
        return choice.all().stream()
                .map(tenant -> new Filter.Choice(tenant.id().value(), tenant.name()))
                .toList();
    }
}
