package io.tenantry.web.invoice;

import io.tenantry.identity.Permission;
import io.tenantry.invoicing.DocumentList;
import io.tenantry.invoicing.DocumentList.Head;
import io.tenantry.invoicing.Documents;
import io.tenantry.listing.Found;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.YearMonth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An organization's documents, and the months of which there are drafts. */
@Named
@RequestScoped
public class InvoicesPage {
    @Inject
    CurrentOrganization organization;

    @Inject
    DocumentList list;

    @Inject
    Documents documents;

    @Inject
    InvoiceColumns columns;

    @Inject
    Tables tables;

    private @Nullable Table<Head> table;
    private @Nullable List<YearMonth> drafts;

    /** Whether money may be shown. */
    public boolean isOpen() {
        return organization.may(Permission.BILLING_VIEW);
    }

    public Table<Head> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "invoices",
                    "/portal/invoices",
                    List.of(),
                    columns.ofMembers(),
                    columns.filters(isOpen() ? list.months(organization.getId()) : List.of()),
                    wish -> isOpen() ? list.find(organization.getId(), wish) : Found.nothing());
            table = known;
        }
        return known;
    }

    /** Months whose document is not issued yet, the running one first. */
    public List<YearMonth> getDrafts() {
        var known = drafts;
        if (known == null) {
            known = isOpen() ? documents.drafts() : List.of();
            drafts = known;
        }
        return known;
    }
}
