package io.tenantry.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.text.TextFile.Decoded;
import io.tenantry.text.TextFile.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFileTest {
    private static final int BYTES_MAX = 1_000;
    private static final String TEXT = "US-CA;STANDARD;7.25;2026-01-01\r\n# \u00a7 \u20ac \u4e2d\n";

    private static Decoded decode(byte[] file) {
        return TextFile.decode(file, BYTES_MAX);
    }

    /** Renamed to .csv, as people do when a form asks for one. */
    @ParameterizedTest
    @CsvSource({
        "xl/workbook.xml, Excel (XLSX)",
        "[Content_Types].xml, Excel (XLSX)",
        "_rels/.rels;docProps/app.xml, Excel (XLSX)",
        "Index/Document.iwa, Numbers"
    })
    void namesWorkbooks(String entries, String format) throws IOException {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var entry : entries.split(";", -1)) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write("<x/>".getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(decode(out.toByteArray())).isEqualTo(new Decoded.Refused(Fault.SPREADSHEET, 0, format));
    }

    @ParameterizedTest
    @CsvSource({
        "\u00d0\u00cf\u0011\u00e0\u00a1\u00b1, SPREADSHEET, Excel (XLS)",
        "%PDF-1.7, FORMAT, PDF",
        "\u0089PNG, FORMAT, PNG",
        "GIF89a, FORMAT, GIF"
    })
    void namesOtherFormats(String head, Fault fault, String format) {
        var file = head + "\r\n\u0000\u0001";
        assertThat(decode(file.getBytes(StandardCharsets.ISO_8859_1))).isEqualTo(new Decoded.Refused(fault, 0, format));
    }

    private static byte[] zip(String... contents) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("__MACOSX/._rates.csv"));
            zip.putNextEntry(new ZipEntry("folder/"));
            for (var i = 0; i < contents.length; i++) {
                zip.putNextEntry(new ZipEntry("folder/rates" + i + ".csv"));
                zip.write(contents[i].getBytes(StandardCharsets.UTF_16LE));
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
    void decodesByByteOrderMark(String charset) {
        assertThat(decode(("\uFEFF" + TEXT).getBytes(Charset.forName(charset)))).isEqualTo(new Decoded.Text(TEXT));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void decodesWithoutByteOrderMark(String charset) {
        assertThat(decode(TEXT.getBytes(Charset.forName(charset)))).isEqualTo(new Decoded.Text(TEXT));
    }

    @Test
    void readsSingleFileOfArchive() {
        assertThat(decode(zip(TEXT))).isEqualTo(new Decoded.Text(TEXT));
        assertThat(decode(zip(TEXT, TEXT))).isEqualTo(new Decoded.Refused(Fault.ARCHIVE, 0));
        for (var empty : new String[] {"", " \n", "\uFEFF", "\r\n"}) {
            assertThat(decode(empty.getBytes(StandardCharsets.UTF_8))).isEqualTo(new Decoded.Refused(Fault.EMPTY, 0));
        }
        assertThat(decode(zip())).isEqualTo(new Decoded.Refused(Fault.ARCHIVE, 0));
        assertThat(decode(zip("x".repeat(BYTES_MAX)))).isEqualTo(new Decoded.Refused(Fault.TOO_LONG, 0));
        assertThat(decode(new byte[] {'P', 'K', 3, 4, 0, 0})).isEqualTo(new Decoded.Refused(Fault.ARCHIVE, 0));
    }

    @Test
    void rejectsOtherEncodings() {
        assertThat(decode("gr\u00f6\u00dfe".getBytes(StandardCharsets.ISO_8859_1)))
                .isEqualTo(new Decoded.Refused(Fault.ENCODING, 0));
        assertThat(decode(new byte[] {(byte) 0xff, (byte) 0xfe, 65})).isEqualTo(new Decoded.Refused(Fault.ENCODING, 0));
    }

    @Test
    void rejectsControlCharacters() {
        for (var control : new String[] {"\0", "\u0001", "\u001b", "\u007f", "\u0090"}) {
            for (var charset : new Charset[] {StandardCharsets.UTF_8, StandardCharsets.UTF_16LE}) {
                assertThat(decode(("\uFEFF" + TEXT + "US;STANDARD;7" + control + "2;2026-01-01\n").getBytes(charset)))
                        .isEqualTo(new Decoded.Refused(Fault.CONTROL, 3));
            }
        }
        assertThat(decode((TEXT + "\u001a").getBytes(StandardCharsets.UTF_8))).isEqualTo(new Decoded.Text(TEXT));
        assertThat(decode(new byte[0])).isEqualTo(new Decoded.Refused(Fault.EMPTY, 0));
    }
}
