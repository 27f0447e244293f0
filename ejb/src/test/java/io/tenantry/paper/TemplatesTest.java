package io.tenantry.paper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.brand.Brands;
import io.tenantry.brand.Colour;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.identity.AccessDenied;
import io.tenantry.invoicing.Documents;
import io.tenantry.invoicing.Invoicing;
import io.tenantry.invoicing.Office;
import io.tenantry.invoicing.Parties;
import io.tenantry.paper.DocumentFiles.Format;
import io.tenantry.paper.Template.Field;
import io.tenantry.paper.Template.Language;
import io.tenantry.paper.Template.Part;
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

/** How a reseller's documents look: what is taken, and from which document on. */
class TemplatesTest {
    private static final Instant RENTED = Instant.parse("2026-10-10T12:20:00Z");
    private static final Instant IN_NOVEMBER = Instant.parse("2026-11-04T00:00:00Z");

    private static Books books;
    private static Office office;
    private static Templates templates;
    private static DocumentFiles files;
    private static Specimens specimens;
    private static UUID wallet;

    @BeforeAll
    static void issueOne() {
        books = new Books("templates", "EUR", "Europe/Berlin");
        office = new Office(books);
        var tenants = new TenantDirectory(Database.administration());
        var access = new Access(books.sql);
        var invoicing = new Invoicing(books.sql, books.clock, tenants, Office.trail(books));
        var documents = new Documents(books.sql, books.clock, access, tenants, invoicing);
        var brands = new Brands(books.sql, books.clock);
        var parties = new Parties(books.sql, books.clock, access, Office.trail(books));
        templates = new Templates(books.sql, books.clock, access, Office.trail(books));
        files = new DocumentFiles(books.sql, books.clock, tenants, documents, brands);
        specimens = new Specimens(books.clock, access, tenants, parties, brands);
        books.clock.stopAt(RENTED);
        wallet = books.wallet("100");
        office.name(wallet);
        books.rent(wallet, books.price("7.30"), RENTED);
        books.charge(IN_NOVEMBER);
        books.clock.stopAt(IN_NOVEMBER);
        assertThat(office.issue(wallet, Office.OCTOBER).documents()).isEqualTo(1);
    }

    private static Template saying(String legal) {
        return new Template(
                Optional.of(Colour.of("#9f1239")),
                Optional.of(Language.DE),
                Map.of(Language.EN, Map.of(Part.LEGAL, legal)));
    }

    private static int version() {
        return books.in(() -> templates.latest().map(Templates.Version::number).orElse(0));
    }

    private static void put(Template template) {
        var base = version();
        assertThat(books.in(() -> templates.change(base, template))).isInstanceOf(Templates.Outcome.Written.class);
    }

    private static UUID latest(String kind) {
        return books.in(() -> books.sql.one(
                "select id from invoice where kind = ? order by number desc limit 1", row -> row.uuid("id"), kind));
    }

    private static String text(UUID id, Locale locale) throws IOException {
        return text(books.in(() -> files.one(id, Format.PDF, locale)));
    }

