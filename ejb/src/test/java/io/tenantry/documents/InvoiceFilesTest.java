package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.Invoicing;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.brand.Brand;
import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
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

/** Files of issued documents: who may download them, which exist, and that they never change. */
class InvoiceFilesTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-04T00:00:00Z");

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static InvoiceQuery invoiceQuery;
    private static Brands brands;
    private static InvoiceFiles files;
    private static UUID wallet;
    private static UUID invoice;

    @BeforeAll
    static void issueOne() {
        billingFixture = new BillingFixture("filed", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        var tenants = new TenantDirectory(Database.administration());
        var access = new Access(billingFixture.sql);
        var invoicing = new Invoicing(
                billingFixture.sql, billingFixture.clock, tenants, InvoicingFixture.trail(billingFixture));
        invoiceQuery = new InvoiceQuery(billingFixture.sql, billingFixture.clock, access, tenants, invoicing);
        brands = new Brands(billingFixture.sql, billingFixture.clock);
        files = new InvoiceFiles(billingFixture.sql, billingFixture.clock, tenants, invoiceQuery, brands);
        billingFixture.clock.stopAt(RENTED);
        wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        assertThat(invoicingFixture.issue(wallet, InvoicingFixture.OCTOBER).documents())
                .isEqualTo(1);
        invoice = document("INVOICE");
    }

    private static UUID document(String kind) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select id from invoice where wallet_id = ? and kind = ? order by issued_at desc limit 1",
                row -> row.uuid("id"),
                wallet,
                kind));
    }

    private static InvoiceFiles.DocumentFile file(UUID id, Format format, Locale locale) {
        return billingFixture.in(() -> files.one(id, format, locale));
    }

    private static int fileCount(UUID id) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select count(*)::int as n from invoice_file where invoice_id = ?", row -> row.whole("n"), id));
    }

    @Test
    void isRenderedOnceAndNeverChanges() throws IOException {
        var first = file(invoice, Format.PDF, Locale.GERMANY);
        var keptFiles = fileCount(invoice);
        billingFixture.in(() ->
                brands.save(Brand.of("Renamed", Colour.of("#9f1239"), Colour.of("#0f766e"), Colour.of("#e0912f"))));

        var reprint = file(invoice, Format.PDF, Locale.GERMANY);
        var other = file(invoice, Format.PDF, Locale.US);

        assertThat(reprint.content()).isEqualTo(first.content());
        assertThat(fileCount(invoice)).isEqualTo(keptFiles + 1);
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
    void offersNoXRechnungWithIncompleteSellerData() {
        var formats = billingFixture.in(() -> files.formats(invoiceQuery.one(invoice)));

        assertThat(formats).containsExactlyInAnyOrder(Format.PDF, Format.FACTUR_X);
        assertThatThrownBy(() -> file(invoice, Format.XRECHNUNG_UBL, Locale.GERMANY))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void storesNoFileForADraft() {
        var organization = billingFixture.in(() -> invoiceQuery.one(invoice)).organizationId();

        var formats = billingFixture.in(() -> files.formats(invoiceQuery.draft(organization)));

        assertThat(formats).isEmpty();
    }

    @Test
    void rendersAProformaWithoutNumberOrFile() throws IOException {
        var organization = billingFixture.in(() -> invoiceQuery.one(invoice)).organizationId();
        var draft = billingFixture.in(() -> invoiceQuery.draft(organization));
        var before = documentsAndFiles();

        var documentFile = billingFixture.in(() -> files.proforma(organization, Optional.empty(), Locale.US));

        assertThat(documentFile.name()).isEqualTo("proforma-2026-11.pdf");
        try (var pdf = Loader.loadPDF(documentFile.content())) {
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
        return billingFixture.in(() -> billingFixture.sql.one(
                "select ((select count(*) from invoice) * 1000 + (select count(*) from invoice_file) "
                        + "+ (select sum(next_number) from invoice_number_sequence) * 1000000)::bigint as n",
                row -> row.big("n")));
    }

    @Test
    void printsAStatementOfAccount() throws IOException {
        var organization = billingFixture.in(() -> invoiceQuery.one(invoice)).organizationId();
        var statements = statements();
        var first = LocalDate.of(2026, 10, 1);

        var documentFile =
                billingFixture.in(() -> statements.pdf(organization, first, LocalDate.of(2026, 11, 30), Locale.US));
        var nothing = billingFixture.in(() -> statements.pdf(organization, first, first, Locale.GERMANY));

        assertThat(documentFile.name()).isEqualTo("statement-2026-10-01-2026-11-30.pdf");
        try (var pdf = Loader.loadPDF(documentFile.content())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains(
                            "Account statement",
                            "Hourly charges",
                            "INV-2026-000001",
                            "\u20ac" + billingFixture.balance(wallet).amount().setScale(2, RoundingMode.HALF_UP));
        }
        try (var pdf = Loader.loadPDF(nothing.content())) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("Kontoauszug", "Keine Buchungen in diesem Zeitraum.");
        }
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(
                            billingFixture.tenant, () -> statements.pdf(organization, first, first, Locale.US)))
                    .isInstanceOfAny(NotFoundException.class, AccessDeniedException.class);
        }
    }

    private static StatementFiles statements() {
        var tenants = new TenantDirectory(Database.administration());
        return new StatementFiles(
                invoicingFixture.accounts(), brands, billingFixture.sql, billingFixture.clock, tenants);
    }

    @Test
    void requiresPermissionForAProforma() {
        var organization = billingFixture.in(() -> invoiceQuery.one(invoice)).organizationId();
        try (var actorScope = Actors.enter(new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia"))) {
            assertThatThrownBy(() -> Database.in(
                            billingFixture.tenant, () -> files.proforma(organization, Optional.empty(), Locale.US)))
                    .isInstanceOfAny(NotFoundException.class, AccessDeniedException.class);
        }
        assertThatThrownBy(() -> billingFixture.in(
                        () -> files.proforma(organization, Optional.of(YearMonth.of(2026, 10)), Locale.US)))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void rendersCreditNotes() {
        invoicingFixture.credit(wallet, "0.5");

        var file = file(document("CREDIT_NOTE"), Format.FACTUR_X, Locale.GERMANY);

        assertThat(file.name()).isEqualTo("CN-2026-000001-factur-x.xml");
        assertThat(new String(file.content(), StandardCharsets.UTF_8))
                .contains("<ram:TypeCode>381</ram:TypeCode>", "<ram:GrandTotalAmount>0.50</ram:GrandTotalAmount>")
                .contains("<ram:IssuerAssignedID>INV-2026-000001</ram:IssuerAssignedID>");
    }

    @Test
    void rendersNothingWithoutPermission() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        var before = fileCount(invoice);

        for (var format : Format.values()) {
            assertThatThrownBy(() -> {
                        try (var actorScope = Actors.enter(stranger)) {
                            Database.in(billingFixture.tenant, () -> files.one(invoice, format, Locale.FRENCH));
                        }
                    })
                    .isInstanceOf(NotFoundException.class);
        }
        assertThat(fileCount(invoice)).isEqualTo(before);
    }

    @Test
    void databaseRefusesToChangeAFile() {
        file(invoice, Format.FACTUR_X, Locale.US);

        assertThatThrownBy(() ->
                        billingFixture.in(() -> billingFixture.sql.update("update invoice_file set content = '\\x00'")))
                .hasMessageContaining("permission denied");
        assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update("delete from invoice_file")))
                .hasMessageContaining("permission denied");
    }
}
