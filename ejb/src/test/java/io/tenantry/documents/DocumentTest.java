package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.einvoice.CiiWriter;
import io.tenantry.billing.einvoice.EInvoice;
import io.tenantry.billing.einvoice.Profile;
import io.tenantry.billing.invoicing.InvoiceQuery;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
import io.tenantry.billing.invoicing.TaxSubtotal;
import io.tenantry.billing.tax.TaxComponents;
import io.tenantry.billing.tax.TaxTreatment;
import io.tenantry.brand.Brand;
import io.tenantry.brand.Colour;
import io.tenantry.brand.Contrast;
import io.tenantry.brand.Palette;
import io.tenantry.catalog.fx.ExchangeRate;
import io.tenantry.documents.DocumentTemplate.Field;
import io.tenantry.documents.DocumentTemplate.Language;
import io.tenantry.documents.DocumentTemplate.Part;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.Currency;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.verapdf.pdfa.flavours.PDFAFlavour;

/** PDF documents: their text, layout and contents. */
class DocumentTest {
    /** In points from the top; the footer starts some lines below. */
    private static final int ABOVE_THE_FOOT = 740;

    static final Brand BRAND =
            Brand.of("Aurora Cloud", Colour.of("#1d4ed8"), Colour.of("#0f766e"), Colour.of("#e0912f"));

    @Test
    void printsAGermanInvoice() throws IOException {
        var text = text(pdf(SampleDocuments.invoice(SampleDocuments.DOMESTIC, 2), Locale.GERMANY));

        assertThat(text)
                .contains("Rechnung", "INV-2026-000042", "04.11.2026", "01.10.2026 – 31.10.2026")
                .contains("Aurora Cloud GmbH", "Lichtstraße 21", "Nordwind Logistik GmbH & Co. <KG>", "PO 17")
                .contains("744 h", "0,0119\u00a0€", "Monatspreis erreicht", "−0,51\u00a0€")
                .contains("19 % Umsatzsteuer, Deutschland", "19,00\u00a0€", "aus dem Guthaben bezahlt am 04.11.2026")
                .contains(
                        "Der Betrag wird mit Ihrem Guthaben verrechnet.", "DE89 3704 0044 0532 0130 00", "Seite 1 / 1");
    }

    @Test
    void printsAnEnglishInvoice() throws IOException {
        var text = text(pdf(SampleDocuments.invoice(SampleDocuments.REVERSE, 1), Locale.US));

        assertThat(text)
                .contains("Invoice", "Nov 4, 2026", "Backups", "€0.24", "Page 1 / 1")
                .contains("Reverse charge: the recipient is liable for the tax");
    }

    @Test
    void namesTheInvoiceOnACreditNote() throws IOException {
        var text = text(pdf(SampleDocuments.creditNote(), Locale.GERMANY));

        assertThat(text)
                .contains("Rechnungskorrektur", "CN-2026-000001", "INV-2026-000042", "Was down", "Gutgeschrieben: cx-2")
                .contains("−4,17\u00a0€", "dem Guthaben gutgeschrieben am 04.11.2026")
                .doesNotContain("Der Betrag wird mit Ihrem Guthaben verrechnet.");
    }

    @Test
    void rendersIdenticalBytes() throws IOException {
        var invoiceDetails = SampleDocuments.invoice(SampleDocuments.DOMESTIC, 3);

        var first = pdf(invoiceDetails, Locale.GERMANY);

        assertThat(pdf(SampleDocuments.invoice(SampleDocuments.DOMESTIC, 3), Locale.GERMANY))
                .isEqualTo(first);
        assertThat(pdf(invoiceDetails, Locale.US)).isNotEqualTo(first);
    }

    @Test
    void conformsToPdfAAndPdfUa() throws IOException {
        for (var invoiceDetails : List.of(
                SampleDocuments.invoice(SampleDocuments.GROSS, 1),
                SampleDocuments.invoice(SampleDocuments.DOMESTIC, 30),
                SampleDocuments.creditNote())) {
            var pdf = pdf(invoiceDetails, Locale.GERMANY);

            assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
            assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
        }
    }

