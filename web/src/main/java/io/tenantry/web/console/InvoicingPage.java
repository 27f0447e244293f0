package io.tenantry.web.console;

import io.tenantry.identity.Permission;
import io.tenantry.invoicing.InvoiceRunList;
import io.tenantry.invoicing.InvoiceRunsConsole;
import io.tenantry.listing.Found;
import io.tenantry.money.Money;
import io.tenantry.time.MovableClock;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The issuing of documents, month by month and tenant by tenant, as it goes on. */
@Named
@RequestScoped
public class InvoicingPage {
    @Inject
    InvoiceRunsConsole runs;

    @Inject
    InvoiceRunColumns columns;

    @Inject
    MovableClock movable;

    @Inject
    CurrentPerson me;

    @Inject
    Tables tables;

    @Inject
    Fmt fmt;

    private @Nullable Table<InvoiceRunList.View> table;

    /** Issues whatever is due; what failed and what waits is tried again. */
    public void issueNow() {
        runs.issueNow();
        Visit.go(getTable().address().getHref(), fmt.text("invoicing.requested"));
    }

    public Table<InvoiceRunList.View> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "invoicing",
                    "/console/invoicing",
                    List.of(),
                    columns.columns(),
                    columns.filters(),
                    wish -> me.may(Permission.PLATFORM_RUNS_VIEW) ? runs.find(wish) : Found.nothing());
            table = known;
        }
        return known;
    }

    /** Whether documents may be asked for. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_RUNS_MANAGE);
    }

    /** When a run is tried again, by the clock that everybody sees: retries wait in real time. */
    public Instant shown(Instant retryAt) {
        return retryAt.plus(movable.offset());
    }

    public String nameOf(InvoiceRunList.View run) {
        return columns.nameOf(run);
    }

    /** What a run's documents come to; empty when its tenant is gone. */
    public @Nullable Money netOf(InvoiceRunList.View run) {
        return columns.netOf(run);
    }
}
