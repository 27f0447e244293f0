package io.tenantry.web.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SheetsTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant MOMENT = Instant.parse("2026-11-10T11:00:00Z");

    @TempDir
    Path folder;

    @Test
    void csvKeepsNumbersAndNeutralisesFormulas() throws IOException {
        var out = new ByteArrayOutputStream();
        try (RowWriter rowWriter = new CsvWriter(out, BERLIN)) {
            write(rowWriter);
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "\uFEFF\"Aurora\",\"Services\"",
                        "\"Name\",\"Amount\",\"Count\",\"At\",\"Nothing\"",
                        "\"'=1+1\",-0.00620000,7,\"2026-11-10T12:00:00+01:00\",");
    }

    @Test
    void xlsxHasNumbersDatesAndNoFormula() throws IOException {
        var out = new ByteArrayOutputStream();
        try (RowWriter rowWriter = new XlsxWriter(out, "Aurora & Söhne", "Dienste: [alle]", BERLIN)) {
            write(rowWriter);
        }
        var parts = unzipped(out.toByteArray());
        var cells = parts.get("xl/worksheets/sheet1.xml");

        assertThat(cells)
                .contains("<t>Aurora</t>")
                .contains(">=1+1</t>")
                .contains("<v>-0.00620000</v>")
                .contains("<v>7</v>")
                .contains("<v>46336.5</v>")
                .doesNotContain("<f>");
        assertThat(parts.get("xl/styles.xml")).contains("yyyy-mm-dd hh:mm");
        assertThat(parts.get("xl/workbook.xml")).contains("Dienste   alle");
    }

    @Test
    void xlsxEscapesInvalidXmlAndTruncatesLongCells() throws IOException {
        var out = new ByteArrayOutputStream();
        try (RowWriter rowWriter =
                new XlsxWriter(out, "Aurora", "A very long name of a list that goes on and on", BERLIN)) {
            rowWriter.row(List.of("a\u0000b\u0008\uFFFE\ud800c", "_x000D_", "\ud83d\ude00".repeat(20_000)));
        }
        var parts = unzipped(out.toByteArray());
        var cells = parts.get("xl/worksheets/sheet1.xml");
        var texts = new ArrayList<String>();
        var matcher = Pattern.compile("<t[^>]*>([^<]*)</t>").matcher(cells);
        while (matcher.find()) {
            texts.add(matcher.group(1));
        }

        assertThat(texts.get(0)).isEqualTo("a&#xfffd;b&#xfffd;&#xfffd;&#xfffd;c");
        assertThat(texts.get(1)).isEqualTo("_x005F_x000D_");
        assertThat(XlsxWriter.text("\ud83d\ude00".repeat(20_000)))
                .hasSizeLessThanOrEqualTo(32_767)
                .endsWith("\ud83d\ude00\u2026");
        assertThat(texts.get(2)).endsWith("&#x2026;");
        assertThat(parts.get("xl/workbook.xml")).containsPattern("name=\"A very long name of a list tha[^\"]*\"");
    }

    @Test
    void xlsxNamesOnlyBrandInItsProperties() throws IOException {
        var out = new ByteArrayOutputStream();
        try (RowWriter rowWriter = new XlsxWriter(out, "Aurora & Söhne", "Dienste", BERLIN)) {
            write(rowWriter);
        }
        var parts = unzipped(out.toByteArray());

        assertThat(parts.get("docProps/app.xml")).contains("<Application>Aurora &amp; S&#xf6;hne</Application>");
        assertThat(parts)
                .allSatisfy((name, text) -> assertThat(name + text)
                        .doesNotContainIgnoringCase("tenantry")
                        .doesNotContainIgnoringCase("fastexcel"));
    }

    @Test
    void xlsxWritesManyRowsInParts() throws IOException {
        var out = new ByteArrayOutputStream();
        try (RowWriter rowWriter = new XlsxWriter(out, "Aurora", "Many", BERLIN)) {
            for (var i = 0; i < 1_234; i++) {
                rowWriter.row(List.of("row " + i, i));
            }
        }

        assertThat(unzipped(out.toByteArray()).get("xl/worksheets/sheet1.xml"))
                .contains(">row 0<")
                .contains(">row 1233<");
    }

    private static void write(RowWriter rowWriter) throws IOException {
        rowWriter.title(List.of("Aurora", "Services"));
        rowWriter.heads(List.of("Name", "Amount", "Count", "At", "Nothing"));
        rowWriter.row(Arrays.asList("=1+1", new BigDecimal("-0.00620000"), 7, MOMENT, null));
    }

    /** Reads through the file's central directory, as spreadsheets do. */
    private Map<String, String> unzipped(byte[] content) throws IOException {
        var file = Files.write(folder.resolve("sheet.xlsx"), content);
        var parts = new HashMap<String, String>();
        try (var zip = new ZipFile(file.toFile())) {
            for (var entry : zip.stream().toList()) {
                parts.put(
                        entry.getName(), new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return parts;
    }
}
