package io.tenantry.documents;

import io.tenantry.billing.invoicing.DocumentKind;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.brand.Brands;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Issued documents as files. A file is created on the first request and stored: later requests get the same file, even if the brand, its texts
 * or this program have changed. Anyone who may see a document may have its files.
 */
@Stateless
public class InvoiceFiles {
    private static final String KEPT =
            "select content from invoice_file where invoice_id = ? and format = ? and language = ?";

    private static final String KEEP = """
            insert into invoice_file (invoice_id, format, language, content, created_at)
            values (?, ?, ?, ?, ?)
            on conflict on constraint invoice_file_pk do nothing
            """;

    @Inject
    Sql sql;

    @Inject
    Clock clock;

    @Inject
    TenantDirectory tenants;

    @Inject
    InvoiceQuery invoiceQuery;

    @Inject
    Brands brands;

    /** For the container. */
    public InvoiceFiles() {}

    /** For use outside a container. */
    public InvoiceFiles(Sql sql, Clock clock, TenantDirectory tenants, InvoiceQuery invoiceQuery, Brands brands) {
        this.sql = sql;
        this.clock = clock;
        this.tenants = tenants;
        this.invoiceQuery = invoiceQuery;
        this.brands = brands;
    }

    /** File format of a document. */
    public enum Format {
        /** For people, with the embedded e-invoice if the document has all required data. */
        PDF("application/pdf", ".pdf"),
        /** Only the e-invoice of the PDF. */
        FACTUR_X("application/xml", "-factur-x.xml"),
        XRECHNUNG_CII("application/xml", "-xrechnung-cii.xml"),
        XRECHNUNG_UBL("application/xml", "-xrechnung-ubl.xml");

        private final String mediaType;
        private final String ending;

        Format(String mediaType, String ending) {
            this.mediaType = mediaType;
            this.ending = ending;
        }

        String mediaType() {
            return mediaType;
        }

        String ending() {
            return ending;
        }
    }

    /** A file, ready for download. */
    public record DocumentFile(String name, String mediaType, byte[] content) {}

    /** Returns the available formats of a document: none for a proforma, and e-invoices only if it has all required data. */
    public Set<Format> formats(InvoiceQuery.InvoiceDetails invoiceDetails) {
        return source(invoiceDetails, DocumentTemplate.NONE, Locale.ENGLISH)
                .map(PrintableDocument::formats)
                .orElseGet(() -> EnumSet.noneOf(Format.class));
    }

    /**
     * Returns a document as a file.
     *
     * @param locale the language; each language is a separate file
     * @throws NotFoundException if there is no such document or file, or the user has no access to it
     */
    public DocumentFile one(UUID id, Format format, Locale locale) {
        return some(id, List.of(format), locale).stream()
                .findFirst()
                .orElseThrow(() -> new NotFoundException("file", id));
    }

    /**
     * Returns a proforma of an organization's running month as a PDF: a preview of the invoice as of now, by the same calculation. It is
     * created on each request, has no number and no embedded e-invoice, and is not stored.
     *
     * @param month another month whose documents are not issued yet; empty for the running one
     * @throws NotFoundException if there is no such month, the reseller's details are missing, or the user has no access to the organization
     */
    public DocumentFile proforma(UUID organizationId, Optional<YearMonth> month, Locale locale) {
        var invoiceDetails = month.map(wanted -> invoiceQuery.draft(organizationId, wanted))
                .orElseGet(() -> invoiceQuery.draft(organizationId));
        var invoiceSeller = invoiceDetails.seller().orElseThrow(() -> new NotFoundException("file", organizationId));
        var words = new DocumentTexts(locale, tenants.current().zone());
        var documentTemplate = new TemplateRepository(sql)
                .latest()
                .map(DocumentTemplates.Version::documentTemplate)
                .orElse(DocumentTemplate.NONE);
        var page = page(documentTemplate, words);
        var now = clock.instant();
        var documentMetadata = new PdfA3Writer.DocumentMetadata(
                page.proformaTitle(invoiceDetails),
                invoiceSeller.address().name(),
                words.locale().toLanguageTag(),
                now);
        return new DocumentFile(
                "proforma-" + invoiceDetails.period().month() + Format.PDF.ending,
                Format.PDF.mediaType,
                PdfA3Writer.of(page.proforma(invoiceSeller, invoiceDetails, now), documentMetadata, Optional.empty()));
    }

    /** Returns the available ones of the requested formats, in the same order. */
    public List<DocumentFile> some(UUID id, List<Format> wanted, Locale locale) {
        var invoiceDetails = invoiceQuery.one(id);
        var source = source(invoiceDetails, new TemplateRepository(sql).ofDocument(id), locale);
        var made = new ArrayList<DocumentFile>();
        for (var format : wanted) {
            source.filter(known -> known.formats().contains(format)).ifPresent(known -> made.add(file(format, known)));
        }
        return made;
    }

    private DocumentFile file(Format format, PrintableDocument source) {
        var id = source.head().id();
        var locale = source.words().locale();
        return source.file(format, kept(id, format, locale).orElseGet(() -> keep(id, format, source)));
    }

    private Optional<byte[]> kept(UUID id, Format format, Locale locale) {
        return sql.first(KEPT, row -> row.bytes("content"), id, format, locale.toLanguageTag());
    }

    /** Creates and stores a file; if another request was faster, returns its file. */
    private byte[] keep(UUID id, Format format, PrintableDocument source) {
        var locale = source.words().locale();
        sql.update(KEEP, id, format, locale.toLanguageTag(), made(format, source), clock.instant());
        return kept(id, format, locale).orElseThrow();
    }

    private byte[] made(Format format, PrintableDocument source) {
        return source.content(format, () -> page(source.documentTemplate(), source.words()));
    }

    private DocumentHtml page(DocumentTemplate documentTemplate, DocumentTexts words) {
        return new DocumentHtml(Letterhead.of(brands, documentTemplate), words);
    }

    private Optional<PrintableDocument> source(
            InvoiceQuery.InvoiceDetails invoiceDetails, DocumentTemplate documentTemplate, Locale locale) {
        var words = new DocumentTexts(locale, tenants.current().zone(), reference(invoiceDetails));
        return invoiceDetails
                .issued()
                .filter(invoiceSummary -> invoiceSummary.kind() != DocumentKind.PROFORMA)
                .flatMap(invoiceSummary -> invoiceDetails
                        .seller()
                        .map(invoiceSeller -> new PrintableDocument(
                                invoiceSummary,
                                invoiceSeller,
                                invoiceDetails,
                                words,
                                documentTemplate,
                                new EInvoiceMapper(words, documentTemplate)
                                        .of(invoiceSummary, invoiceSeller, invoiceDetails))));
    }

    /** Returns the payment reference for a bank transfer, which never changes. Empty if nothing is payable, or not by bank transfer. */
    private String reference(InvoiceQuery.InvoiceDetails invoiceDetails) {
        return invoiceDetails
                .issued()
                .filter(EInvoiceMapper::isToBePaid)
                .filter(invoiceSummary -> invoiceDetails
                        .seller()
                        .filter(known -> !known.iban().isEmpty())
                        .isPresent())
                .flatMap(invoiceSummary -> sql.first(
                        "select reference from bank_reference where organization_id = ?",
                        row -> row.text("reference"),
                        invoiceSummary.organizationId()))
                .map(reference -> reference.replaceAll("(.{4})(?!$)", "$1 "))
                .orElse("");
    }
}
