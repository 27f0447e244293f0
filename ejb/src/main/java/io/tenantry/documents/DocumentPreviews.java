package io.tenantry.documents;

import io.tenantry.billing.invoicing.BillingParties;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.Permission;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * Previews of documents with a template. They are printed like real documents, so that they look the same; nothing is stored and no number is
 * taken.
 */
@Stateless
public class DocumentPreviews {
    private static final float DOTS_PER_INCH = 110;

    @Inject
    Clock clock;

    @Inject
    Access access;

    @Inject
    TenantDirectory tenants;

    @Inject
    BillingParties billingParties;

    @Inject
    Brands brands;

    /** For the container. */
    public DocumentPreviews() {}

    /** For use outside a container. */
    public DocumentPreviews(
            Clock clock, Access access, TenantDirectory tenants, BillingParties billingParties, Brands brands) {
        this.clock = clock;
        this.access = access;
        this.tenants = tenants;
        this.billingParties = billingParties;
        this.brands = brands;
    }

    /** An image of the first page, and the number of pages. */
    public record PageImage(byte[] png, int pages) {}

    /** Returns the default accent color of documents, used if a template sets none. */
    public Colour accent() {
        access.require(Permission.STAFF_BILLING_VIEW);
        return Letterhead.of(brands, DocumentTemplate.NONE).accent();
    }

    /**
     * Renders a preview of documents.
     *
     * @param documentTemplate a valid draft
     * @throws IllegalArgumentException if its texts are too long, or its payment term is
     */
    public PageImage picture(DocumentTemplate documentTemplate, DocumentTemplate.Language language) {
        access.require(Permission.STAFF_BILLING_VIEW);
        if (!documentTemplate.isFit()) {
            throw new IllegalArgumentException("out of bounds: " + documentTemplate.faults());
        }
        var letterhead = Letterhead.of(brands, documentTemplate);
        var words = new DocumentTexts(locale(language), tenants.current().zone());
        var invoiceSeller = billingParties
                .seller()
                .orElseGet(() -> standIn(letterhead.brand().name()));
        return drawn(pdf(letterhead, words, invoiceSeller));
    }

    /** Returns the locale of customers' documents in that language. */
    private Locale locale(DocumentTemplate.Language language) {
        var own = tenants.current().locale();
        return DocumentTemplate.Language.of(own) == language ? own : Locale.forLanguageTag(language.tag());
    }

    /** Returns a placeholder for missing seller details. */
    private static InvoiceSeller standIn(String name) {
        return new InvoiceSeller(new PostalAddress(name, "", "", "", ""), "", "", "", "", "", "", "", "", "");
    }

    private byte[] pdf(Letterhead letterhead, DocumentTexts words, InvoiceSeller invoiceSeller) {
        var currency = tenants.current().currency();
        var invoiceDetails =
                new SampleInvoice(words, currency, clock.instant(), letterhead.documentTemplate()).of(invoiceSeller);
        var invoiceSummary = invoiceDetails.issued().orElseThrow();
        var page = new DocumentHtml(letterhead, words);
        var documentMetadata = new PdfA3Writer.DocumentMetadata(
                page.title(invoiceSummary),
                invoiceSeller.address().name(),
                words.locale().toLanguageTag(),
                invoiceSummary.issuedAt());
        return PdfA3Writer.of(
                page.specimen(invoiceSummary, invoiceSeller, invoiceDetails), documentMetadata, Optional.empty());
    }

    private static PageImage drawn(byte[] content) {
        var out = new ByteArrayOutputStream();
        try (var pdf = Loader.loadPDF(content)) {
            ImageIO.write(new PDFRenderer(pdf).renderImageWithDPI(0, DOTS_PER_INCH, ImageType.RGB), "png", out);
            return new PageImage(out.toByteArray(), pdf.getNumberOfPages());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
