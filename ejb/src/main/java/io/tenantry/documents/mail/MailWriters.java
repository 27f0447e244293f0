package io.tenantry.documents.mail;

import io.tenantry.tenancy.Tenant;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** The automatic senders of emails: notifications, documents of a tenant's customers, and documents of the tenant. */
@ApplicationScoped
public class MailWriters {
    @Inject
    NotificationMails notificationMails;

    @Inject
    InvoiceMails invoiceMails;

    @Inject
    SettlementMails settlementMails;

    /** Writes emails for notifications of a tenant's people, and for documents. Returns whether there are more to write. */
    boolean write(Tenant tenant) {
        var looked = notificationMails.write(tenant);
        var documents = invoiceMails.write(tenant);
        var settled = settlementMails.write(tenant);
        return looked == NotificationMails.batch()
                || documents == InvoiceMails.BATCH
                || settled == SettlementMails.BATCH;
    }
}
