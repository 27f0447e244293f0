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

/** What became of a document's mails, below the document, and sending it once more. */
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

    /** Of the document that a page shows; of a draft there is nothing. */
    public void open(String papers, InvoicePage page) {
        if (!page.isIssued()) {
            return;
        }
        var invoiceSummary = page.getPaper().issued().orElseThrow();
        here = papers + "?id=" + invoiceSummary.id();
        documentId = invoiceSummary.id();
        organizationId = invoiceSummary.organizationId();
    }

    /** Whether there is a document that could be mailed. */
    public boolean isKnown() {
        return documentId != null;
    }

    /** What became of its mails. */
    public InvoiceDelivery.Delivery getDelivery() {
        var known = delivery;
        if (known == null) {
            known = mails.of(document());
            delivery = known;
        }
        return known;
    }

    /** Whether it may be sent to all billing contacts once more. The use case asks again. */
    public boolean isSendable() {
        var whose = organizationId;
        return me.isStaff()
                ? me.may(Permission.STAFF_BILLING_MANAGE)
                : whose != null && me.mayIn(whose, Permission.BILLING_MANAGE);
    }

    /** Whether the one who looks can have it sent to themselves. */
    public boolean isMine() {
        return me.isMember() && !me.isActing();
    }

    /** Whether the one who looks may see the mails themselves. */
    public boolean isMailVisible() {
        return me.may(Permission.STAFF_SETTINGS_MANAGE);
    }

    /** Sends it to all billing contacts once more. */
    public void again() {
        say(mails.again(document()));
    }

    /** Sends it to the member who asks. */
    public void toMe() {
        say(mails.toMe(document()));
    }

    private void say(InvoiceDelivery.Outcome outcome) {
        PageResult.go(here, format.text("delivery.said." + outcome));
    }

    private UUID document() {
        return Objects.requireNonNull(documentId);
    }
}
