package io.tenantry.billing.bank.statement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kinds of uploaded files: statements, archives of statements, and files that are neither. */
class StatementFilesTest {
    private static final String CSV = "Datum;Betrag\n17.04.2026;10,00\n";

    @Test
    void readsEachStatementOfAnArchive() throws Exception {
        var files = new LinkedHashMap<String, byte[]>();
        files.put("a/", new byte[0]);
        files.put("a/one.csv", bytes(CSV));
        files.put("two.xml", StatementSamplesTest.resource("sparkasse-camt053-v02.xml"));
        files.put("__MACOSX/._one.csv", bytes("x"));
        files.put("statement.pdf", bytes("%PDF-1.7"));
        assertThat(StatementReader.open("x.zip", zip(files)))
                .extracting(file -> file.name() + " " + file.format())
                .containsExactly("a/one.csv CSV", "two.xml CAMT_053");
    }

    @Test
    void limitsArchives() throws Exception {
        var bomb = zip(Map.of("a.csv", new byte[3_000_000]));
        assertThat(bomb.length).isLessThan(10_000);
        refuses(Reason.TOO_LARGE, bomb);
        refuses(Reason.TOO_LARGE, zip(Map.of("a.pdf", new byte[3_000_000])));
        var many = new LinkedHashMap<String, byte[]>();
        for (var at = 0; at < 101; at++) {
            many.put(at + ".csv", bytes(CSV));
        }
        refuses(Reason.TOO_MANY_FILES, zip(many));
        refuses(Reason.BAD_ARCHIVE, zip(Map.of("inner.zip", zip(Map.of("a.csv", bytes(CSV))))));
        refuses(Reason.NO_STATEMENT_IN_ARCHIVE, zip(Map.of("a.pdf", bytes("%PDF"))));
        refuses(Reason.UNKNOWN_FORMAT, zip(Map.of("[Content_Types].xml", bytes("<Types/>"))));
        var broken = zip(Map.of("a.csv", bytes(CSV.repeat(200))));
        refuses(Reason.BAD_ARCHIVE, Arrays.copyOf(broken, 50));
    }

    @Test
    void namesOtherFormats() {
        refuses(Reason.EMPTY, new byte[0]);
        names("PDF", "%PDF-1.7");
        names("HTML", "<!DOCTYPE html><html></html>");
        names("MT940", ":20:STARTUMSE\r\n:25:10010010/1234\r\n:60F:C260417EUR1,00\r\n");
        names("MT940", "{1:F01BANKDEFFXXXX}{2:I940}{4:\n:20:1\n:25:1\n");
        names("OFX", "OFXHEADER:100\nDATA:OFXSGML\n<OFX>");
        names("QIF", "!Type:Bank\nD17/04/2026\n");
        names("JSON", "{\"transactions\":[]}");
        names("gzip", "\u001f\u008b\b");
        names("Excel 97 (.xls)", "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1");
    }

