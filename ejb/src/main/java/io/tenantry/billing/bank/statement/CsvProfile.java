package io.tenantry.billing.bank.statement;

import java.util.Currency;
import java.util.Map;
import java.util.Optional;

/**
 * How to read the tables of a bank, as far as somebody said so; what is absent is detected. Saved under {@link CsvLayout#fingerprint()}, it is found
 * again for the next file with the same header.
 *
 * @param encoding name of a charset
 * @param headerLine number of the line with the header, from 1; 0: there is no header and the mapping counts for all rows
 * @param columns the whole mapping; if it {@link ColumnMapping#isComplete() is not complete}, columns are detected
 * @param names names of columns that come first when columns are detected
 * @param unsigned which way amounts without a sign went where a file has no other information; absent: they came in unless something hints at
 *     the contrary
 * @param currency of amounts whose currency the file does not give
 * @param isOthersConfirmed whether somebody said that columns used for nothing do not say whether the money came in
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
        boolean isOthersConfirmed) {
    /** Everything is detected. */
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
            false);

    public CsvProfile {
        names = Map.copyOf(names);
    }

    /** The same with names of columns. */
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
                isOthersConfirmed);
    }

    /** The same with a mapping. */
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
                isOthersConfirmed);
    }

    /** The same with an order of dates. */
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
                isOthersConfirmed);
    }

    /** The same with a decimal mark. */
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
                isOthersConfirmed);
    }

    /** The same with the line of the header; 0: there is none. */
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
                isOthersConfirmed);
    }

    /** The same, with columns used for nothing confirmed as not mattering. */
    public CsvProfile withOthersConfirmed() {
        return new CsvProfile(
                encoding, separator, headerLine, columns, names, dateOrder, decimalMark, unsigned, currency, true);
    }
}
