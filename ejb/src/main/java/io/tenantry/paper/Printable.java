package io.tenantry.paper;

import io.tenantry.einvoice.Cii;
import io.tenantry.einvoice.EInvoice;
import io.tenantry.einvoice.Profile;
import io.tenantry.einvoice.Ubl;
import io.tenantry.invoicing.DocumentList;
import io.tenantry.invoicing.Documents;
import io.tenantry.invoicing.Seller;
import io.tenantry.paper.DocumentFiles.Format;
import io.tenantry.paper.DocumentFiles.Made;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A document that can be a file, with what it says as an e-invoice. Pure. */
record Printable(
        DocumentList.Head head,
        Seller seller,
        Documents.Paper paper,
        PaperWords words,
        Template template,
        EInvoice invoice) {
    /** As what it can be had: as an e-invoice only if it says all that one has to. */
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

    /** The file with that content. */
    Made file(Format format, byte[] content) {
        return new Made(
                head.number().replaceAll("[^A-Za-z0-9._-]", "-") + format.ending(), format.mediaType(), content);
    }

    /**
     * Makes it.
     *
     * @param page in which look, asked for only if it is printed
     */
    byte[] content(Format format, Supplier<PaperPage> page) {
        return switch (format) {
            case PDF -> pdf(page.get());
            case FACTUR_X -> Cii.of(invoice, Profile.EN_16931);
            case XRECHNUNG_CII -> Cii.of(invoice, Profile.XRECHNUNG);
            case XRECHNUNG_UBL -> Ubl.of(invoice, Profile.XRECHNUNG);
        };
    }

    private byte[] pdf(PaperPage page) {
        var facts = new Pdf.Facts(
                page.title(head), seller.address().name(), words.locale().toLanguageTag(), head.issuedAt());
        var attached = formats().contains(Format.FACTUR_X)
                ? Optional.of(Cii.of(invoice, Profile.EN_16931))
                : Optional.<byte[]>empty();
        return Pdf.of(page.of(head, seller, paper), facts, attached);
    }
}
