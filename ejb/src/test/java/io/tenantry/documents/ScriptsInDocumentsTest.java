package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.einvoice.CiiWriter;
import io.tenantry.billing.einvoice.Profile;
import io.tenantry.billing.einvoice.Rules;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceQuery.Group;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.billing.invoicing.PostalAddress;
import io.tenantry.documents.DocumentTemplate.Language;
import io.tenantry.documents.DocumentTemplate.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** Names and addresses in any script, on German documents. {@code -Dtenantry.documents.folder=DIR} writes the file there for inspection. */
@Tag("full")
class ScriptsInDocumentsTest {
    private static final String ARABIC = "شركة النور للتجارة والخدمات (القاهرة)";
    private static final String HEBREW = "אור חדש שירותי ענן בע״מ";
    private static final String GREEK = "Φως Υπολογιστικό Νέφος Α.Ε.";
    private static final String CYRILLIC = "ТОВ «Північне світло»";
    private static final String ARMENIAN = "Լույս ՍՊԸ";
    private static final String MIXED = "Nordlicht النور GmbH";
    private static final String LEGAL =
            "المدير العام: Amina Haddad، مسجلة في السجل التجاري رقم 12345 بالقاهرة (مصر). جميع الأسعار باليورو وتشمل الخدمات المذكورة أعلاه، "
                    + "ويتم الدفع خلال 14 يوما من تاريخ الفاتورة.";

    /** The beginning and end of the name in visual order: letters joined, from left to right. */
    private static final String SHIRKA_SEEN = "\u0629\u0643\u0631\u0634";

    private static final String CAIRO_SEEN = "\u0629\u0631\u0647\u0627\u0642\u0644\u0627";

    private static InvoiceDetails details() {
        var whole = SampleDocuments.invoice(SampleDocuments.DOMESTIC, 5);
        var names = List.of(HEBREW, GREEK, CYRILLIC, ARMENIAN, MIXED);
        var groups = new ArrayList<Group>();
        for (var group : whole.groups()) {
            groups.add(groups.size() < names.size() ? named(group, names.get(groups.size())) : group);
        }
        return new InvoiceDetails(
                whole.issued(),
                whole.organizationId(),
                whole.period(),
                Optional.of(seller()),
                new InvoiceBuyer(
                        new PostalAddress(ARABIC, "شارع النيل 12", "11511", "القاهرة", "EG"),
                        "",
                        "office@alnoor.example",
                        "טלפון 17"),
                groups,
                whole.net(),
                whole.tax(),
                whole.rounding(),
                whole.total(),
                whole.taxes(),
                whole.corrections());
    }

    private static InvoiceSeller seller() {
        var it = SampleDocuments.SELLER;
        return new InvoiceSeller(
                new PostalAddress(HEBREW, "רחוב הרצל 5", "10245", "Berlin", "DE"),
                it.vatNumber(),
                it.taxNumber(),
                "",
                it.email(),
                it.phone(),
                it.bank(),
                it.iban(),
                it.bic(),
                "Zahlungen an " + ARABIC + " oder an " + HEBREW + " werden verrechnet; Fragen an Георгий Иванов.");
    }

    private static Group named(Group group, String name) {
        return new Group(
                name,
                group.lines().stream()
                        .map(line -> new Line(
                                line.kind(),
                                line.of(),
                                line.subjectId(),
                                name,
                                line.what(),
                                line.from(),
                                line.to(),
                                line.quantity(),
                                line.unitPrice(),
                                line.surcharge(),
                                line.amount(),
                                line.tax()))
                        .toList(),
                group.amount());
    }

    private static PrintableDocument printable() {
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var documentTemplate = new DocumentTemplate(
                Optional.empty(),
                Optional.empty(),
                Map.of(Language.DE, Map.of(Part.LEGAL, LEGAL, Part.FOOTER, HEBREW)));
        var invoiceDetails = details();
        var invoiceSummary = invoiceDetails.issued().orElseThrow();
        return new PrintableDocument(
                invoiceSummary,
                seller(),
                invoiceDetails,
                words,
                documentTemplate,
                new EInvoiceMapper(words, documentTemplate).of(invoiceSummary, seller(), invoiceDetails));
    }