    private static String proforma() throws IOException {
        var organization = books.in(() -> books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet));
        return text(books.in(() -> files.proforma(organization, Optional.empty(), Locale.US)));
    }

    private static String text(DocumentFiles.Made made) throws IOException {
        try (var pdf = Loader.loadPDF(made.content())) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    @Test
    void aDocumentHasTheTemplateOfItsIssueWheneverItIsFirstAskedFor() throws IOException {
        put(saying("Managed by the first"));
        office.credit(wallet, "0.5");
        var ofTheFirst = latest("CREDIT_NOTE");
        put(saying("Managed by the second"));

        assertThat(text(latest("INVOICE"), Locale.US)).doesNotContain("Managed by");
        assertThat(text(ofTheFirst, Locale.GERMANY)).contains("Managed by the first");
        assertThat(proforma()).contains("Managed by the second");
        var xml = books.in(() -> files.one(ofTheFirst, Format.FACTUR_X, Locale.US));
        assertThat(new String(xml.content(), StandardCharsets.UTF_8))
                .contains("Managed by the first")
                .doesNotContain("second");
    }

    @Test
    void aVersionIsWrittenOnceAndNeverChanged() {
        put(saying("Managed by Ada"));
        var base = version();

        var again = books.in(() -> templates.change(base, saying("  Managed by Ada\r\n")));
        var late = books.in(() -> templates.change(base - 1, saying("Managed by Bea")));
        var known = books.in(() -> templates.latest()).orElseThrow();

        assertThat(again).isEqualTo(new Templates.Outcome.Unchanged());
        assertThat(late).isEqualTo(new Templates.Outcome.Outdated());
        assertThat(known.template()).isEqualTo(saying("Managed by Ada"));
        assertThat(known.notedAt()).isEqualTo(IN_NOVEMBER);
        assertThat(recorded()).isEqualTo(Integer.toString(base));
        for (var change : new String[] {"update document_text set said = 'x'", "delete from document_template"}) {
            assertThatThrownBy(() -> books.in(() -> books.sql.update(change)))
                    .hasMessageContaining("permission denied");
        }
    }

    private static String recorded() {
        return audited("version");
    }

    /** What the last change left in the audit trail. */
    private static String audited(String fact) {
        return books.in(() -> books.sql.one(
                "select facts ->> ? as fact from audit_record where action = 'invoice.template_changed'"
                        + " order by seq desc limit 1",
                row -> row.text("fact"),
                fact));
    }

    @Test
    void whatDoesNotFitIsNamedAndNotTaken() {
        var base = version();

        var outcome = books.in(() -> templates.change(base, saying("x".repeat(1_001))));

        assertThat(outcome).isEqualTo(new Templates.Outcome.Invalid(Set.of(new Field(Language.EN, Part.LEGAL))));
        assertThat(version()).isEqualTo(base);
    }

    @Test
    void daysToPayAreOfAVersionToo() throws IOException {
        put(new Template(Optional.empty(), Optional.empty(), Map.of(), 30));
        assertThat(books.in(() -> templates.latest()).orElseThrow().template().paymentDays())
                .isEqualTo(30);
        assertThat(audited("payment_days")).isEqualTo("30");
        var base = version();

        for (var days : new int[] {-1, 121}) {
            var wrong = new Template(Optional.empty(), Optional.empty(), Map.of(), days);
            assertThat(books.in(() -> templates.change(base, wrong))).isEqualTo(new Templates.Outcome.Unpayable());
            assertThatThrownBy(() -> books.in(() -> specimens.picture(wrong, Language.EN)))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(version()).isEqualTo(base);

        office.debit(wallet, "2000");
        var debitNote = latest("DEBIT_NOTE");
        put(new Template(Optional.empty(), Optional.empty(), Map.of(), 5));
        assertThat(text(debitNote, Locale.US)).contains("due by Dec 4, 2026");
        var xml = books.in(() -> files.one(debitNote, Format.FACTUR_X, Locale.US));
        assertThat(new String(xml.content(), StandardCharsets.UTF_8)).contains("DueDateDateTime", ">20261204<");
    }

    @Test
    void aVersionFromBeforeThereWereTermsHasTheUsualOnes() {
        var next = version() + 1;
        books.in(() -> books.sql.update(
                "insert into document_template (version, noted_at, noted_by) values (?, now(), 'test')", next));

        assertThat(books.in(() -> templates.latest()).orElseThrow().template()).isEqualTo(Template.NONE);
        int days = books.in(() -> books.sql.one("select payment_days_in_force() as days", row -> row.whole("days")));
        assertThat(days).isEqualTo(Template.PAYMENT_DAYS);
    }

    @Test
    void whoIsNoStaffNeitherSeesNorChangesIt() {
        var stranger = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Mia");
        try (var acting = Actors.enter(stranger)) {
            assertThatThrownBy(() -> Database.in(books.tenant, () -> templates.latest()))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> Database.in(books.tenant, () -> templates.change(0, Template.NONE)))
                    .isInstanceOf(AccessDenied.class);
            assertThatThrownBy(() -> Database.in(books.tenant, () -> specimens.picture(Template.NONE, Language.EN)))
                    .isInstanceOf(AccessDenied.class);
        }
    }

    @Test
    void aSpecimenShowsTheDraftAndLeavesNothing() throws IOException {
        var before = rows();

        var plain = books.in(() -> specimens.picture(Template.NONE, Language.DE));
        var drafted = books.in(() -> specimens.picture(saying("Managed by nobody yet"), Language.DE));

        var picture = ImageIO.read(new ByteArrayInputStream(drafted.png()));
        assertThat(picture.getHeight()).isGreaterThan(picture.getWidth());
        assertThat(drafted.pages()).isEqualTo(1);
        assertThat(drafted.png()).isNotEqualTo(plain.png());
        assertThat(rows()).isEqualTo(before);
        assertThatThrownBy(() -> books.in(() -> specimens.picture(saying("x".repeat(1_001)), Language.EN)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String rows() {
        return books.in(() -> books.sql.one(
                "select concat((select count(*) from invoice), ' ', (select count(*) from invoice_file), ' ',"
                        + " (select sum(next_number) from invoice_series), ' ', (select count(*) from document_template)) as n",
                row -> row.text("n")));
    }
}
