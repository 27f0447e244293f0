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
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/** Kinds of uploaded files: statements, archives of statements, and files that are neither. */
class StatementFilesTest {
    private static final String CSV = "Datum;Betrag\n17.04.2026;10,00\n";

    @Test
    void anArchiveGivesEachOfItsStatements() throws Exception {
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
    void archivesAreBounded() throws Exception {
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
    void otherFormatsAreNamed() {
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
    void anEncodingThatIsNotCertainIsRefused() {
        for (var encoding : new String[] {"x-MacRoman", "IBM850"}) {
            var file = "Buchungstag;Währung;Empfänger;Betrag\n17.04.2026;EUR;Jürgen Schröder;10,00\n"
                    .getBytes(Charset.forName(encoding));
            assertThatThrownBy(() -> Reading.read(file, CsvProfile.DETECT, Reading.GERMAN))
                    .isInstanceOfSatisfying(
                            UnreadableStatement.class,
                            refused -> assertThat(refused.problem().reason()).isEqualTo(Reason.ENCODING));
        }
    }

    @Test
    void euroSignsOfBothWesternEncodingsAreRead() throws UnreadableStatement {
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
    void controlCharactersAreNeitherKeptNorSkippedInAmounts() throws UnreadableStatement {
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
