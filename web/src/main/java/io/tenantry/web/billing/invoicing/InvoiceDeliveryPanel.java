package io.tenantry.web.billing.invoicing;

import io.tenantry.documents.mail.InvoiceDelivery;
import io.tenantry.people.identity.Permission;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageResult;
import io.tenantry.web.security.CurrentPerson;
import jakarta.faces.view.ViewScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.io.Serializable;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The delivery of a document's emails, below the document, and sending it again. */
@Named
@ViewScoped
public class InvoiceDeliveryPanel implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    InvoiceDelivery mails;

    @Inject
    Format format;

    private String here = "";
    private @Nullable UUID documentId;
    private @Nullable UUID organizationId;
    private transient InvoiceDelivery.@Nullable Delivery delivery;

    /** Opens the panel for the document that a page shows; a proforma has none. */
    public void open(String documentsPath, InvoicePage page) {
        if (!page.isIssued()) {
            return;
        }
        var invoiceSummary = page.getDocument().issued().orElseThrow();
        here = documentsPath + "?id=" + invoiceSummary.id();
        documentId = invoiceSummary.id();
        organizationId = invoiceSummary.organizationId();
    }

    /** Whether there is a document that could be emailed. */
    public boolean isKnown() {
        return documentId != null;
    }

    /** Returns the delivery of its emails. */
    public InvoiceDelivery.Delivery getDelivery() {
        var known = delivery;
        if (known == null) {
            known = mails.of(document());
            delivery = known;
        }
        return known;
    }

    /** Whether the user may send it to all billing contacts again. The use case checks the permission again. */
    public boolean isSendable() {
        var owner = organizationId;
        return me.isStaff()
                ? me.may(Permission.STAFF_BILLING_MANAGE)
                : owner != null && me.mayIn(owner, Permission.BILLING_MANAGE);
    }

    /** Whether the user can have it sent to their own address. */
    public boolean isMine() {
        return me.isMember() && !me.isActing();
    }

    /** Whether the user may view the emails themselves. */
    public boolean isMailVisible() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Sends it to all billing contacts again. */
    public void again() {
        showOutcome(mails.again(document()));
    }

    /** Sends it to the member who requests it. */
    public void toMe() {
        showOutcome(mails.toMe(document()));
    }

    private void showOutcome(InvoiceDelivery.Outcome outcome) {
        PageResult.go(here, format.text("delivery.outcome." + outcome));
    }

    private UUID document() {
        return Objects.requireNonNull(documentId);
    }
}
