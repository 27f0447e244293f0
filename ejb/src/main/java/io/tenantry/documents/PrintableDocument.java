package io.tenantry.documents;

import io.tenantry.billing.einvoice.CiiWriter;
import io.tenantry.billing.einvoice.EInvoice;
import io.tenantry.billing.einvoice.Profile;
import io.tenantry.billing.einvoice.UblWriter;
import io.tenantry.billing.invoicing.DocumentList;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.documents.InvoiceFiles.DocumentFile;
import io.tenantry.documents.InvoiceFiles.Format;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A document to be stored as a file, with its data as an e-invoice. Independent of the database. */
record PrintableDocument(
        DocumentList.InvoiceSummary head,
        InvoiceSeller seller,
        InvoiceQuery.InvoiceDetails details,
        DocumentTexts words,
        DocumentTemplate documentTemplate,
        EInvoice invoice) {
    /** Returns the available formats: e-invoices only if it has all required data. */
    Set<Format> formats() {
        var formats = EnumSet.of(Format.PDF);
        if (invoice.lacks(Profile.EN_16931).isEmpty()) {
            formats.add(Format.FACTUR_X);
        }
        if (invoice.lacks(Profile.XRECHNUNG).isEmpty()) {
            formats.add(Format.XRECHNUNG_CII);
            formats.add(Format.XRECHNUNG_UBL);
        }
        return formats;
    }

    /** Returns the file with that content. */
    DocumentFile file(Format format, byte[] content) {
        return new DocumentFile(
                head.number().replaceAll("[^A-Za-z0-9._-]", "-") + format.ending(), format.mediaType(), content);
    }

    /**
     * Creates the content.
     *
     * @param page provides the look, called only for printing
     */
    byte[] content(Format format, Supplier<DocumentHtml> page) {
        return switch (format) {
            case PDF -> pdf(page.get());
            case FACTUR_X -> CiiWriter.of(invoice, Profile.EN_16931);
            case XRECHNUNG_CII -> CiiWriter.of(invoice, Profile.XRECHNUNG);
            case XRECHNUNG_UBL -> UblWriter.of(invoice, Profile.XRECHNUNG);
        };
    }

    private byte[] pdf(DocumentHtml page) {
        var documentMetadata = new PdfA3Writer.DocumentMetadata(
                page.title(head), seller.address().name(), words.locale().toLanguageTag(), head.issuedAt());
        var attached = formats().contains(Format.FACTUR_X)
                ? Optional.of(CiiWriter.of(invoice, Profile.EN_16931))
                : Optional.<byte[]>empty();
        return PdfA3Writer.of(page.of(head, seller, details), documentMetadata, attached);
    }
}
