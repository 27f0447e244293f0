package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipFile;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/** Downloads of list files. */
final class Downloads {
    private static final String SHEET = "xl/worksheets/sheet1.xml";

    private Downloads() {}

    /** Returns the rows of the file with that name and a date, behind a link, with commas between their cells. */
    static List<String> lines(Page page, String link, String name) {
        try {
            return rows(Files.readString(file(page, link, name, ".csv"), StandardCharsets.UTF_8));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Returns the rows of a CSV file that begins with a byte order mark. */
    static List<String> rows(String text) throws IOException {
        assertThat(text).startsWith("\uFEFF\"");
        try (var parser = CSVParser.parse(text.substring(1), CSVFormat.RFC4180)) {
            return parser.stream().map(row -> String.join(",", row.values())).toList();
        }
    }

    /** Returns the cells of the workbook with that name and a date, read through the file's central directory, as spreadsheets do. */
    static String sheet(Page page, String link, String name) {
        try (var zip = new ZipFile(file(page, link, name, ".xlsx").toFile())) {
            return new String(zip.getInputStream(zip.getEntry(SHEET)).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Requires that the file with that name, behind a link, is a complete PDF. */
    static void requirePdf(Page page, String link, String name) {
        try {
            var text = Files.readString(file(page, link, name, ".pdf"), StandardCharsets.ISO_8859_1);
            assertThat(text).startsWith("%PDF-").endsWith("%%EOF\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static Path file(Page page, String link, String name, String ending) {
        var file = page.waitForDownload(() -> page.locator(link).click());
        assertThat(file.suggestedFilename()).startsWith(name + "-").endsWith(ending);
        return file.path();
    }
}
