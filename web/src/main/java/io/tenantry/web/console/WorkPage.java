package io.tenantry.web.console;

import io.tenantry.listing.Wish;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Column;
import io.tenantry.web.table.Filter;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import io.tenantry.work.WorkConsole;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What waits to be done outside of transactions, of all resellers: how long already, how often in vain, and why. */
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
    WorkConsole work;

    @Inject
    WorkWords words;

    @Inject
    TenantDirectory directory;

    @Inject
    Fmt fmt;

    @Inject
    Tables tables;

    private @Nullable Table<WorkConsole.View> table;

    /** Looks at the list, if it may be seen. */
    public void open() {
        Visit.look(() -> table = read());
    }

    public Table<WorkConsole.View> getTable() {
        var known = table;
        if (known == null) {
            known = read();
            table = known;
        }
        return known;
    }

    /** What people call whose it is. */
    public String nameOf(TenantId tenant) {
        return directory.byId(tenant).map(Tenant::name).orElse(tenant.value());
    }

    private Table<WorkConsole.View> read() {
        return tables.of(
                "work",
                "/console/work",
                List.of(),
                COLUMNS,
                List.of(
                        new Filter("state", "work.state", fmt.text("work.unfinished"), states()),
                        new Filter("kind", "work.kind", fmt.text("table.any"), kinds()),
                        new Filter("tenant", "tenants.one", fmt.text("table.any"), tenants())),
                this::find);
    }

    private io.tenantry.listing.Found<WorkConsole.View> find(Wish wish) {
        return work.find(wish);
    }

    private List<Filter.Choice> states() {
        return Stream.of("parked", "retrying", "waiting", "working", "over", "all")
                .map(state -> new Filter.Choice(state, fmt.text("work.state." + state)))
                .toList();
    }

    private List<Filter.Choice> kinds() {
        return work.kinds().stream()
                .map(kind -> new Filter.Choice(kind, words.kind(kind)))
                .toList();
    }

    private List<Filter.Choice> tenants() {
        return directory.all().stream()
                .map(tenant -> new Filter.Choice(tenant.id().value(), tenant.name()))
                .toList();
    }
}