    @Test
    void refusesAnUncertainEncoding() {
        for (var encoding : new String[] {"x-MacRoman", "IBM850"}) {
            var file = "Buchungstag;Währung;Empfänger;Betrag\n17.04.2026;EUR;Jürgen Schröder;10,00\n"
                    .getBytes(Charset.forName(encoding));
            assertThatThrownBy(() -> Reading.read(file, CsvProfile.DETECT, Reading.GERMAN))
                    .isInstanceOfSatisfying(
                            UnreadableStatement.class,
                            refused -> assertThat(refused.problem().reason()).isEqualTo(Reason.ENCODING));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "windows-1250, Dvo\u0159\u00e1k",
        "windows-1250, Pawe\u0142 Kowalski",
        "windows-1250, Tom\u00e1\u0161 N\u011bmec",
        "windows-1250, Ku\u010dera",
        "ISO-8859-2, Dvo\u0159\u00e1k",
        "ISO-8859-2, \u0141ukasz",
        "ISO-8859-2, ALE\u0160",
        "ISO-8859-2, \u017bo\u0142nierz",
        "windows-1251, \u0418\u0432\u0430\u043d\u043e\u0432",
        "KOI8-R, \u0418\u0432\u0430\u043d\u043e\u0432",
        "windows-1253, \u03a0\u03b1\u03c0\u03b1\u03b4\u03cc\u03c0\u03bf\u03c5\u03bb\u03bf\u03c2",
        "windows-1254, Y\u0131ld\u0131z",
        "windows-1257, Kazlauskien\u0117",
        "windows-31j, \u5c71\u7530\u592a\u90ce",
        "windows-31j, \u30bd\u30cb\u30fc",
        "windows-31j, \uff94\uff8f\uff80\uff9e",
        "EUC-JP, \u5c71\u7530\u592a\u90ce",
        "ISO-2022-JP, \u5c71\u7530\u592a\u90ce",
        "GB18030, \u5f20\u4e09",
        "GB18030, \u674e\u56db",
        "Big5, \u738b\u5c0f\u660e",
        "Big5, \u9673",
        "x-windows-949, \uae40\ucca0\uc218"
    })
    void refusesAmbiguousCharacters(String encoding, String name) throws UnreadableStatement {
        var charset = Charset.forName(encoding);
        var file = ("Datum;Zahlungspflichtiger;Betrag\n17.04.2026;" + name + ";10,00\n18.04.2026;Oak;-1,00\n")
                .getBytes(charset);
        assertThatThrownBy(() -> Reading.read(file, CsvProfile.DETECT, Reading.GERMAN))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        refused -> assertThat(refused.problem().reason()).isEqualTo(Reason.ENCODING));
        var layout =
                StatementReader.layout(StatementReader.open("x.csv", file).get(0), CsvProfile.DETECT, Reading.GERMAN);
        assertThat(layout.problem())
                .hasValueSatisfying(problem -> assertThat(problem.reason()).isEqualTo(Reason.ENCODING));
        assertThat(layout.profile().encoding()).isEmpty();
        if (StatementReader.encodings().contains(encoding)) {
            assertThat(Reading.read(file, encoding(encoding), Reading.GERMAN).transactions())
                    .first()
                    .satisfies(read ->
                            assertThat(read.payer()).isEqualTo(new String(name.getBytes(charset), charset).strip()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "DE, J\u00fcrgen Gr\u00f6\u00dfe",
        "DE, Ren\u00e9 M\u00fcller",
        "FR, H\u00e9l\u00e8ne Cr\u00e9\u00e9e",
        "ES, Jes\u00fas Mu\u00f1oz",
        "IT, Nicol\u00f2",
        "DK, S\u00f8ren",
        "SE, \u00c5ke H\u00e4\u00e4",
        "PT, Jo\u00e3o"
    })
    void readsCharactersOfTheCountryOrOfAllEncodings(String country, String name) throws UnreadableStatement {
        var file = ("Datum;Zahlungspflichtiger;Betrag\n17.04.2026;" + name + ";10,00 \u20ac\n")
                .getBytes(Charset.forName("windows-1252"));
        assertThat(Reading.read(file, CsvProfile.DETECT, Reading.defaults("EUR", country))
                        .transactions())
                .singleElement()
                .satisfies(read -> assertThat(read.payer()).isEqualTo(name));
    }

    /** A saved encoding counts for files that do not show theirs: a bank may change to UTF-8. */
    @Test
    void prefersTheEncodingShownByTheFileToTheChosenOne() throws UnreadableStatement {
        var file = "Datum;Zahlungspflichtiger;Betrag\n17.04.2026;Dvo\u0159\u00e1k;10,00\n"
                .getBytes(StandardCharsets.UTF_8);
        assertThat(Reading.read(file, encoding("windows-1250"), Reading.GERMAN).transactions())
                .singleElement()
                .satisfies(read -> assertThat(read.payer()).isEqualTo("Dvo\u0159\u00e1k"));
    }

    @Test
    void refusesAChosenEncodingThatDoesNotFit() {
        var file = "Datum;Zahlungspflichtiger;Betrag\n17.04.2026;Dvo\u0159\u00e1k;10,00\n"
                .getBytes(Charset.forName("windows-1250"));
        assertThatThrownBy(() -> Reading.read(file, encoding("UTF-8"), Reading.GERMAN))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        refused -> assertThat(refused.problem().detail()).isEqualTo("UTF-8"));
    }

    private static CsvProfile encoding(String name) {
        var detected = CsvProfile.DETECT;
        return new CsvProfile(
                Optional.of(name),
                detected.separator(),
                detected.headerLine(),
                detected.columns(),
                detected.names(),
                detected.dateOrder(),
                detected.decimalMark(),
                detected.unsigned(),
                detected.currency(),
                detected.isOthersConfirmed(),
                detected.acceptedLines());
    }

    @Test
    void readsEuroSignsOfBothWesternEncodings() throws UnreadableStatement {
        for (var encoding : new String[] {"ISO-8859-15", "windows-1252"}) {
            var file = "Datum;Zahlungspflichtiger;Betrag\n17.04.2026;Süd;10,00 €\n".getBytes(Charset.forName(encoding));
            assertThat(Reading.read(file, CsvProfile.DETECT, Reading.defaults("CHF", "CH"))
                            .transactions())
                    .singleElement()
                    .satisfies(read ->
                            assertThat(read.currency().getCurrencyCode()).isEqualTo("EUR"));
        }
    }

    @Test
    void replacesControlCharactersInTextsAndReviewsAmountsWithThem() throws UnreadableStatement {
        var statement = Reading.csv("Datum;Text;Betrag\n17.04.2026;a\u0000b\u0007c;10,00\n18.04.2026;x;1\u00000,00\n");
        assertThat(Reading.rows(statement)).containsExactly("10 EUR", "review AMOUNT");
        assertThat(statement.transactions().get(0).purpose()).isEqualTo("a\ufffdb\ufffdc");
    }

    private static void names(String format, String content) {
        assertThatThrownBy(() -> StatementReader.open("x", content.getBytes(StandardCharsets.ISO_8859_1)))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        refused -> assertThat(refused.problem().detail()).isEqualTo(format));
    }

    private static void refuses(Reason reason, byte[] content) {
        assertThatThrownBy(() -> StatementReader.open("x", content))
                .isInstanceOfSatisfying(
                        UnreadableStatement.class,
                        refused -> assertThat(refused.problem().reason()).isEqualTo(reason));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] zip(Map<String, byte[]> files) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }
}
