package io.tenantry.paper;

import io.tenantry.brand.Brand;
import io.tenantry.identity.NotVisible;
import io.tenantry.paper.DocumentFiles.Format;
import io.tenantry.paper.DocumentFiles.Made;
import io.tenantry.settlement.SettlementBooks;
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
    SettlementBooks books;

    @Inject
    SettlementArchive archive;

    @Inject
    TenantDirectory tenants;

    /** For the container. */
    public SettlementFiles() {}

    /** For use outside a container. */
    public SettlementFiles(SettlementBooks books, SettlementArchive archive, TenantDirectory tenants) {
        this.books = books;
        this.archive = archive;
        this.tenants = tenants;
    }

    /** As what a settlement can be had: nothing as long as it is no invoice or asks for nothing, and as an e-invoice only if it says all that one has to. */
    public Set<Format> formats(SettlementBooks.Paper paper) {
        return printable(paper, Locale.ENGLISH).map(Printable::formats).orElseGet(() -> EnumSet.noneOf(Format.class));
    }

    /**
     * A settlement as a file.
     *
     * @param locale in whose words; each language is a file of its own
     * @throws NotVisible if there is no such settlement or no such file of it, or the one who asks is not to know
     */
    public Made one(UUID id, Format format, Locale locale) {
        var printable = printable(books.paper(id), locale)
                .filter(known -> known.formats().contains(format))
                .orElseThrow(() -> new NotVisible("file", id));
        var language = locale.toLanguageTag();
        var document = new SettlementArchive.Of(printable.head().kind(), id);
        var content = archive.kept(document, format, language)
                .orElseGet(() ->
                        archive.keep(document, format, language, printable.content(format, () -> page(printable))));
        return printable.file(format, content);
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
    private static PaperPage page(Printable printable) {
        var look = Brand.TENANTRY;
        var name = printable.seller().address().name();
        var brand = new Brand(name, look.look(), look.contact(), List.of(), look.pictures(), look.version());
        return new PaperPage(new Letterhead(brand, Optional.empty(), printable.template()), printable.words());
    }

    private Optional<Printable> printable(SettlementBooks.Paper paper, Locale locale) {
        return paper.invoice().filter(any -> SettlementPaper.isAsking(paper)).map(invoice -> {
            ZoneId zone = tenants.byId(paper.head().tenant()).map(Tenant::zone).orElse(ZoneOffset.UTC);
            return SettlementPaper.printable(paper, invoice, zone, locale);
        });
    }
}
