package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.DocumentList.InvoiceSummary;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.portal.CurrentOrganization;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An organization's documents, and the months with drafts. */
@Named
@RequestScoped
public class InvoicesPage {
    @Inject
    CurrentOrganization organization;

    @Inject
    DocumentList list;

    @Inject
    InvoiceQuery invoiceQuery;

    @Inject
    InvoiceColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<InvoiceSummary> table;
    private @Nullable List<YearMonth> drafts;

    /** Whether the user may view money. */
    public boolean isOpen() {
        return organization.may(Permission.BILLING_VIEW);
    }

    public Table<InvoiceSummary> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "invoices",
                    "/portal/invoices",
                    List.of(),
                    columns.ofMembers(),
                    columns.filters(isOpen() ? list.months(organization.getId()) : List.of()),
                    listQuery -> isOpen() ? list.find(organization.getId(), listQuery) : ResultPage.nothing());
            table = known;
        }
        return known;
    }

    /** Returns the months whose document is not issued yet, the running one first. */
    public List<YearMonth> getDrafts() {
        var known = drafts;
        if (known == null) {
            known = isOpen() ? invoiceQuery.drafts() : List.of();
            drafts = known;
        }
        return known;
    }
}
