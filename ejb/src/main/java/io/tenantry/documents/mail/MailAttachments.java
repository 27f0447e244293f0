package io.tenantry.documents.mail;

import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.documents.InvoiceFiles;
import io.tenantry.documents.InvoiceFiles.DocumentFile;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.documents.SettlementFiles;
import io.tenantry.settlement.SettlementQuery;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The documents that emails enclose: invoices, or settlements of the platform. */
@ApplicationScoped
public class MailAttachments {
    @Inject
    InvoiceQuery invoiceQuery;

    @Inject
    InvoiceFiles invoiceFiles;

    @Inject
    SettlementQuery settlements;

    @Inject
    SettlementFiles settlementFiles;

    /** Returns the formats in which the document can be made. */
    Set<Format> formats(Outbox.Attachment known) {
        return known.isSettlement()
                ? settlementFiles.formats(settlements.document(known.documentId()))
                : invoiceFiles.formats(invoiceQuery.one(known.documentId()));
    }

    /** Returns the document in one format. */
    DocumentFile one(Outbox.Attachment known, Format format, Locale locale) {
        return known.isSettlement()
                ? settlementFiles.one(known.documentId(), format, locale)
                : invoiceFiles.one(known.documentId(), format, locale);
    }

    /** Returns the document in all formats that the email encloses. */
    List<DocumentFile> all(Outbox.Attachment known, Locale locale) {
        return known.isSettlement()
                ? settlementFiles.some(known.documentId(), known.formats(), locale)
                : invoiceFiles.some(known.documentId(), known.formats(), locale);
    }
}
