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

/** The progress of invoicing by month and tenant. */
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

    /** Issues all documents that are due; retries runs that failed or wait. */
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

    /** Whether the operator may request the issuing of documents. */
    public boolean isManaged() {
        return me.may(Permission.PLATFORM_CHARGING_MANAGE);
    }

    /** Converts the time of a run's retry to the displayed clock: retries wait in real time. */
    public Instant shown(Instant retryAt) {
        return retryAt.plus(movable.offset());
    }

    public String nameOf(InvoiceRunList.View run) {
        return columns.nameOf(run);
    }

    /** Returns the net total of a run's documents; empty if its tenant no longer exists. */
    public @Nullable Money netOf(InvoiceRunList.View run) {
        return columns.netOf(run);
    }
}
