package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.invoicing.BillingParties;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.Invoicing;
import io.tenantry.billing.invoicing.InvoicingFixture;
import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.documents.DocumentTemplate.Field;
import io.tenantry.documents.DocumentTemplate.Language;
import io.tenantry.documents.DocumentTemplate.Part;
import io.tenantry.documents.InvoiceFiles.Format;
import io.tenantry.people.identity.Access;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The appearance of a reseller's documents: which settings are accepted, and from which document on they apply. */
class DocumentTemplatesTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-04T00:00:00Z");

    private static BillingFixture billingFixture;
    private static InvoicingFixture invoicingFixture;
    private static DocumentTemplates documentTemplates;
    private static InvoiceFiles files;
    private static DocumentPreviews documentPreviews;
    private static UUID wallet;

    @BeforeAll
    static void issueOne() {
        billingFixture = new BillingFixture("templates", "EUR", "Europe/Berlin");
        invoicingFixture = new InvoicingFixture(billingFixture);
        var tenants = new TenantDirectory(Database.administration());
        var access = new Access(billingFixture.sql);
        var invoicing = new Invoicing(
                billingFixture.sql, billingFixture.clock, tenants, InvoicingFixture.trail(billingFixture));
        var invoiceQuery = new InvoiceQuery(billingFixture.sql, billingFixture.clock, access, tenants, invoicing);
        var brands = new Brands(billingFixture.sql, billingFixture.clock);
        var billingParties = new BillingParties(
                billingFixture.sql, billingFixture.clock, access, InvoicingFixture.trail(billingFixture));
        documentTemplates = new DocumentTemplates(
                billingFixture.sql, billingFixture.clock, access, InvoicingFixture.trail(billingFixture));
        files = new InvoiceFiles(billingFixture.sql, billingFixture.clock, tenants, invoiceQuery, brands);
        documentPreviews = new DocumentPreviews(billingFixture.clock, access, tenants, billingParties, brands);
        billingFixture.clock.stopAt(RENTED);
        wallet = billingFixture.wallet("100");
        invoicingFixture.name(wallet);
        billingFixture.rent(wallet, billingFixture.price("7.30"), RENTED);
        billingFixture.charge(IN_NOVEMBER);
        billingFixture.clock.stopAt(IN_NOVEMBER);
        assertThat(invoicingFixture.issue(wallet, InvoicingFixture.OCTOBER).documents())
                .isEqualTo(1);
    }

    private static DocumentTemplate withLegalText(String legal) {
        return new DocumentTemplate(
                Optional.of(Colour.of("#9f1239")),
                Optional.of(Language.DE),
                Map.of(Language.EN, Map.of(Part.LEGAL, legal)));
    }

    private static int version() {
        return billingFixture.in(() -> documentTemplates
                .latest()
                .map(DocumentTemplates.Version::number)
                .orElse(0));
    }

    private static void save(DocumentTemplate documentTemplate) {
        var base = version();
        assertThat(billingFixture.in(() -> documentTemplates.change(base, documentTemplate)))
                .isInstanceOf(DocumentTemplates.Outcome.Written.class);
    }

    private static UUID latest(String kind) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select id from invoice where kind = ? order by number desc limit 1", row -> row.uuid("id"), kind));
    }

    private static String text(UUID id, Locale locale) throws IOException {
        return text(billingFixture.in(() -> files.one(id, Format.PDF, locale)));
    }

    private static String proforma() throws IOException {
        var organization = billingFixture.in(() -> billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        return text(billingFixture.in(() -> files.proforma(organization, Optional.empty(), Locale.US)));
    }

    private static String text(InvoiceFiles.DocumentFile documentFile) throws IOException {
        try (var pdf = Loader.loadPDF(documentFile.content())) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    @Test
    void printsADocumentWithTheTemplateOfItsIssue() throws IOException {
        save(withLegalText("Managed by the first"));
        invoicingFixture.credit(wallet, "0.5");
        var ofTheFirst = latest("CREDIT_NOTE");
        save(withLegalText("Managed by the second"));

        assertThat(text(latest("INVOICE"), Locale.US)).doesNotContain("Managed by");
        assertThat(text(ofTheFirst, Locale.GERMANY)).contains("Managed by the first");
        assertThat(proforma()).contains("Managed by the second");
        var xml = billingFixture.in(() -> files.one(ofTheFirst, Format.FACTUR_X, Locale.US));
        assertThat(new String(xml.content(), StandardCharsets.UTF_8))
                .contains("Managed by the first")
                .doesNotContain("second");
    }

    @Test
    void writesAVersionOnceAndNeverChangesIt() {
        save(withLegalText("Managed by Ada"));
        var base = version();

        var again = billingFixture.in(() -> documentTemplates.change(base, withLegalText("  Managed by Ada\r\n")));
        var late = billingFixture.in(() -> documentTemplates.change(base - 1, withLegalText("Managed by Bea")));
        var known = billingFixture.in(() -> documentTemplates.latest()).orElseThrow();

        assertThat(again).isEqualTo(new DocumentTemplates.Outcome.Unchanged());
        assertThat(late).isEqualTo(new DocumentTemplates.Outcome.Outdated());
        assertThat(known.documentTemplate()).isEqualTo(withLegalText("Managed by Ada"));
        assertThat(known.notedAt()).isEqualTo(IN_NOVEMBER);
        assertThat(recorded()).isEqualTo(Integer.toString(base));
        for (var change : new String[] {"update document_text set text = 'x'", "delete from document_template"}) {
            assertThatThrownBy(() -> billingFixture.in(() -> billingFixture.sql.update(change)))
                    .hasMessageContaining("permission denied");
        }
    }

    private static String recorded() {
        return audited("version");
    }

    /** Returns the audit record of the last change. */
    private static String audited(String fact) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select facts ->> ? as fact from audit_record where action = 'invoice.template_changed'"
                        + " order by seq desc limit 1",
                row -> row.text("fact"),
                fact));
    }

    @Test
    void refusesATextThatIsTooLong() {
        var base = version();

        var outcome = billingFixture.in(() -> documentTemplates.change(base, withLegalText("x".repeat(1_001))));

        assertThat(outcome)
                .isEqualTo(new DocumentTemplates.Outcome.Invalid(Set.of(new Field(Language.EN, Part.LEGAL))));
        assertThat(version()).isEqualTo(base);
    }

    @Test
    void storesPaymentTermsWithTheVersion() throws IOException {
        save(new DocumentTemplate(Optional.empty(), Optional.empty(), Map.of(), 30));
        assertThat(billingFixture
                        .in(() -> documentTemplates.latest())
                        .orElseThrow()
                        .documentTemplate()
                        .paymentDays())
                .isEqualTo(30);
        assertThat(audited("payment_days")).isEqualTo("30");
        var base = version();

        for (var days : new int[] {-1, 121}) {
            var wrong = new DocumentTemplate(Optional.empty(), Optional.empty(), Map.of(), days);
            assertThat(billingFixture.in(() -> documentTemplates.change(base, wrong)))
                    .isEqualTo(new DocumentTemplates.Outcome.Unpayable());
            assertThatThrownBy(() -> billingFixture.in(() -> documentPreviews.picture(wrong, Language.EN)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(version()).isEqualTo(base);

        invoicingFixture.debit(wallet, "2000");
        var debitNote = latest("DEBIT_NOTE");
        save(new DocumentTemplate(Optional.empty(), Optional.empty(), Map.of(), 5));
        assertThat(text(debitNote, Locale.US)).contains("due by Dec 4, 2026");
        var xml = billingFixture.in(() -> files.one(debitNote, Format.FACTUR_X, Locale.US));
        assertThat(new String(xml.content(), StandardCharsets.UTF_8)).contains("DueDateDateTime", ">20261204<");
    }

    @Test
    void defaultsPaymentTermsOfOldVersions() {
        var next = version() + 1;
        billingFixture.in(() -> billingFixture.sql.update(
                "insert into document_template (version, recorded_at, recorded_by) values (?, now(), 'test')", next));

        assertThat(billingFixture
                        .in(() -> documentTemplates.latest())
                        .orElseThrow()
                        .documentTemplate())
                .isEqualTo(DocumentTemplate.NONE);
        int days = billingFixture.in(
                () -> billingFixture.sql.one("select current_payment_days() as days", row -> row.whole("days")));
        assertThat(days).isEqualTo(DocumentTemplate.PAYMENT_DAYS);
    }

    @Test
    void requiresPermissionOfStaff() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        try (var actorScope = Actors.enter(stranger)) {
            assertThatThrownBy(() -> Database.in(billingFixture.tenant, () -> documentTemplates.latest()))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(
                            billingFixture.tenant, () -> documentTemplates.change(0, DocumentTemplate.NONE)))
                    .isInstanceOf(AccessDeniedException.class);
            assertThatThrownBy(() -> Database.in(
                            billingFixture.tenant, () -> documentPreviews.picture(DocumentTemplate.NONE, Language.EN)))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    @Test
    void previewsADraftWithoutStoringIt() throws IOException {
        var before = rows();

        var plain = billingFixture.in(() -> documentPreviews.picture(DocumentTemplate.NONE, Language.DE));
        var drafted =
                billingFixture.in(() -> documentPreviews.picture(withLegalText("Managed by nobody yet"), Language.DE));

        var picture = ImageIO.read(new ByteArrayInputStream(drafted.png()));
        assertThat(picture.getHeight()).isGreaterThan(picture.getWidth());
        assertThat(drafted.pages()).isEqualTo(1);
        assertThat(drafted.png()).isNotEqualTo(plain.png());
        assertThat(rows()).isEqualTo(before);
        assertThatThrownBy(() -> billingFixture.in(
                        () -> documentPreviews.picture(withLegalText("x".repeat(1_001)), Language.EN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String rows() {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select concat((select count(*) from invoice), ' ', (select count(*) from invoice_file), ' ',"
                        + " (select sum(next_number) from invoice_number_sequence), ' ', (select count(*) from document_template)) as n",
                row -> row.text("n")));
    }
}
