package io.tenantry.documents;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import io.tenantry.billing.invoicing.InvoiceBuyer;
import io.tenantry.billing.invoicing.InvoiceQuery.Group;
import io.tenantry.billing.invoicing.InvoiceQuery.InvoiceDetails;
import io.tenantry.billing.invoicing.InvoiceSeller;
import io.tenantry.billing.invoicing.Invoicing.Line;
import io.tenantry.billing.invoicing.PostalAddress;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/**
 * Names in all scripts: a document shows exactly what its e-invoice states. {@code -Dtenantry.documents.folder=DIR} writes the files there for inspection.
 */
@Tag("full")
class NamesInDocumentsTest {
    /** In points: the width of the page without its margin. */
    private static final float PAGE_RIGHT = 545;

    private static final int RANDOM_NAMES = Integer.getInteger("tenantry.names", 60);
    private static final int RANDOM_LENGTH = 24;
    private static final long SEED = 25;

    /** Ranges from which random names are generated. */
    private static final int[][] RANGES = {
        {0x20, 0x7E},
        {0xA1, 0x24F},
        {0x300, 0x36F},
        {0x370, 0x52F},
        {0x531, 0x58F},
        {0x590, 0x5FF},
        {0x600, 0x6FF},
        {0x700, 0x74F},
        {0x780, 0x7BF},
        {0x7C0, 0x7FF},
        {0x900, 0x97F},
        {0x980, 0x9FF},
        {0xA00, 0xA7F},
        {0xA80, 0xAFF},
        {0xB00, 0xB7F},
        {0xB80, 0xBFF},
        {0xC00, 0xC7F},
        {0xC80, 0xCFF},
        {0xD00, 0xD7F},
        {0xD80, 0xDFF},
        {0xE00, 0xE7F},
        {0xE80, 0xEFF},
        {0xF00, 0xFFF},
        {0x1000, 0x109F},
        {0x10A0, 0x10FF},
        {0x1100, 0x11FF},
        {0x1200, 0x137F},
        {0x1780, 0x17FF},
        {0x1800, 0x18AF},
        {0x1E00, 0x1FFF},
        {0x2000, 0x206F},
        {0x20A0, 0x20FF},
        {0x2100, 0x27BF},
        {0x3000, 0x30FF},
        {0x3400, 0x9FFF},
        {0xA000, 0xABFF},
        {0xAC00, 0xD7A3},
        {0xE000, 0xF8FF},
        {0xFB00, 0xFDFF},
        {0xFE00, 0xFFFD},
        {0x10000, 0x1FFFF},
        {0x20000, 0x2A6DF},
        {0xE0000, 0xE01EF},
        {0xF0000, 0xF00FF}
    };

    static Stream<String> names() {
        return Stream.of(
                "株式会社テスト",
                "深圳市星云科技有限公司",
                "台灣雲端股份有限公司",
                "주식회사 테스트 네트웍스",
                "하나",
                "か\u309A カ\u309Aフェ",
                "葛\uDB40\uDD00飾 辻\uDB40\uDD00本",
                "\u110C\u116E\u1109\u1175\u11A8\u1112\u116C\u1109\u1161",
                "ශ්\u200Dරී ලංකා",
                "AT&T &amp; <b>x</b> ]]> &#65;",
                "हिन्दी कंपनी प्राइवेट लिमिटेड",
                "र्क्षि श्री विद्या",
                "বাংলা কোম্পানি লিমিটেড",
                "தமிழ் நிறுவனம் ஸ்ரீ",
                "తెలుగు సంస్థ",
                "ಕನ್ನಡ ಸಂಸ್ಥೆ",
                "മലയാളം കമ്പനി",
                "ગુજરાતી કંપની",
                "ਪੰਜਾਬੀ ਕੰਪਨੀ",
                "ଓଡ଼ିଆ କମ୍ପାନୀ",
                "සිංහල සමාගම",
                "บริษัท ทดสอบ น้ำที่นี้ จำกัด",
                "ບໍລິສັດ ທົດສອບ",
                "ក្រុមហ៊ុនសាកល្បងស្រ្តី",
                "မြန်မာကုမ္ပဏီ",
                "ኢትዮጵያ ኩባንያ",
                "شركة النور للتجارة والخدمات (القاهرة)",
                "مُحَمَّد الأَوَّل",
                "شرکت پگاه می‌خواهم",
                "پاکستان ٹیلی کمیونیکیشن کمپنی ڑے ہے",
                "אור חדש שירותי ענן בע״מ",
                "שָׁלוֹם עֲלֵיכֶם",
                "Nordlicht النور GmbH",
                "Nord (שלום) 12 «Süd»",
                "ТОВ «Північне світло»",
                "Φως Υπολογιστικό Νέφος Α.Ε.",
                "Լույս ՍՊԸ",
                "ქართული კომპანია",
                "Công ty Cổ phần Đám Mây",
                "Zoe\u0308 Nguye\u0302\u0303n",
                "x\u0302 q\u0323\u0307 m\u0330",
                "Rocket 🚀 GmbH",
                "👩‍💻 Studio 👍🏽 🇩🇪 ❤️ 1️⃣",
                "𠮷野家",
                "Ünassigned \u0378\uA7FF\uD87E\uDFFF",
                "Private \uE000\uDB80\uDC00 use",
                "Object \uFFFC\uFFFD sign",
                "𝒜𝓁𝒾𝒸ℯ 𝔹𝕆𝔹",
                "ＦＵＬＬ　ＷＩＤＴＨ",
                "ﬁancée & Söhne <KG> \"Zitat\"",
                "ⓐ ① ½ № ℡ ™ ➜ ☃ ♫");
    }

