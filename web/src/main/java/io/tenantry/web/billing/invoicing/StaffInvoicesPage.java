package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.BillingParties;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.DocumentList.InvoiceSummary;
import io.tenantry.billing.invoicing.InvoiceSettings;
import io.tenantry.kernel.query.ResultPage;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.list.Table;
import io.tenantry.web.list.Tables;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All documents of a reseller, and the next ones to be issued. */
@Named
@RequestScoped
public class StaffInvoicesPage {
    @Inject
    CurrentPerson me;

    @Inject
    DocumentList list;

    @Inject
    InvoiceSettings settings;

    @Inject
    BillingParties billingParties;

    @Inject
    InvoiceColumns columns;

    @Inject
    InvoiceLabels labels;

    @Inject
    Tables tables;

    @Inject
    Format format;

    private @Nullable Table<InvoiceSummary> table;
    private @Nullable String next;
    private @Nullable Boolean silent;

    /** Issues all documents that are due. */
    public void issueNow() {
        settings.issueNow();
        PageResult.go(getTable().address().getHref(), format.text("invoicing.requested"));
    }

    /** Whether the user may view documents. */
    public boolean isOpen() {
        return me.may(Permission.STAFF_BILLING_VIEW);
    }

    public Table<InvoiceSummary> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "staff-invoices",
                    "/staff/invoices",
                    List.of(DocumentList.CUSTOMER),
                    columns.ofStaff(),
                    columns.filters(isOpen() ? list.months() : List.of()),
                    listQuery -> isOpen() ? list.find(listQuery) : ResultPage.nothing());
            table = known;
        }
        return known;
    }

    /** Returns the next documents to be issued, as a sentence. */
    public String getNext() {
        var known = next;
        if (known == null) {
            known = isOpen() ? describe(settings.next()) : "";
            next = known;
        }
        return known;
    }

    private String describe(InvoiceSettings.NextInvoicing coming) {
        var month = labels.month(coming.month());
        return coming.isStarted()
                ? format.text("invoices.waiting", month, coming.waiting())
                : format.text("invoices.next", month, format.date(coming.dueAt(), "moment"));
    }

    /** Whether nothing is issued because the seller's data is missing. */
    public boolean isSilent() {
        var known = silent;
        if (known == null) {
            known = isOpen() && billingParties.seller().isEmpty();
            silent = known;
        }
        return known;
    }

    /** Whether the user may request documents. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_BILLING_MANAGE);
    }

    /** Whether the user may change the rules. */
    public boolean isRuled() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }
}
