package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.text.InputText;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;

/** Text split into rows and cells. */
final class CsvTable {
    private static final char SOFT_HYPHEN = '\u00ad';
    /** Text that a spreadsheet must not interpret as a number, as in ="0123" or =CHF. */
    private static final Pattern TEXT_FORMULA = Pattern.compile("=\\s*(?:\"([^\"]*)\"|([A-Za-z0-9]+))");

    private static final int RAW_MAX = 500;
    private static final int CELL_MAX = 5_000;
    private static final int LINES_OF_A_RECORD = 12;

    /** Maximum number of cells in a line: ten times what any bank writes. Longer lines are rejected before anything is stored. */
    static final int CELLS_MAX = 500;

    private final char separator;
    private final List<Row> rows;

    private CsvTable(char separator, List<Row> rows) {
        this.separator = separator;
        this.rows = List.copyOf(rows);
    }

    /**
     * A row.
     *
     * @param line number of its first line in the file, from 1
     * @param fault why its cells are unknown: its quotes are unbalanced or a cell is longer than any bank writes; null if they are known
     */
    record Row(
            int line,
            String raw,
            List<String> cells,
            @Nullable ReviewReason fault) {
        Row {
            cells = List.copyOf(cells);
        }

        boolean isBroken() {
            return fault != null;
        }

        String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }

        boolean isBlank() {
            return !isBroken() && cells.stream().allMatch(String::isEmpty);
        }

        /** Returns the number of cells without trailing empty ones. */
        int filled() {
            var most = cells.size();
            while (most > 0 && cells.get(most - 1).isEmpty()) {
                most--;
            }
            return most;
        }
    }

    char separator() {
        return separator;
    }

    List<Row> rows() {
        return rows;
    }

    /**
     * Splits text.
     *
     * @param firstLine number of its first line in the file
     * @throws UnreadableStatement if a line has more cells than {@value #CELLS_MAX}
     */
    static CsvTable of(String text, char separator, int firstLine) throws UnreadableStatement {
        requireNarrow(text, separator, firstLine);
        var format = CSVFormat.DEFAULT
                .builder()
                .setDelimiter(separator)
                .setIgnoreSurroundingSpaces(true)
                .setIgnoreEmptyLines(false)
                .get();
        try (var parser = CSVParser.parse(text, format)) {
            var rows = new ArrayList<Row>();
            var line = firstLine;
            CSVRecord before = null;
            for (var each : parser) {
                if (before != null) {
                    var raw = text.substring((int) before.getCharacterPosition(), (int) each.getCharacterPosition());
                    add(rows, line, raw, before, separator);
                    line += (int) raw.chars().filter(sign -> sign == '\n').count();
                }
                before = each;
            }
            if (before != null) {
                add(rows, line, text.substring((int) before.getCharacterPosition()), before, separator);
            }
            return new CsvTable(separator, rows);
        } catch (IOException | UncheckedIOException unpaired) {
            return byLines(text, separator, firstLine, format);
        }
    }

    private static void requireNarrow(String text, char separator, int firstLine) throws UnreadableStatement {
        var line = firstLine;
        var cells = 1;
        for (var at = 0; at < text.length(); at++) {
            var sign = text.charAt(at);
            if (sign == '\n') {
                line++;
                cells = 1;
            } else if (sign == separator && ++cells > CELLS_MAX) {
                throw new UnreadableStatement(
                        new StatementProblem(StatementProblem.Reason.TOO_WIDE, line, String.valueOf(CELLS_MAX)));
            }
        }
    }

    /** Adds a row, or each of its lines for review if they may be rows of the bank or text of a payer and nothing shows which. */
    private static void add(List<Row> rows, int line, String raw, CSVRecord cells, char separator) {
        if (!isSuspicious(raw, cells, separator)) {
            rows.add(row(line, raw, cells));
            return;
        }
        var next = line;
        for (var each : raw.stripTrailing().split("\n", -1)) {
            rows.add(broken(next++, each));
        }
    }

    private static Row broken(int line, String raw) {
        return new Row(line, cut(raw), List.of(), ReviewReason.QUOTES);
    }

    /** Whether an unclosed quote has swallowed other rows. */
    private static boolean isSuspicious(String raw, CSVRecord cells, char separator) {
        var lines = raw.strip().split("\n", -1);
        if (lines.length > LINES_OF_A_RECORD || cells.stream().anyMatch(cell -> hasRow(cell, separator))) {
            return true;
        }
        for (var at = 1; at < lines.length - 1; at++) {
            var separators = lines[at].chars().filter(sign -> sign == separator).count();
            if (separators >= Math.max(2, cells.size() / 2)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a line within a cell starts like a row, with a date and a separator. */
    private static boolean hasRow(String cell, char separator) {
        return cell.indexOf('\n') >= 0
                && cell.lines()
                        .skip(1)
                        .anyMatch(line -> line.indexOf(separator) > 0
                                && Dates.isLike(line.substring(0, line.indexOf(separator))
                                        .replace("\"", "")
                                        .strip()));
    }

    /** Reads each line separately; those from the first that opens a quote to the last that may close it may be text of a payer. */
    private static CsvTable byLines(String text, char separator, int firstLine, CSVFormat format) {
        var rows = new ArrayList<Row>();
        var opened = -1;
        var closed = -1;
        for (var raw : text.split("\n", -1)) {
            var row = single(raw, firstLine + rows.size(), format);
            var isOdd = raw.chars().filter(sign -> sign == '"').count() % 2 == 1;
            opened = opened < 0 && isOdd && row.isBroken() ? rows.size() : opened;
            closed = isOdd ? rows.size() : closed;
            rows.add(row);
        }
        if (!rows.isEmpty() && rows.get(rows.size() - 1).raw().isEmpty()) {
            rows.remove(rows.size() - 1);
        }
        for (var place = opened; opened >= 0 && place <= closed; place++) {
            rows.set(place, broken(rows.get(place).line(), rows.get(place).raw()));
        }
        return new CsvTable(separator, rows);
    }

    private static Row single(String raw, int line, CSVFormat format) {
        try (var parser = CSVParser.parse(raw, format)) {
            var records = parser.getRecords();
            return records.isEmpty() ? new Row(line, cut(raw), List.of(""), null) : row(line, raw, records.get(0));
        } catch (IOException | UncheckedIOException unpaired) {
            return broken(line, raw);
        }
    }

    private static Row row(int line, String raw, CSVRecord cells) {
        return cells.stream().anyMatch(cell -> cell.length() > CELL_MAX)
                ? new Row(line, cut(raw), List.of(), ReviewReason.TOO_LONG)
                : new Row(line, cut(raw), cells.stream().map(CsvTable::plain).toList(), null);
    }

    private static String plain(String text) {
        var formula = TEXT_FORMULA.matcher(text);
        var cell = formula.matches() ? Objects.requireNonNullElse(formula.group(1), formula.group(2)) : text;
        if (cell.indexOf(SOFT_HYPHEN) >= 0 && cell.chars().noneMatch(Character::isLetter)) {
            return BankTransaction.clean(
                    cell.replace(SOFT_HYPHEN, '?'), Integer.MAX_VALUE); // The character may be a minus sign.
        }
        return BankTransaction.clean(cell, Integer.MAX_VALUE);
    }

    private static String cut(String raw) {
        return BankTransaction.clean(InputText.cut(raw, CELL_MAX), RAW_MAX);
    }
}