    @Test
    void listsTheComponentsOfATaxRate() throws IOException {
        var whole = SampleDocuments.invoice(SampleDocuments.DOMESTIC, 2);
        var bears = whole.taxes().get(0);
        var split = new TaxSubtotal(
                bears.treatment(),
                "CA-QC",
                bears.percent(),
                bears.isIncluded(),
                bears.base(),
                bears.taken(),
                bears.tax(),
                TaxComponents.of("GST=5;QST=14"));
        var invoiceDetails = new InvoiceQuery.InvoiceDetails(
                whole.issued(),
                whole.organizationId(),
                whole.period(),
                whole.seller(),
                whole.buyer(),
                whole.groups(),
                whole.net(),
                whole.tax(),
                whole.rounding(),
                whole.total(),
                List.of(split),
                whole.corrections());
        var printed = pdf(invoiceDetails, Locale.GERMANY);

        assertThat(PdfaRules.violations(printed, PDFAFlavour.PDFA_3_A)).isEmpty();
        try (var pdf = Loader.loadPDF(printed)) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains("19 % Umsatzsteuer, Kanada (QC)", "davon GST, 5 %", "davon QST, 14 %");
        }
    }

    /** The reseller's prices include tax from the middle of the month on. */
    @Test
    void saysOfEachLineWhetherItIncludesTaxWhereThatDiffers() throws IOException {
        var before = SampleDocuments.invoice(SampleDocuments.DOMESTIC, 1);
        var after = SampleDocuments.invoice(SampleDocuments.GROSS, 1);
        var mixed = new InvoiceQuery.InvoiceDetails(
                before.issued(),
                before.organizationId(),
                before.period(),
                before.seller(),
                before.buyer(),
                Stream.concat(before.groups().stream(), after.groups().stream()).toList(),
                before.net().plus(after.net()),
                before.tax().plus(after.tax()),
                before.rounding().plus(after.rounding()),
                before.total().plus(after.total()),
                Stream.concat(before.taxes().stream(), after.taxes().stream()).toList(),
                before.corrections());

        var printed = text(mixed);
        assertThat(printed).contains("Ein Teil der Preise und Einzelbeträge enthält Steuer");
        // A group, its two lines and a refund, of each way.
        assertThat(printed.split("inklusive Steuer", -1)).hasSize(4 + 1);
        assertThat(printed.split("ohne Steuer", -1)).hasSize(4 + 1);
        assertThat(text(after))
                .contains("Preise und Einzelbeträge enthalten Steuer.")
                .doesNotContain("inklusive");
        assertThat(text(before)).doesNotContain("enthalten Steuer", "ohne Steuer");
    }

    private static String text(InvoiceDetails invoiceDetails) throws IOException {
        try (var pdf = Loader.loadPDF(pdf(invoiceDetails, Locale.GERMANY))) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    @Test
    void statesTaxAndTotalInTheBookCurrencyAtTheStoredRate() throws IOException {
        var whole = SampleDocuments.invoice(SampleDocuments.DOMESTIC, 2);
        var rate = new ExchangeRate(
                Currency.getInstance("CHF"),
                whole.total().currency(),
                new BigDecimal("1.0671"),
                LocalDate.of(2026, 10, 30),
                "ECB");
        var invoiceDetails = new InvoiceQuery.InvoiceDetails(
                whole.issued(),
                whole.organizationId(),
                whole.period(),
                whole.seller(),
                whole.buyer(),
                whole.groups(),
                whole.net(),
                whole.tax(),
                whole.rounding(),
                whole.total(),
                whole.taxes(),
                whole.corrections(),
                Optional.of(rate));
        var printed = pdf(invoiceDetails, Locale.GERMANY);

        assertThat(PdfaRules.violations(printed, PDFAFlavour.PDFA_3_A)).isEmpty();
        try (var pdf = Loader.loadPDF(printed)) {
            assertThat(new PDFTextStripper().getText(pdf))
                    .contains(
                            "Steuer in CHF",
                            "Gesamt in CHF",
                            "In CHF zum Kurs vom 30.10.2026: 1 CHF = 1,0671 EUR (Europäische Zentralbank).");
        }
    }

    @Test
    void pdfARulesDetectMissingMetadata() throws IOException {
        var out = new ByteArrayOutputStream();
        try (var pdf = Loader.loadPDF(pdf(SampleDocuments.creditNote(), Locale.GERMANY))) {
            pdf.getDocumentCatalog().setMetadata(null);
            pdf.save(out);
        }

        assertThat(PdfaRules.violations(out.toByteArray(), PDFAFlavour.PDFA_3_A))
                .isNotEmpty();
    }

    @Test
    void embedsTheEInvoice() throws IOException {
        var invoiceDetails = SampleDocuments.invoice(SampleDocuments.DOMESTIC, 2);
        try (var pdf = Loader.loadPDF(pdf(invoiceDetails, Locale.GERMANY))) {
            var files = pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
            var attached = Objects.requireNonNull(files.get("factur-x.xml"));
            var associated = (COSArray) pdf.getDocumentCatalog().getCOSObject().getDictionaryObject("AF");

            assertThat(files).hasSize(1);
            assertThat(attached.getEmbeddedFile().toByteArray())
                    .isEqualTo(CiiWriter.of(invoice(invoiceDetails, Locale.GERMANY), Profile.EN_16931));
            assertThat(attached.getEmbeddedFile().getSubtype()).isEqualTo("text/xml");
            assertThat(attached.getCOSObject().getNameAsString("AFRelationship"))
                    .isEqualTo("Alternative");
            assertThat(associated.getObject(0)).isEqualTo(attached.getCOSObject());
            assertThat(metadata(pdf))
                    .contains("<fx:DocumentFileName>factur-x.xml<", "<fx:ConformanceLevel>EN 16931<")
                    .contains("<pdfaid:part>3<");
        }
    }

    @Test
    void hasNoTraceOfAnEInvoiceWithoutOne() throws IOException {
        var invoiceDetails = SampleDocuments.invoice(SampleDocuments.DOMESTIC, 1);
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var bare = PdfA3Writer.of(page(invoiceDetails, words, Optional.empty()), documentMetadata(), Optional.empty());

        try (var pdf = Loader.loadPDF(bare)) {
            assertThat(pdf.getDocumentCatalog().getNames()).isNull();
            assertThat(metadata(pdf)).doesNotContain("factur-x.xml");
        }
        assertThat(PdfaRules.violations(bare, PDFAFlavour.PDFA_3_A)).isEmpty();
    }

    @Test
    void doesNotMentionThePlatform() throws IOException {
        var invoiceDetails = SampleDocuments.invoice(SampleDocuments.DOMESTIC, 1);
        try (var pdf = Loader.loadPDF(pdf(invoiceDetails, Locale.GERMANY))) {
            var information = pdf.getDocumentInformation();

            assertThat(metadata(pdf)).doesNotContainIgnoringCase("tenantry");
            assertThat(List.of(information.getProducer(), information.getCreator(), information.getAuthor()))
                    .containsOnly("Aurora Cloud GmbH");
        }
        assertThat(new String(
                        CiiWriter.of(invoice(invoiceDetails, Locale.GERMANY), Profile.EN_16931),
                        StandardCharsets.UTF_8))
                .doesNotContainIgnoringCase("tenantry");
    }

    @Test
    void embedsAllFonts() throws IOException {
        try (var pdf = Loader.loadPDF(pdf(SampleDocuments.invoice(SampleDocuments.DOMESTIC, 2), Locale.GERMANY))) {
            assertThat(fonts(pdf)).hasSize(2).allSatisfy(font -> {
                assertThat(font.isEmbedded()).isTrue();
                assertThat(font.getName()).contains("LiberationSans");
            });
        }
    }

    @Test
    void showsTheLogoOrTheNameOfTheBrand() throws IOException {
        var invoiceDetails = SampleDocuments.creditNote();
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var named = PdfA3Writer.of(page(invoiceDetails, words, Optional.empty()), documentMetadata(), Optional.empty());
        var drawn = PdfA3Writer.of(
                page(invoiceDetails, words, Optional.of(logo(false))), documentMetadata(), Optional.empty());

        assertThat(text(named)).contains("Aurora Cloud\n");
        assertThat(text(drawn)).doesNotContain("Aurora Cloud\n");
        var icon = PdfA3Writer.of(
                page(invoiceDetails, words, Optional.of(logo(true))), documentMetadata(), Optional.empty());
        assertThat(text(icon)).contains("Aurora Cloud\n");
        assertThat(PdfaRules.violations(icon, PDFAFlavour.PDFA_3_A)).isEmpty();
        try (var pdf = Loader.loadPDF(drawn)) {
            assertThat(pdf.getPage(0).getResources().getXObjectNames()).isNotEmpty();
        }
        assertThat(PdfaRules.violations(drawn, PDFAFlavour.PDFA_3_A)).isEmpty();
        assertThat(page(invoiceDetails, words, Optional.empty()))
                .contains("0.6mm solid " + Palette.of(BRAND).light().brandText().hex());
    }

    @Test
    void drawsAnSvgLogo() throws IOException {
        var drawing = """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40">
                  <defs><linearGradient id="g"><stop offset="0" stop-color="#1d4ed8"/><stop offset="1" stop-color="#0f766e"/></linearGradient></defs>
                  <rect width="120" height="40" rx="8" fill="url(#g)"/><circle cx="20" cy="20" r="12" fill="#ffffff" fill-opacity="0.7"/>
                </svg>
                """;
        var invoiceDetails = SampleDocuments.creditNote();
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var logo = Logo.of("image/svg+xml", bytes(drawing), false);

        var pdf = PdfA3Writer.of(page(invoiceDetails, words, logo), documentMetadata(), Optional.empty());

        assertThat(logo.orElseThrow().mediaType()).isEqualTo("image/png");
        var pixels = ImageIO.read(new ByteArrayInputStream(
                Base64.getDecoder().decode(logo.orElseThrow().base64())));
        assertThat(pixels.getWidth()).isEqualTo(3 * pixels.getHeight());
        assertThat(new Color(pixels.getRGB(4, pixels.getHeight() / 2), true).getAlpha())
                .isEqualTo(255);
        assertThat(new Color(pixels.getRGB(0, 0), true).getAlpha()).isZero();
        assertThat(text(pdf)).doesNotContain("Aurora Cloud\n");
        assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
        assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
    }

    /** The font a server would use for a text is unknown. */
    @Test
    void omitsALogoThatCannotBeDrawn() {
        for (var drawing : List.of(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\"><text>Aurora</text></svg>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 0 0\"/>")) {
            assertThat(Logo.of("image/svg+xml", bytes(drawing), false))
                    .as(drawing)
                    .isEmpty();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void drawsABoxWithTheCodePointWithoutAFont() throws IOException {
        var invoiceDetails = SampleDocuments.creditNote();
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var page = page(invoiceDetails, words, Optional.empty()).replace("Was down", "停机 \uD83D\uDE00 \uD842\uDFB7");

        var pdf = PdfA3Writer.of(page, documentMetadata(), Optional.empty());

        assertThat(text(pdf)).contains("停机 \uD83D\uDE00 \uD842\uDFB7").doesNotContain("?");
        assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
    }

    @Test
    void printsResellerTextsOnThePdfAndInTheEInvoice() throws IOException {
        var documentTemplate = template("Hand <b>made</b> & \"true\" #12a#\nsecond line");
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var invoiceDetails = SampleDocuments.unpaid();
        var invoice = new EInvoiceMapper(words, documentTemplate)
                .of(invoiceDetails.issued().orElseThrow(), SampleDocuments.SELLER, invoiceDetails);

        var pdf = PdfA3Writer.of(
                page(invoiceDetails, words, Optional.empty(), documentTemplate),
                documentMetadata(),
                Optional.of(CiiWriter.of(invoice, Profile.EN_16931)));

        assertThat(text(pdf))
                .contains(Stream.of(Part.values())
                        .map(part -> part + " Hand <b>made</b> & \"true\" #12a#")
                        .toList());
        assertThat(invoice.notes())
                .containsExactly(
                        documentTemplate.text(Language.DE, Part.INTRODUCTION),
                        SampleDocuments.SELLER.note(),
                        documentTemplate.text(Language.DE, Part.CLOSING),
                        documentTemplate.text(Language.DE, Part.LEGAL));
        assertThat(invoice.payment().terms())
                .isEqualTo(
                        "zahlbar bis 18.11.2026; wird aus dem Guthaben bezahlt, sobald es ausreicht. PAYMENT Hand <b>made</b> & \"true\" #12a# second line");
        assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
        assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFUA_1)).isEmpty();
    }

    @Test
    void omitsPaymentTextsOnPaidDocumentsAndCreditNotes() throws IOException {
        var documentTemplate = template("said");
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);

        var paid =
                page(SampleDocuments.invoice(SampleDocuments.DOMESTIC, 1), words, Optional.empty(), documentTemplate);
        var creditNote = page(SampleDocuments.creditNote(), words, Optional.empty(), documentTemplate);
        var english = page(
                SampleDocuments.unpaid(),
                new DocumentTexts(Locale.US, SampleDocuments.BERLIN),
                Optional.empty(),
                documentTemplate);

        assertThat(paid)
                .contains("INTRODUCTION said", "CLOSING said", "LEGAL said", "FOOTER said")
                .doesNotContain("PAYMENT said");
        assertThat(creditNote)
                .contains("LEGAL said", "FOOTER said")
                .doesNotContain("PAYMENT said", "INTRODUCTION said", "CLOSING said");
        assertThat(english)
                .contains("PAYMENT said", "LEGAL said", "FOOTER said")
                .doesNotContain("INTRODUCTION said", "CLOSING said");
    }

    @Test
    void statesTheDueDateOnThePdfAndInTheEInvoice() {
        var german = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var byTransfer = new DocumentTexts(Locale.US, SampleDocuments.BERLIN, "RF18 5390");

        assertThat(page(SampleDocuments.unpaid(), german, Optional.empty()))
                .contains("zahlbar bis 18.11.2026; wird aus dem Guthaben bezahlt, sobald es ausreicht");
        assertThat(page(SampleDocuments.unpaid(), byTransfer, Optional.empty()))
                .contains("due by Nov 18, 2026; for bank transfers, please use the reference RF18 5390");
        assertThat(invoice(SampleDocuments.unpaid(), Locale.GERMANY).payment().dueOn())
                .contains(SampleDocuments.DUE);
    }

    @Test
    void statesWhatTheBalancePaidAndWhatIsDue() {
        var part = SampleDocuments.partlyPrepaid("3.02");

        assertThat(page(part, new DocumentTexts(Locale.US, SampleDocuments.BERLIN), Optional.empty()))
                .contains("€3.02 paid from the balance, €6.50 due by Nov 18, 2026")
                .contains("Paid from balance", "Amount due", "€6.50");
        assertThat(page(part, new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN), Optional.empty()))
                .contains("aus dem Guthaben bezahlt", "zahlbar bis 18.11.2026", "Aus Guthaben bezahlt", "Zu zahlen");
        assertThat(invoice(part, Locale.US).payment().prepaid()).isEqualByComparingTo("3.02");
        assertThat(page(
                        SampleDocuments.unpaid(),
                        new DocumentTexts(Locale.US, SampleDocuments.BERLIN),
                        Optional.empty()))
                .doesNotContain("Paid from balance", "Amount due");
    }

    @Test
    void statesNoDueDateForDocumentsWithoutTerms() {
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var old = SampleDocuments.unpaid(Optional.empty());

        assertThat(page(old, words, Optional.empty()))
                .contains("offen, bis das Guthaben ausreicht")
                .doesNotContain("zahlbar bis");
        var invoice = invoice(old, Locale.GERMANY);
        assertThat(invoice.payment().dueOn()).isEmpty();
        assertThat(invoice.payment().terms()).isEqualTo("offen, bis das Guthaben ausreicht");
    }

    @Test
    void statesNoDueDateOnPaidDocumentsAndCreditNotes() {
        var words = new DocumentTexts(Locale.US, SampleDocuments.BERLIN);
        for (var invoiceDetails :
                List.of(SampleDocuments.invoice(SampleDocuments.DOMESTIC, 1), SampleDocuments.creditNote())) {
            assertThat(page(invoiceDetails, words, Optional.empty())).doesNotContain("due by");
            assertThat(invoice(invoiceDetails, Locale.US).payment().dueOn()).isEmpty();
        }
    }

    @Test
    void sampleUsesThePaymentTermsOfTheDraft() {
        var words = new DocumentTexts(Locale.US, SampleDocuments.BERLIN);
        var quick = new DocumentTemplate(Optional.empty(), Optional.empty(), Map.of(), 3);
        // Half past midnight in Berlin, on the fifth.
        var now = Instant.parse("2026-11-04T23:30:00Z");
        var invoiceDetails =
                new SampleInvoice(words, Currency.getInstance("EUR"), now, quick).of(SampleDocuments.SELLER);

        var page = new DocumentHtml(new Letterhead(BRAND, Optional.empty(), quick), words)
                .specimen(invoiceDetails.issued().orElseThrow(), SampleDocuments.SELLER, invoiceDetails);

        assertThat(page).contains("due by Nov 8, 2026");
    }

    @Test
    void countsPaymentTermsInCalendarDays() {
        var issued = LocalDate.of(2028, 1, 31);

        assertThat(DocumentTemplate.NONE.dueOn(issued)).isEqualTo(LocalDate.of(2028, 2, 14));
        assertThat(withPaymentDays(0).dueOn(issued)).isEqualTo(issued);
        assertThat(withPaymentDays(29).dueOn(issued)).isEqualTo(LocalDate.of(2028, 2, 29));
        assertThat(withPaymentDays(120).dueOn(issued)).isEqualTo(LocalDate.of(2028, 5, 30));
        assertThat(withPaymentDays(120).isFit()).isTrue();
        assertThat(withPaymentDays(121).isFit()).isFalse();
        assertThat(withPaymentDays(-1).isFit()).isFalse();
    }

    private static DocumentTemplate withPaymentDays(int days) {
        return new DocumentTemplate(Optional.empty(), Optional.empty(), Map.of(), days);
    }

    @Test
    void keepsAllTextOnThePage() throws IOException {
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        for (var text : List.of("W".repeat(225), "שלום עולם ".repeat(15), "مرحبا ".repeat(20), "W ".repeat(100))) {
            var documentTemplate = template("\u202e" + text);

            var pdf = PdfA3Writer.of(
                    page(SampleDocuments.unpaid(), words, Optional.empty(), documentTemplate),
                    documentMetadata(),
                    Optional.empty());

            assertThat(documentTemplate.faults()).isEmpty();
            assertThat(documentTemplate.text(Language.DE, Part.LEGAL)).doesNotContain("\u202e");
            for (var letter : letters(pdf)) {
                assertThat(letter.getXDirAdj()).as(text).isBetween(50f, 545f);
                assertThat(letter.getXDirAdj() + letter.getWidthDirAdj())
                        .as(text)
                        .isLessThan(547);
                assertThat(letter.getYDirAdj()).as(text).isLessThan(830);
            }
            assertThat(PdfaRules.violations(pdf, PDFAFlavour.PDFA_3_A)).isEmpty();
        }
    }

    /** For content that ends exactly at a page end. */
    @Test
    void printsNoPageWithOnlyAFooter() throws IOException {
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        for (var lines = 1; lines <= 2; lines++) {
            for (var height = 0; height < 12; height++) {
                var introduction = Map.of(
                        Language.DE,
                        Map.of(Part.INTRODUCTION, String.join("\n", Collections.nCopies(height, "Guten Tag"))));
                var documentTemplate = new DocumentTemplate(Optional.empty(), Optional.empty(), introduction);

                var pdf = PdfA3Writer.of(
                        page(
                                SampleDocuments.invoice(SampleDocuments.DOMESTIC, lines),
                                words,
                                Optional.empty(),
                                documentTemplate),
                        documentMetadata(),
                        Optional.empty());

                assertThat(lettersOfTheLastPage(pdf))
                        .as(lines + " lines, " + height + " more")
                        .anyMatch(letter -> letter.getYDirAdj() < ABOVE_THE_FOOT);
            }
        }
    }

    @Test
    void replacesAnUnreadableAccentColour() {
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var letterhead = new Letterhead(BRAND, Optional.empty(), withAccent("#ffe14d"));

        assertThat(Contrast.isReadable(letterhead.accent(), Colour.WHITE)).isTrue();
        assertThat(page(SampleDocuments.unpaid(), words, Optional.empty(), withAccent("#9f1239")))
                .contains("0.6mm solid #9f1239");
    }

    @Test
    void reportsTextsThatAreTooLong() {
        assertThat(template("x\n".repeat(4) + "x").faults()).containsExactly(new Field(Language.DE, Part.FOOTER));
        assertThat(template("x".repeat(1_001)).faults()).hasSize(Part.values().length);
    }

    /** Returns a template with all texts in German. */
    private static DocumentTemplate template(String text) {
        var texts = new EnumMap<Part, String>(Part.class);
        for (var part : Part.values()) {
            texts.put(part, part + " " + text);
        }
        return new DocumentTemplate(Optional.empty(), Optional.empty(), Map.of(Language.DE, texts));
    }

    private static DocumentTemplate withAccent(String accent) {
        return new DocumentTemplate(Optional.of(Colour.of(accent)), Optional.empty(), Map.of());
    }

    private static List<TextPosition> letters(byte[] content) throws IOException {
        try (var pdf = Loader.loadPDF(content)) {
            return letters(pdf, 1);
        }
    }

    private static List<TextPosition> lettersOfTheLastPage(byte[] content) throws IOException {
        try (var pdf = Loader.loadPDF(content)) {
            return letters(pdf, pdf.getNumberOfPages());
        }
    }

    private static List<TextPosition> letters(PDDocument pdf, int fromPage) throws IOException {
        var letters = new ArrayList<TextPosition>();
        var stripper = new PDFTextStripper() {
            @Override
            protected void processTextPosition(TextPosition letter) {
                letters.add(letter);
            }
        };
        stripper.setStartPage(fromPage);
        stripper.getText(pdf);
        return letters;
    }

    @Test
    void eInvoiceMatchesThePdf() {
        var invoiceDetails = SampleDocuments.invoice(SampleDocuments.GROSS, 1);

        var it = invoice(invoiceDetails, Locale.GERMANY);

        assertThat(it.lines())
                .extracting(EInvoice.Line::name)
                .containsExactly("web-1 · cx-2", "web-1 · Backups", "Gutschrift für Ausfall");
        assertThat(it.lines().get(0).days()).isEqualTo(it.period());
        assertThat(it.lines().get(0).net()).isEqualByComparingTo("6.72268908");
        assertThat(it.lines().get(0).price()).isEqualByComparingTo("0.01000000");
        assertThat(it.lines().get(2).description()).contains("Outage on 3 October");
        assertThat(it.payment().isSettled()).isTrue();
        assertThat(it.lacks(Profile.XRECHNUNG)).isEmpty();
        assertThat(new String(CiiWriter.of(it, Profile.EN_16931), StandardCharsets.UTF_8))
                .contains("<ram:GrandTotalAmount>"
                        + invoiceDetails.total().amount().setScale(2) + "<");
    }

    /** The last started hour of a month ends in the next month, but belongs to the month in which it started. */
    @ParameterizedTest
    @CsvSource({
        "2026-09-30T22:00:00Z, 2026-10-31T23:00:00Z, 2026-10-01, 2026-10-31",
        "2026-10-10T12:20:00Z, 2026-10-31T23:20:00Z, 2026-10-10, 2026-10-31",
        "2026-10-31T22:20:00Z, 2026-10-31T23:20:00Z, 2026-10-31, 2026-10-31",
        "2026-10-02T21:40:00Z, 2026-10-02T22:40:00Z, 2026-10-02, 2026-10-02",
        "2026-10-02T10:00:00Z, 2026-10-03T09:00:00Z, 2026-10-02, 2026-10-03"
    })
    void eInvoiceHasThePeriodOfTheDocument(Instant from, Instant to, LocalDate first, LocalDate last) {
        var it = invoice(SampleDocuments.rented(from, to), Locale.GERMANY);

        assertThat(it.period())
                .isEqualTo(new EInvoice.InvoicingPeriod(LocalDate.of(2026, 10, 1), LocalDate.of(2026, 10, 31)));
        assertThat(it.lines().get(0).days()).isEqualTo(new EInvoice.InvoicingPeriod(first, last));
    }

    @Test
    void hasTheSameTextsInBothLanguages() {
        var english = ResourceBundle.getBundle("io.tenantry.documents.texts", Locale.ROOT);
        var german = ResourceBundle.getBundle("io.tenantry.documents.texts", Locale.GERMAN);

        assertThat(german.getLocale()).isEqualTo(Locale.GERMAN);
        assertThat(german.keySet()).isEqualTo(english.keySet());
        for (var key : english.keySet()) {
            assertThat(ownsKey(german, key)).as(key).isTrue();
        }
        for (var taxTreatment : TaxTreatment.values()) {
            var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
            assertThat(words.text("tax." + taxTreatment, "19", "Deutschland", "1 €"))
                    .doesNotContain("{");
            assertThat(words.why(taxTreatment).isEmpty()).isEqualTo(taxTreatment == TaxTreatment.TAXED);
        }
    }

    /** Whether the bundle itself contains the key, not only its parent. */
    private static boolean ownsKey(ResourceBundle bundle, String key) {
        return bundle instanceof PropertyResourceBundle properties && properties.handleGetObject(key) != null;
    }

    private static byte[] pdf(InvoiceDetails invoiceDetails, Locale locale) {
        var words = new DocumentTexts(locale, SampleDocuments.BERLIN);
        return PdfA3Writer.of(
                page(invoiceDetails, words, Optional.empty()),
                documentMetadata(),
                Optional.of(CiiWriter.of(invoice(invoiceDetails, locale), Profile.EN_16931)));
    }

    static String page(InvoiceDetails invoiceDetails, DocumentTexts words, Optional<Logo> logo) {
        return page(invoiceDetails, words, logo, DocumentTemplate.NONE);
    }

    private static String page(
            InvoiceDetails invoiceDetails,
            DocumentTexts words,
            Optional<Logo> logo,
            DocumentTemplate documentTemplate) {
        return new DocumentHtml(new Letterhead(BRAND, logo, documentTemplate), words)
                .of(invoiceDetails.issued().orElseThrow(), SampleDocuments.SELLER, invoiceDetails);
    }

    static EInvoice invoice(InvoiceDetails invoiceDetails, Locale locale) {
        var words = new DocumentTexts(locale, SampleDocuments.BERLIN);
        return new EInvoiceMapper(words, DocumentTemplate.NONE)
                .of(invoiceDetails.issued().orElseThrow(), SampleDocuments.SELLER, invoiceDetails);
    }

    static PdfA3Writer.DocumentMetadata documentMetadata() {
        return new PdfA3Writer.DocumentMetadata(
                "Rechnung", "Aurora Cloud GmbH", "de-DE", Instant.parse("2026-11-04T06:00:00.5Z"));
    }

    private static Logo logo(boolean isIcon) throws IOException {
        var image = new BufferedImage(120, 40, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        graphics.setColor(new Color(20, 80, 160, 128));
        graphics.fillOval(0, 0, 40, 40);
        graphics.dispose();
        var out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return Logo.of("image/png", out.toByteArray(), isIcon).orElseThrow();
    }

    private static String text(byte[] content) throws IOException {
        try (var pdf = Loader.loadPDF(content)) {
            return new PDFTextStripper().getText(pdf);
        }
    }

    private static String metadata(PDDocument pdf) throws IOException {
        return new String(pdf.getDocumentCatalog().getMetadata().toByteArray(), StandardCharsets.UTF_8);
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
