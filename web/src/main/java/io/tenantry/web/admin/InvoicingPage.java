package io.tenantry.web.admin;

import io.tenantry.billing.invoicing.InvoiceRunAdministration;
import io.tenantry.billing.invoicing.InvoiceRunList;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
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
    InvoiceRunAdministration runs;

    @Inject
    InvoiceRunColumns columns;

    @Inject
    MovableClock movable;

    @Inject
    CurrentPerson me;

    @Inject
    Tables tables;

    @Inject
    Format format;

    private @Nullable Table<InvoiceRunList.View> table;

    /** Issues whatever is due; what failed and what waits is tried again. */
    public void issueNow() {
        runs.issueNow();
        PageResult.go(getTable().address().getHref(), format.text("invoicing.requested"));
    }

    public Table<InvoiceRunList.View> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "invoicing",
                    "/admin/invoicing",
                    List.of(),
                    columns.columns(),
                    columns.filters(),
                    listQuery ->
                            me.may(Permission.PLATFORM_CHARGING_VIEW) ? runs.find(listQuery) : ResultPage.nothing());
            table = known;
        }
        return known;
    }

    /** Whether documents may be asked for. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_CHARGING_MANAGE);
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
