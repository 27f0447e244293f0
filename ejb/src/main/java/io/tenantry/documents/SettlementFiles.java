package io.tenantry.documents;

import io.tenantry.brand.Brand;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.documents.InvoiceFiles.Made;
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
 * Settlements as invoices of the platform, and their credit notes, as files. A file is made when somebody of either side first asks for it, and kept: whoever asks again gets the same.
 * Who may see a settlement may have its files.
 */
@Stateless
public class SettlementFiles {
    @Inject
    SettlementQuery books;

    @Inject
    SettlementArchive archive;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public SettlementFiles() {}

    /** For use outside a container. */
    public SettlementFiles(SettlementQuery books, SettlementArchive archive, TenantDirectory tenants) {
        this.books = books;
        this.archive = archive;
        this.tenants = tenants;
    }

    /** As what a settlement can be had: nothing as long as it is no invoice or asks for nothing, and as an e-invoice only if it says all that one has to. */
    public Set<Format> formats(SettlementQuery.SettlementDocument settlementDocument) {
        return printable(settlementDocument, Locale.ENGLISH)
                .map(PrintableDocument::formats)
                .orElseGet(() -> EnumSet.noneOf(Format.class));
    }

    /**
     * A settlement as a file.
     *
     * @param locale in whose words; each language is a file of its own
     * @throws NotFoundException if there is no such settlement or no such file of it, or the one who asks is not to know
     */
    public Made one(UUID id, Format format, Locale locale) {
        var printableDocument = printable(books.paper(id), locale)
                .filter(known -> known.formats().contains(format))
                .orElseThrow(() -> new NotFoundException("file", id));
        var language = locale.toLanguageTag();
        var document = new SettlementArchive.Of(printableDocument.head().kind(), id);
        var content = archive.kept(document, format, language)
                .orElseGet(() -> archive.keep(
                        document, format, language, printableDocument.content(format, () -> page(printableDocument))));
        return printableDocument.file(format, content);
    }

    /** Of these files those that a settlement can be had as, in the same order. */
    public List<Made> some(UUID id, List<Format> wanted, Locale locale) {
        var possible = formats(books.paper(id));
        return wanted.stream()
                .filter(possible::contains)
                .map(format -> one(id, format, locale))
                .toList();
    }

    /** In the platform's look, under its own name. */
    private static DocumentHtml page(PrintableDocument printableDocument) {
        var look = Brand.TENANTRY;
        var name = printableDocument.seller().address().name();
        var brand = new Brand(name, look.look(), look.contact(), List.of(), look.brandImages(), look.version());
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