    private static byte[] pdf() {
        var it = printable();
        return it.content(
                InvoiceFiles.Format.PDF,
                () -> new DocumentHtml(
                        new Letterhead(DocumentTest.BRAND, Optional.empty(), it.documentTemplate()), it.words()));
    }

    @Test
    void extractsTextAsWritten() throws IOException {
        var content = pdf();
        var directory = System.getProperty("tenantry.documents.folder");
        if (directory != null) {
            Files.write(Path.of(directory, "scripts.pdf"), content);
        }
        try (var pdf = Loader.loadPDF(content)) {
            var text = new PDFTextStripper().getText(pdf).replaceAll("\\s+", " ");

            assertThat(text)
                    .contains("شركة النور للتجارة والخدمات", "شارع النيل", "القاهرة", "المدير العام")
                    .contains(HEBREW, "רחוב הרצל", "טלפון")
                    .contains(GREEK, CYRILLIC, ARMENIAN, "Георгий Иванов", "Nordlicht النور GmbH")
                    .doesNotContain("?");
        }
    }

    @Test
    void joinsArabicLettersAndOrdersLinesByDirection() throws IOException {
        var seen = display(pdf());

        // The buyer's name: right to left, with mirrored brackets.
        assertThat(seen)
                .contains("(" + CAIRO_SEEN + ") ", SHIRKA_SEEN, CAIRO_SEEN + " 11511")
                .contains("Nordlicht \u0631\u0648\u0646\u0644\u0627 GmbH");
        // In the German sentence the text read first is on the left.
        var sentence = seen.lines()
                .filter(line -> line.contains("Zahlungen an"))
                .findFirst()
                .orElseThrow();
        assertThat(sentence.indexOf("Zahlungen")).isLessThan(sentence.indexOf(SHIRKA_SEEN));
        // A number within Arabic text keeps its digit order.
        assertThat(seen).contains("12345", "11511", "14");
    }

    @Test
    void conformsToPdfAAndPdfUa() {
        var pdf = pdf();

        assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
        assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
    }

    @Test
    void rendersIdenticalBytes() {
        assertThat(pdf()).isEqualTo(pdf());
    }

    @Test
    void embedsOnlyTheUsedPartOfEachFont() throws IOException {
        var content = pdf();

        assertThat(content.length).isLessThan(300_000);
        try (var pdf = Loader.loadPDF(content)) {
            assertThat(fonts(pdf)).hasSize(5).allSatisfy(font -> {
                assertThat(font.isEmbedded()).isTrue();
                assertThat(font.getName()).matches("[A-Z]{6}\\+(LiberationSans|DejaVuSans).*|Composed(Bold)?0");
            });
        }
    }

    @Test
    void keepsAllTextOnThePage() throws IOException {
        try (var pdf = Loader.loadPDF(pdf())) {
            for (var letter : letters(pdf)) {
                assertThat(letter.getXDirAdj()).isBetween(50f, 545f);
                assertThat(letter.getXDirAdj() + letter.getWidthDirAdj()).isLessThan(547);
            }
        }
    }

    @Test
    void eInvoiceHasTheNamesAsWritten() {
        var invoice = printable().invoice();

        assertThat(invoice.buyer().name()).isEqualTo(ARABIC);
        assertThat(Rules.facturX().brokenBy(CiiWriter.of(invoice, Profile.EN_16931)))
                .isEmpty();
    }

    /** Returns the characters of each line from left to right, as drawn. */
    private static String display(byte[] content) throws IOException {
        var seen = new StringBuilder();
        try (var pdf = Loader.loadPDF(content)) {
            var line = Float.NaN;
            for (var letter : letters(pdf)) {
                seen.append(letter.getYDirAdj() == line ? "" : "\n").append(letter.getUnicode());
                line = letter.getYDirAdj();
            }
        }
        return seen.toString();
    }

    private static List<TextPosition> letters(PDDocument pdf) throws IOException {
        var letters = new ArrayList<TextPosition>();
        new PDFTextStripper() {
            @Override
            protected void processTextPosition(TextPosition letter) {
                letters.add(letter);
            }
        }.getText(pdf);
        return letters;
    }

    private static List<PDFont> fonts(PDDocument pdf) throws IOException {
        var resources = pdf.getPage(0).getResources();
        var fonts = new ArrayList<PDFont>();
        for (COSName name : resources.getFontNames()) {
            fonts.add(resources.getFont(name));
        }
        return fonts;
    }
}
