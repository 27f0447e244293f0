package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FieldTextTest {
    private static final Path PAGES = Path.of("src/main/webapp");
    private static final Pattern AREA = Pattern.compile("<[hp]:inputTextarea[^>]*>");
    private static final Pattern LINE = Pattern.compile("<[hp]:input(Text|Secret)\\b[^>]*>");
    private static final Pattern CHOSEN = Pattern.compile("type=\"(number|date|datetime-local|month|color|range)\"");

    @Test
    void usesDeclaredMaximum() {
        assertThat(FieldText.most(12, null, FieldText.LINE_MAX)).isEqualTo(12);
        assertThat(FieldText.most(null, "20000", FieldText.TEXT_MAX)).isEqualTo(20_000);
        assertThat(FieldText.most(Integer.MIN_VALUE, 300, FieldText.TEXT_MAX)).isEqualTo(300);
    }

    @Test
    void appliesDefaultMaximumWithoutValidOne() {
        assertThat(FieldText.most(null, null, FieldText.LINE_MAX)).isEqualTo(FieldText.LINE_MAX);
        assertThat(FieldText.most(Integer.MIN_VALUE, "many", FieldText.TEXT_MAX))
                .isEqualTo(FieldText.TEXT_MAX);
        assertThat(FieldText.most(0, "-1", FieldText.LINE_MAX)).isEqualTo(FieldText.LINE_MAX);
        assertThat(FieldText.most(null, "999999999", FieldText.LINE_MAX)).isEqualTo(FieldText.TEXT_MAX);
    }

    @Test
    void truncatesRedisplayedInputToMaximum() {
        assertThat(FieldText.shownAgain("a".repeat(1_000_000), 254)).hasSize(254);
        assertThat(FieldText.shownAgain("a\u0000b", 254)).isEqualTo("ab");
    }

    @ParameterizedTest
    @CsvSource({
        "date, 2026-11-27, ",
        "date, 2026-02-30, input.day",
        "date, never, input.day",
        "month, 2026-11, ",
        "month, 2026-13, input.month",
        "datetime-local, 2026-11-27T14:30, ",
        "datetime-local, 2026-11-27T25:00, input.moment",
        "datetime-local, soon, input.moment",
        "date, '', ",
        "text, never, ",
        ", never, "
    })
    void reportsUnreadableTimes(String type, String text, String fault) {
        assertThat(FieldText.timeFault(type, text)).isEqualTo(fault);
    }

    @Test
    void everyTextAreaDeclaresMaximum() throws IOException {
        try (var files = Files.walk(PAGES)) {
            var areas = files.filter(file -> file.toString().endsWith(".xhtml"))
                    .flatMap(file -> found(AREA, file).stream())
                    .toList();
            assertThat(areas).hasSizeGreaterThan(10).allMatch(area -> area.contains("maxlength=\""));
        }
    }

    /** The undeclared maximum suits only fields that the browser fills in, and those of the gallery. */
    @Test
    void everyTextLineDeclaresMaximum() throws IOException {
        try (var files = Files.walk(PAGES)) {
            var lines = files.filter(file -> file.toString().endsWith(".xhtml") && !file.endsWith("gallery.xhtml"))
                    .flatMap(file -> found(LINE, file).stream())
                    .filter(line -> !CHOSEN.matcher(line).find())
                    .toList();
            assertThat(lines).hasSizeGreaterThan(50).allMatch(line -> line.contains("maxlength=\""));
            assertThat(lines)
                    .filteredOn(line -> line.contains("type=\"email\""))
                    .hasSizeGreaterThan(5)
                    .allMatch(line -> line.contains("maxlength=\"254\""));
        }
    }

    private static List<String> found(Pattern field, Path file) {
        try {
            return field.matcher(Files.readString(file))
                    .results()
                    .map(found -> file.getFileName() + " " + found.group())
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
