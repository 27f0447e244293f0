package io.tenantry.web.invoice;

import io.tenantry.identity.Permission;
import io.tenantry.invoicing.DocumentList;
import io.tenantry.invoicing.DocumentList.Head;
import io.tenantry.invoicing.InvoiceOffice;
import io.tenantry.invoicing.Parties;
import io.tenantry.listing.Found;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
import io.tenantry.web.table.Table;
import io.tenantry.web.table.Tables;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All documents of a reseller, and what comes next. */
@Named
@RequestScoped
public class StaffInvoicesPage {
    @Inject
    CurrentPerson me;

    @Inject
    DocumentList list;

    @Inject
    InvoiceOffice office;

    @Inject
    Parties parties;

    @Inject
    InvoiceColumns columns;

    @Inject
    InvoiceWords words;

    @Inject
    Tables tables;

    @Inject
    Fmt fmt;

    private @Nullable Table<Head> table;
    private @Nullable String next;
    private @Nullable Boolean silent;

    /** Issues what is due. */
    public void issueNow() {
        office.issueNow();
        Visit.go(getTable().address().getHref(), fmt.text("invoicing.requested"));
    }

    /** Whether documents may be shown. */
    public boolean isOpen() {
        return me.may(Permission.STAFF_WALLETS_VIEW);
    }

    public Table<Head> getTable() {
        var known = table;
        if (known == null) {
            known = tables.of(
                    "staff-invoices",
                    "/staff/invoices",
                    List.of(DocumentList.CUSTOMER),
                    columns.ofStaff(),
                    columns.filters(isOpen() ? list.months() : List.of()),
                    wish -> isOpen() ? list.find(wish) : Found.nothing());
            table = known;
        }
        return known;
    }

    /** What comes next, in a sentence. */
    public String getNext() {
        var known = next;
        if (known == null) {
            known = isOpen() ? told(office.next()) : "";
            next = known;
        }
        return known;
    }

    private String told(InvoiceOffice.Next coming) {
        var month = words.month(coming.month());
        return coming.isBegun()
                ? fmt.text("invoices.waiting", month, coming.waiting())
                : fmt.text("invoices.next", month, fmt.date(coming.dueAt(), "moment"));
    }

    /** Whether nothing is issued because nobody has said who the reseller is. */
    public boolean isSilent() {
        var known = silent;
        if (known == null) {
            known = isOpen() && parties.seller().isEmpty();
            silent = known;
        }
        return known;
    }

    /** Whether documents may be asked for. */
    public boolean isManaged() {
        return me.may(Permission.STAFF_WALLETS_ADJUST);
    }

    /** Whether the rules may be changed. */
    public boolean isRuled() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }
}