    /** One of each way of writing; all of them stand on one document below, and on one of their own with {@code -Pfull}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "株式会社テスト",
                "주식회사 테스트 네트웍스",
                "र्क्षि श्री विद्या",
                "บริษัท ทดสอบ น้ำที่นี้ จำกัด",
                "شركة النور للتجارة والخدمات (القاهرة)",
                "Nord (שלום) 12 «Süd»",
                "👩‍💻 Studio 👍🏽 🇩🇪 ❤️ 1️⃣",
                "Object \uFFFC\uFFFD sign"
            })
    void printsTheNameAsInTheEInvoice(String name) throws IOException {
        assertThat(names()).contains(name);
        assertPrintedAsInTheEInvoice(name);
    }

    @ParameterizedTest
    @MethodSource("names")
    @Tag("full")
    void printsTheNameAsInTheEInvoiceInEachScript(String name) throws IOException {
        assertPrintedAsInTheEInvoice(name);
    }

    private static void assertPrintedAsInTheEInvoice(String name) throws IOException {
        var content = pdf(List.of(name));
        saveForInspection(content, "name-" + Integer.toHexString(name.hashCode()));

        try (var pdf = Loader.loadPDF(content)) {
            var stated = seller(pdf);
            assertThat(plain(stated)).isEqualTo(plain(name));
            assertThat(plain(new PDFTextStripper().getText(pdf))).contains(shown(name));
        }
        assertThat(PdfaRules.violations(content, PDFAFlavour.PDFA_3_A)).isEmpty();
        assertThat(PdfaRules.violations(content, PDFAFlavour.PDFUA_1)).isEmpty();
    }

    @Test
    void printsAllNamesOnOneDocument() throws IOException {
        var all = names().toList();
        var content = pdf(all);
        saveForInspection(content, "names");

        try (var pdf = Loader.loadPDF(content)) {
            var text = plain(new PDFTextStripper().getText(pdf));
            assertThat(all).allSatisfy(name -> assertThat(text).contains(shown(name)));
        }
        assertThat(PdfaRules.violations(content, PDFAFlavour.PDFA_3_A)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"W", "Donaudampfschiff", "web-01.eu.", "شركة", "कंपनी"})
    void keepsALongWordOnThePage(String part) throws IOException {
        var name = part.repeat(120 / part.length());
        var rightmost = new float[1];
        var reader = new PDFTextStripper() {
            @Override
            protected void processTextPosition(TextPosition text) {
                rightmost[0] = Math.max(rightmost[0], text.getXDirAdj() + text.getWidthDirAdj());
                super.processTextPosition(text);
            }
        };
        try (var pdf = Loader.loadPDF(pdf(List.of(name, name)))) {
            assertThat(reader.getText(pdf)).contains("Betrag");
        }
        assertThat(rightmost[0]).isBetween(500f, PAGE_RIGHT);
    }

    @Tag("full")
    @Test
    void printsAnyCharacters() throws IOException {
        var random = new Random(SEED);
        for (var number = 0; number < RANDOM_NAMES; number++) {
            var name = randomName(random);
            var content = pdf(List.of(name, randomName(random)));

            try (var pdf = Loader.loadPDF(content)) {
                var text = new PDFTextStripper().getText(pdf);
                assertThat(letters(text)).as(name).containsAll(letters(name));
            }
            if (number % 10 == 0) {
                saveForInspection(content, "random-" + number);
                assertThat(PdfaRules.violations(content, PDFAFlavour.PDFA_3_A))
                        .as(name)
                        .isEmpty();
            }
        }
    }

    /** Returns the letters of left-to-right scripts, sorted: no reader may lose them, however it orders random characters. */
    private static List<Integer> letters(String text) {
        return plain(text)
                .codePoints()
                .filter(character -> Character.isLetter(character)
                        && Character.getDirectionality(character) == Character.DIRECTIONALITY_LEFT_TO_RIGHT
                        && character < 0xFFFF
                        // Combined into syllables wherever they are adjacent.
                        && UScript.getScript(character) != UScript.HANGUL)
                .distinct()
                .sorted()
                .boxed()
                .toList();
    }

