package io.tenantry.web.invoice;

import io.tenantry.identity.Permission;
import io.tenantry.mail.DocumentMails;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Visit;
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
public class DeliveryPage implements Serializable {
    private static final long serialVersionUID = 1L;

    @Inject
    CurrentPerson me;

    @Inject
    DocumentMails mails;

    @Inject
    Fmt fmt;

    private String here = "";
    private @Nullable UUID documentId;
    private @Nullable UUID organizationId;
    private transient DocumentMails.@Nullable Delivery delivery;

    /** Of the document that a page shows; of a draft there is nothing. */
    public void open(String papers, InvoicePage page) {
        if (!page.isIssued()) {
            return;
        }
        var head = page.getPaper().issued().orElseThrow();
        here = papers + "?id=" + head.id();
        documentId = head.id();
        organizationId = head.organizationId();
    }

    /** Whether there is a document that could be mailed. */
    public boolean isKnown() {
        return documentId != null;
    }

    /** What became of its mails. */
    public DocumentMails.Delivery getDelivery() {
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
                ? me.may(Permission.STAFF_WALLETS_ADJUST)
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

    private void say(DocumentMails.Outcome outcome) {
        Visit.go(here, fmt.text("delivery.said." + outcome));
    }

    private UUID document() {
        return Objects.requireNonNull(documentId);
    }
}
