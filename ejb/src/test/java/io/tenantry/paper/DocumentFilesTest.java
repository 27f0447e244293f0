package io.tenantry.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.invoicing.Documents;
import io.tenantry.invoicing.Invoicing;
import io.tenantry.invoicing.Office;
import io.tenantry.paper.DocumentFiles.Format;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Files of documents that were issued: who may have them, which there are, and that they stay what they are. */
class DocumentFilesTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-04T00:00:00Z");

    private static Books books;
    private static Office office;
    private static Documents documents;
    private static Brands brands;
    private static DocumentFiles files;
    private static UUID wallet;
    private static UUID invoice;

    @BeforeAll
    static void issueOne() {
        books = new Books("filed", "EUR", "Europe/Berlin");
        office = new Office(books);
        var tenants = new TenantDirectory(Database.administration());
        var access = new Access(books.sql);
        var invoicing = new Invoicing(books.sql, books.clock, tenants, Office.trail(books));
        documents = new Documents(books.sql, books.clock, access, tenants, invoicing);
        brands = new Brands(books.sql, books.clock);
        files = new DocumentFiles(books.sql, books.clock, tenants, documents, brands);
        books.clock.stopAt(RENTED);
        wallet = books.wallet("100");
        office.name(wallet);
        books.rent(wallet, books.price("7.30"), RENTED);
        books.charge(IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER);
        assertThat(office.issue(wallet, Office.OCTOBER).documents()).isEqualTo(1);
        invoice = document("INVOICE");
    }

    private static UUID document(String kind) {
        return books.in(() -> books.sql.one(
                "select id from invoice where wallet_id = ? and kind = ? order by issued_at desc limit 1",
                row -> row.uuid("id"),
                wallet,
                kind));
    }

    private static DocumentFiles.Made file(UUID id, Format format, Locale locale) {
        return books.in(() -> files.one(id, format, locale));
    }

    private static int kept(UUID id) {
        return books.in(() -> books.sql.one(
                "select count(*)::int as n from invoice_file where invoice_id = ?", row -> row.whole("n"), id));
    }

    @Test
    void isMadeOnceAndStaysWhatItIs() throws IOException {
        var first = file(invoice, Format.PDF, Locale.GERMANY);
        var keptFiles = kept(invoice);
        books.in(() ->
                brands.save(Brand.of("Renamed", Colour.of("#9f1239"), Colour.of("#0f766e"), Colour.of("#e0912f"))));

        var reprint = file(invoice, Format.PDF, Locale.GERMANY);
        var other = file(invoice, Format.PDF, Locale.US);

        assertThat(reprint.content()).isEqualTo(first.content());
        assertThat(kept(invoice)).isEqualTo(keptFiles + 1);
        assertThat(first.name()).isEqualTo("INV-2026-000001.pdf");
        assertThat(first.mediaType()).isEqualTo("application/pdf");
        assertThat(other.content()).isNotEqualTo(first.content());
        try (var pdf = Loader.loadPDF(first.content())) {
            assertThat(pdf.getDocumentInformation().getTitle()).isEqualTo("Rechnung INV-2026-000001");
            var attached = Objects.requireNonNull(pdf.getDocumentCatalog()
                    .getNames()
                    .getEmbeddedFiles()
                    .getNames()
                    .get("factur-x.xml"));
            assertThat(attached.getEmbeddedFile().toByteArray())
                    .isEqualTo(file(invoice, Format.FACTUR_X, Locale.GERMANY).content());
        }
    }

    @Test
    void thereIsNoXRechnungOfWhoSaysTooLittle() {
        var formats = books.in(() -> files.formats(documents.one(invoice)));

        assertThat(formats).containsExactlyInAnyOrder(Format.PDF, Format.FACTUR_X);
        assertThatThrownBy(() -> file(invoice, Format.XRECHNUNG_UBL, Locale.GERMANY))
                .isInstanceOf(NotVisible.class);
    }

    @Test
    void aDraftIsNoFile() {
        var organization = books.in(() -> documents.one(invoice)).organizationId();

        var formats = books.in(() -> files.formats(documents.draft(organization)));

        assertThat(formats).isEmpty();
    }

    @Test
    void aProformaIsMadeOnTheFlySaysWhatItIsNotAndTakesNoNumber() throws IOException {
        var organization = books.in(() -> documents.one(invoice)).organizationId();
        var draft = books.in(() -> documents.draft(organization));
        var before = documentsAndFiles();

        var made = books.in(() -> files.proforma(organization, Optional.empty(), Locale.US));

        assertThat(made.name()).isEqualTo("proforma-2026-11.pdf");
        try (var pdf = Loader.loadPDF(made.content())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains(
                            "Proforma \u2013 not an invoice",
                            "no payment is due",
                            "\u20ac" + draft.total().amount().setScale(2))
                    .doesNotContain("INV-");
            assertThat(pdf.getDocumentCatalog().getNames())
                    .satisfiesAnyOf(
                            names -> assertThat(names).isNull(),
                            names -> assertThat(names.getEmbeddedFiles()).isNull());
        }
        assertThat(documentsAndFiles()).isEqualTo(before);
    }

    private static long documentsAndFiles() {
        return books.in(() -> books.sql.one(
                "select ((select count(*) from invoice) * 1000 + (select count(*) from invoice_file) "
                        + "+ (select sum(next_number) from invoice_series) * 1000000)::bigint as n",
                row -> row.big("n")));
    }

    @Test
    void aStatementOfAccountSaysWhatCameWentAndIsLeft() throws IOException {
        var organization = books.in(() -> documents.one(invoice)).organizationId();
        var statements = statements();
        var first = LocalDate.of(2026, 10, 1);

        var made = books.in(() -> statements.pdf(organization, first, LocalDate.of(2026, 11, 30), Locale.US));
        var nothing = books.in(() -> statements.pdf(organization, first, first, Locale.GERMANY));

        assertThat(made.name()).isEqualTo("statement-2026-10-01-2026-11-30.pdf");
        try (var pdf = Loader.loadPDF(made.content())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains(
                            "Account statement",
                            "Hourly charges",
                            "INV-2026-000001",
                            "\u20ac" + books.balance(wallet).amount().setScale(2, RoundingMode.HALF_UP));
        }
        try (var pdf = Loader.loadPDF(nothing.content())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Kontoauszug", "Keine Buchungen in diesem Zeitraum.");
        }
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() ->
                            Database.in(books.tenant, () -> statements.pdf(organization, first, first, Locale.US)))
                    .isInstanceOfAny(NotVisible.class, AccessDenied.class);
        }
    }

    private static AccountFiles statements() {
        var tenants = new TenantDirectory(Database.administration());
        return new AccountFiles(office.accounts(), brands, books.sql, books.clock, tenants);
    }

    @Test
    void whoMaySeeNoBillsGetsNoProforma() {
        var organization = books.in(() -> documents.one(invoice)).organizationId();
        try (var acting = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() ->
                            Database.in(books.tenant, () -> files.proforma(organization, Optional.empty(), Locale.US)))
                    .isInstanceOfAny(NotVisible.class, AccessDenied.class);
        }
        assertThatThrownBy(() ->
                        books.in(() -> files.proforma(organization, Optional.of(YearMonth.of(2026, 10)), Locale.US)))
                .isInstanceOf(NotVisible.class);
    }

    @Test
    void aCreditNoteIsAFileToo() {
        office.credit(wallet, "0.5");

        var file = file(document("CREDIT_NOTE"), Format.FACTUR_X, Locale.GERMANY);

        assertThat(file.name()).isEqualTo("CN-2026-000001-factur-x.xml");
        assertThat(new String(file.content(), StandardCharsets.UTF_8))
                .contains("<ram:TypeCode>381</ram:TypeCode>", "<ram:GrandTotalAmount>0.50</ram:GrandTotalAmount>")
                .contains("<ram:IssuerAssignedID>INV-2026-000001</ram:IssuerAssignedID>");
    }

    @Test
    void aStrangerGetsNothingAndLeavesNothing() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        var before = kept(invoice);

        for (var format : Format.values()) {
            assertThatThrownBy(() -> {
                        try (var acting = Actors.enter(stranger)) {
                            Database.in(books.tenant, () -> files.one(invoice, format, Locale.FRENCH));
                        }
                    })
                    .isInstanceOf(NotVisible.class);
        }
        assertThat(kept(invoice)).isEqualTo(before);
    }

    @Test
    void nobodyChangesAFile() {
        file(invoice, Format.FACTUR_X, Locale.US);

        assertThatThrownBy(() -> books.in(() -> books.sql.update("update invoice_file set content = '\\x00'")))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> books.in(() -> books.sql.update("delete from invoice_file")))
                .hasMessageContaining("permission denied");
    }
}
