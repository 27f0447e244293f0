package io.tenantry.documents;

import io.tenantry.brand.Brand;
import io.tenantry.documents.InvoiceFiles.DocumentFile;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.settlement.SettlementQuery;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import jakarta.ejb.Stateless;
import jakarta.inject.Inject;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Settlements as invoices of the platform, and their credit notes, as files. A file is created on the first request by either side and stored:
 * later requests get the same file. Anyone who may see a settlement may have its files.
 */
@Stateless
public class SettlementFiles {
    @Inject
    SettlementQuery settlementQuery;

    @Inject
    SettlementArchive archive;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public SettlementFiles() {}

    /** For use outside a container. */
    public SettlementFiles(SettlementQuery settlementQuery, SettlementArchive archive, TenantDirectory tenants) {
        this.settlementQuery = settlementQuery;
        this.archive = archive;
        this.tenants = tenants;
    }

    /**
     * Returns the available formats of a settlement: none unless it is an invoice with an amount, and e-invoices only if it has all required
     * data.
     */
    public Set<Format> formats(SettlementQuery.SettlementDocument settlementDocument) {
        return printable(settlementDocument, Locale.ENGLISH)
                .map(PrintableDocument::formats)
                .orElseGet(() -> EnumSet.noneOf(Format.class));
    }

    /**
     * Returns a settlement as a file.
     *
     * @param locale the language; each language is a separate file
     * @throws NotFoundException if there is no such settlement or file, or the user has no access to it
     */
    public DocumentFile one(UUID id, Format format, Locale locale) {
        var printableDocument = printable(settlementQuery.document(id), locale)
                .filter(known -> known.formats().contains(format))
                .orElseThrow(() -> new NotFoundException("file", id));
        var language = locale.toLanguageTag();
        var document =
                new SettlementArchive.DocumentRef(printableDocument.head().kind(), id);
        var content = archive.kept(document, format, language)
                .orElseGet(() -> archive.keep(
                        document, format, language, printableDocument.content(format, () -> page(printableDocument))));
        return printableDocument.file(format, content);
    }

    /** Returns the available ones of the requested formats, in the same order. */
    public List<DocumentFile> some(UUID id, List<Format> wanted, Locale locale) {
        var possible = formats(settlementQuery.document(id));
        return wanted.stream()
                .filter(possible::contains)
                .map(format -> one(id, format, locale))
                .toList();
    }

    /** Returns a page in the platform's look, with its own name. */
    private static DocumentHtml page(PrintableDocument printableDocument) {
        var platformBrand = Brand.TENANTRY;
        var name = printableDocument.seller().address().name();
        var brand = new Brand(
                name,
                platformBrand.style(),
                platformBrand.contact(),
                List.of(),
                platformBrand.brandImages(),
                platformBrand.version());
        return new DocumentHtml(
                new Letterhead(brand, Optional.empty(), printableDocument.documentTemplate()),
                printableDocument.words());
    }

    private Optional<PrintableDocument> printable(
            SettlementQuery.SettlementDocument settlementDocument, Locale locale) {
        return settlementDocument
                .invoice()
                .filter(any -> SettlementEInvoiceMapper.isAsking(settlementDocument))
                .map(invoice -> {
                    ZoneId zone = tenants.byId(settlementDocument.head().tenant())
                            .map(Tenant::zone)
                            .orElse(ZoneOffset.UTC);
                    return SettlementEInvoiceMapper.printable(settlementDocument, invoice, zone, locale);
                });
    }
}
