package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The kind of most cells in a column; tables without a header are identified by it. */
enum CellKind {
    DATE,
    IBAN,
    CURRENCY,
    /** A number with decimals; one without may also be a reference, and contain letters in the next file. */
    AMOUNT,
    /** Anything else, including empty cells, because optional values may be missing in one file and present in another. */
    TEXT;

    private static final Pattern IBAN_LIKE = Pattern.compile("[A-Z]{2}[0-9]{2}[A-Z0-9 ]+");
    private static final Pattern DECIMALS = Pattern.compile("[0-9][.,][0-9]{2}(?![0-9])");

    /** An account without letters, as banks outside the IBAN area write it. */
    private static final Pattern ACCOUNT_NUMBER = Pattern.compile("[0-9][0-9 ./-]{4,30}[0-9]");

    /** Whether most cells that are filled contain accounts, regardless of their check digits. */
    static boolean areAccounts(List<String> cells) {
        var filled = cells.stream().filter(cell -> !cell.isEmpty()).toList();
        var accounts = filled.stream()
                .filter(cell -> IBAN_LIKE.matcher(cell).matches()
                        || ACCOUNT_NUMBER.matcher(cell).matches())
                .count();
        return accounts * 2 > filled.size();
    }

    /** Returns the kind of each column. */
    static List<CellKind> of(List<CsvTable.Row> rows, int width) {
        return IntStream.range(0, width)
                .mapToObj(column -> ofColumn(rows.stream()
                        .map(row -> row.cell(column))
                        .filter(cell -> !cell.isEmpty())
                        .toList()))
                .toList();
    }

    private static CellKind ofColumn(List<String> cells) {
        return cells.stream()
                .collect(Collectors.groupingBy(CellKind::ofCell, Collectors.counting()))
                .entrySet()
                .stream()
                .filter(entry -> entry.getValue() * 2 > cells.size())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(TEXT);
    }

    private static CellKind ofCell(String cell) {
        if (Dates.isLike(cell)) {
            return DATE;
        }
        if (IBAN_LIKE.matcher(cell).matches() && Preamble.isIban(cell.replace(" ", ""))) {
            return IBAN;
        }
        if (Currencies.isKnown(cell)) {
            return CURRENCY;
        }
        return DECIMALS.matcher(cell).find() && Amounts.isLike(cell) ? AMOUNT : TEXT;
    }
}
