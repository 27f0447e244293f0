package io.tenantry.kernel.csv;

import io.tenantry.text.InputText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * One line of a table that is typed or exported: cells between semicolons, tabs or commas, with or without quotation marks (RFC 4180). A cell
 * does not go beyond its line, so a quotation mark that is never closed spoils one line only, and its number is known. Pure.
 */
public final class CsvLine {
    private static final String SEPARATORS = ";\t,";

    private CsvLine() {}

    /**
     * The cells of a line, without the white space around them.
     *
     * @return empty if a quotation mark is not closed, or text follows a closed one
     */
    public static Optional<List<String>> cells(String line) {
        return cells(line, separator(line));
    }

    /** The cells of a line between separators that are known. */
    public static Optional<List<String>> cells(String line, char separator) {
        var format = CSVFormat.RFC4180
                .builder()
                .setDelimiter(separator)
                .setIgnoreSurroundingSpaces(true)
                .get();
        try (var parser = CSVParser.parse(line, format)) {
            return Optional.of(parser.stream()
                    .flatMap(row -> row.stream().map(InputText::trimmed))
                    .toList());
        } catch (IOException | UncheckedIOException malformed) {
            return Optional.empty();
        }
    }

    /** What stands between the cells of a line: a semicolon, else a tab, else a comma, whichever is outside of quotation marks. */
    public static char separator(String line) {
        var found = SEPARATORS.length() - 1;
        var isQuoted = false;
        for (var i = 0; i < line.length(); i++) {
            var character = line.charAt(i);
            if (character == '"') {
                isQuoted = !isQuoted;
            } else if (!isQuoted) {
                var place = SEPARATORS.indexOf(character);
                found = place >= 0 ? Math.min(found, place) : found;
            }
        }
        return SEPARATORS.charAt(found);
    }
}
