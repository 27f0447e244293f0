package io.tenantry.kernel.csv;

import io.tenantry.text.InputText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;

/**
 * One line of a table that is typed or exported: cells separated by semicolons, tabs or commas, optionally quoted (RFC 4180). A cell does not
 * extend beyond its line, so that an unclosed quotation mark invalidates one line only, whose number is known. Pure.
 */
public final class CsvLine {
    private static final String SEPARATORS = ";\t,";

    private CsvLine() {}

    /**
     * Returns the cells of a line, without surrounding white space.
     *
     * @return empty if a quotation mark is not closed, or text follows a closed one
     */
    public static Optional<List<String>> cells(String line) {
        return cells(line, separator(line));
    }

    /** Returns the cells of a line with a known separator. */
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

    /** Detects the separator of a line: a semicolon, else a tab, else a comma, whichever occurs outside quotation marks. */
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
