package io.tenantry.web.billing.invoicing;

import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.documents.InvoiceFiles;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.Permission;
import io.tenantry.text.DateText;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.portal.CurrentOrganization;
import io.tenantry.web.security.CurrentPerson;
import jakarta.enterprise.context.RequestScoped;
import jakarta.faces.context.FacesContext;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One document, or a proforma: of the named organization, else of the member's current one. */
@Named
@RequestScoped
public class InvoicePage {
    @Inject
    CurrentOrganization current;

    @Inject
    CurrentPerson me;

    @Inject
    InvoiceQuery invoiceQuery;

    @Inject
    InvoiceFiles invoiceFiles;

    private @Nullable String id;
    private @Nullable String organization;
    private @Nullable String month;
    private InvoiceQuery.@Nullable InvoiceDetails invoiceDetails;
    private @Nullable List<InvoiceFiles.Format> files;

    /** Loads the document, if the user may view it. */
    public void open() {
        PageResult.load(() -> {
            var found = id == null ? draft() : invoiceQuery.one(PageResult.id("document", id));
            current.show(found.organizationId());
            invoiceDetails = found;
        });
    }

    private InvoiceQuery.InvoiceDetails draft() {
        var owner = organization == null ? mine() : PageResult.id("organization", organization);
        var wanted = month;
        return wanted == null ? invoiceQuery.draft(owner) : invoiceQuery.draft(owner, parsed(wanted));
    }

    private UUID mine() {
        return current.getId();
    }

    private static YearMonth parsed(String text) {
        return DateText.month(text).orElseThrow(() -> new NotFoundException("draft", "of that month"));
    }

    /** Whether the member may change the billing address. */
    public boolean isBuyer() {
        return current.may(Permission.BILLING_MANAGE);
    }

    /**
     * Returns the document; on a postback, parts of the page are requested before {@link #open}, so it is loaded by the request's parameter.
     */
    public InvoiceQuery.InvoiceDetails getDocument() {
        var known = invoiceDetails;
        if (known == null) {
            var parameters =
                    FacesContext.getCurrentInstance().getExternalContext().getRequestParameterMap();
            known = invoiceQuery.one(PageResult.id("document", parameters.get("id")));
            invoiceDetails = known;
        }
        return known;
    }

    /** Returns the formats in which it is available; none if it is a proforma. */
    public List<InvoiceFiles.Format> getFiles() {
        var known = files;
        if (known == null) {
            known = List.copyOf(invoiceFiles.formats(getDocument()));
            files = known;
        }
        return known;
    }

    /** Whether it is an issued document. */
    public boolean isIssued() {
        return invoiceDetails != null && getDocument().issued().isPresent();
    }

    /** Whether staff may correct it. The use case checks the permission again. */
    public boolean isCorrectable() {
        return me.may(Permission.STAFF_BILLING_MANAGE)
                && getDocument()
                        .issued()
                        .filter(invoiceSummary -> invoiceSummary.kind() == DocumentKind.INVOICE
                                && !invoiceSummary.state().equals("VOID"))
                        .isPresent();
    }

    public @Nullable String getId() {
        return id;
    }

    public void setId(@Nullable String id) {
        this.id = id;
    }

    public @Nullable String getOrganization() {
        return organization;
    }

    public void setOrganization(@Nullable String organization) {
        this.organization = organization;
    }

    public @Nullable String getMonth() {
        return month;
    }

    public void setMonth(@Nullable String month) {
        this.month = month;
    }
}
