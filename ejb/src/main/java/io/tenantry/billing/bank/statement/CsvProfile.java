package io.tenantry.billing.bank.statement;

import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settings for reading a bank's tables, as far as they were set by a person; absent settings are detected. A profile is saved under
 * {@link CsvLayout#fingerprint()} and found again for the next file with the same header.
 *
 * @param encoding name of a charset
 * @param headerLine number of the header line, from 1; 0: there is no header and the mapping applies to all rows
 * @param columns the complete mapping; if it {@link ColumnMapping#isComplete() is not complete}, columns are detected
 * @param names column names that take precedence in detection
 * @param unsigned direction of amounts without a sign where a file has no other information; absent: incoming, unless something indicates the
 *     contrary
 * @param currency of amounts whose currency the file does not state
 * @param isOthersConfirmed whether a person has confirmed that unused columns do not determine the direction of the money
 * @param acceptedLines lines outside the table that a person has accepted as harmless, whatever their numbers are; these also apply to camt
 */
public record CsvProfile(
        Optional<String> encoding,
        Optional<Character> separator,
        Optional<Integer> headerLine,
        ColumnMapping columns,
        Map<ColumnRole, String> names,
        Optional<DateOrder> dateOrder,
        Optional<DecimalMark> decimalMark,
        Optional<Direction> unsigned,
        Optional<Currency> currency,
        boolean isOthersConfirmed,
        List<String> acceptedLines) {
    /** Profile with which everything is detected. */
    public static final CsvProfile DETECT = new CsvProfile(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            ColumnMapping.NONE,
            Map.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            false,
            List.of());

    public CsvProfile {
        names = Map.copyOf(names);
        acceptedLines = List.copyOf(acceptedLines);
    }

    /** Returns a copy with column names. */
    public CsvProfile withNames(Map<ColumnRole, String> columnNames) {
        return new CsvProfile(
                encoding,
                separator,
                headerLine,
                columns,
                columnNames,
                dateOrder,
                decimalMark,
                unsigned,
                currency,
                isOthersConfirmed,
                acceptedLines);
    }

    /** Returns a copy with a mapping. */
    public CsvProfile withColumns(ColumnMapping mapping) {
        return new CsvProfile(
                encoding,
                separator,
                headerLine,
                mapping,
                names,
                dateOrder,
                decimalMark,
                unsigned,
                currency,
                isOthersConfirmed,
                acceptedLines);
    }

    /** Returns a copy with a date order. */
    public CsvProfile withDateOrder(DateOrder order) {
        return new CsvProfile(
                encoding,
                separator,
                headerLine,
                columns,
                names,
                Optional.of(order),
                decimalMark,
                unsigned,
                currency,
                isOthersConfirmed,
                acceptedLines);
    }

    /** Returns a copy with a decimal mark. */
    public CsvProfile withDecimalMark(DecimalMark mark) {
        return new CsvProfile(
                encoding,
                separator,
                headerLine,
                columns,
                names,
                dateOrder,
                Optional.of(mark),
                unsigned,
                currency,
                isOthersConfirmed,
                acceptedLines);
    }

    /** Returns a copy with a header line; 0: there is none. */
    public CsvProfile withHeaderLine(int line) {
        return new CsvProfile(
                encoding,
                separator,
                Optional.of(line),
                columns,
                names,
                dateOrder,
                decimalMark,
                unsigned,
                currency,
                isOthersConfirmed,
                acceptedLines);
    }

    /** Returns a copy in which unused columns are confirmed as irrelevant. */
    public CsvProfile withOthersConfirmed() {
        return new CsvProfile(
                encoding,
                separator,
                headerLine,
                columns,
                names,
                dateOrder,
                decimalMark,
                unsigned,
                currency,
                true,
                acceptedLines);
    }

    /** Returns a copy in which lines outside the table are accepted. */
    public CsvProfile withAcceptedLines(List<String> lines) {
        return new CsvProfile(
                encoding,
                separator,
                headerLine,
                columns,
                names,
                dateOrder,
                decimalMark,
                unsigned,
                currency,
                isOthersConfirmed,
                lines);
    }
}