    private static String randomName(Random random) {
        var name = new StringBuilder("N");
        var length = 1 + random.nextInt(RANDOM_LENGTH);
        for (var place = 0; place < length; place++) {
            var range = RANGES[random.nextInt(RANGES.length)];
            for (var times = 1 + random.nextInt(3); times > 0; times--) {
                name.appendCodePoint(range[0] + random.nextInt(range[1] - range[0] + 1));
            }
        }
        return name.append('Z').toString();
    }

    /** Returns the text to compare: compatible forms are equal, and spaces and invisible characters are ignored. */
    private static String plain(String text) {
        var plain = new StringBuilder();
        Normalizer.normalize(text, Normalizer.Form.NFKC)
                .codePoints()
                .filter(character -> !Character.isWhitespace(character) && !Character.isSpaceChar(character))
                .filter(character -> !UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT))
                .forEach(plain::appendCodePoint);
        return Normalizer.normalize(plain, Normalizer.Form.NFKC);
    }

    /** Private-use characters are named. */
    private static String shown(String name) {
        var shown = new StringBuilder();
        name.codePoints()
                .forEach(character -> shown.append(
                        Character.getType(character) == Character.PRIVATE_USE
                                ? String.format(Locale.ROOT, "U+%04X", character)
                                : Character.toString(character)));
        return plain(shown.toString());
    }

    private static void saveForInspection(byte[] content, String name) throws IOException {
        var directory = System.getProperty("tenantry.documents.folder");
        if (directory != null) {
            Files.write(Path.of(directory, name + ".pdf"), content);
        }
    }

    /** Returns the seller's name in the attached e-invoice. */
    private static String seller(PDDocument pdf) throws IOException {
        var files = pdf.getDocumentCatalog().getNames().getEmbeddedFiles().getNames();
        var attached = Objects.requireNonNull(files.get(PdfA3Writer.ATTACHED))
                .getEmbeddedFile()
                .toByteArray();
        try {
            var factory = DocumentBuilderFactory.newDefaultNSInstance();
            NodeList parties = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(new String(attached, StandardCharsets.UTF_8))))
                    .getElementsByTagNameNS("*", "SellerTradeParty");
            var children = parties.item(0).getChildNodes();
            for (var number = 0; number < children.getLength(); number++) {
                if ("Name".equals(children.item(number).getLocalName())) {
                    return children.item(number).getTextContent();
                }
            }
            throw new AssertionError("no name");
        } catch (org.xml.sax.SAXException | javax.xml.parsers.ParserConfigurationException broken) {
            throw new AssertionError(broken);
        }
    }

    /** Returns an invoice of a seller with the first name, with the others as server names, as addresses and in the note. */
    private static byte[] pdf(List<String> names) {
        var whole = SampleDocuments.invoice(SampleDocuments.DOMESTIC, Math.max(1, names.size()));
        var it = SampleDocuments.SELLER;
        var invoiceSeller = new InvoiceSeller(
                new PostalAddress(names.get(0), it.address().street(), "10245", "Berlin", "DE"),
                it.vatNumber(),
                it.taxNumber(),
                names.get(names.size() - 1),
                it.email(),
                it.phone(),
                names.get(0),
                it.iban(),
                it.bic(),
                String.join("; ", names));
        var groups = new ArrayList<Group>();
        for (var group : whole.groups()) {
            groups.add(groups.size() < names.size() ? named(group, names.get(groups.size())) : group);
        }
        var invoiceBuyer = new InvoiceBuyer(
                new PostalAddress(names.get(names.size() - 1), "Gasse 1", "1010", "Wien", "AT"), "", "", "");
        var invoiceDetails = new InvoiceDetails(
                whole.issued(),
                whole.organizationId(),
                whole.period(),
                Optional.of(invoiceSeller),
                invoiceBuyer,
                groups,
                whole.net(),
                whole.tax(),
                whole.rounding(),
                whole.total(),
                whole.taxes(),
                whole.corrections());
        var words = new DocumentTexts(Locale.GERMANY, SampleDocuments.BERLIN);
        var invoiceSummary = invoiceDetails.issued().orElseThrow();
        var documentTemplate = DocumentTemplate.NONE;
        return new PrintableDocument(
                        invoiceSummary,
                        invoiceSeller,
                        invoiceDetails,
                        words,
                        documentTemplate,
                        new EInvoiceMapper(words, documentTemplate).of(invoiceSummary, invoiceSeller, invoiceDetails))
                .content(
                        InvoiceFiles.Format.PDF,
                        () -> new DocumentHtml(
                                new Letterhead(DocumentTest.BRAND, Optional.empty(), documentTemplate), words));
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
}
