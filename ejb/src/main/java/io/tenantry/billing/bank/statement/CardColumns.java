package io.tenantry.billing.bank.statement;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Columns about the cards that customers paid with, whose "credit" and "debit" do not indicate the direction. */
final class CardColumns {
    private static final Pattern CARD =
            Pattern.compile("\\b(?:card|funding|karten?|kartenart|kartentyp|carte|kaart|tarjeta|carta)\\b");
    /** Columns of statements of credit cards, whose charges are positive in some countries. */
    private static final Set<String> HOLDERS = DoubtfulTerms.words("card member,cardmember,card member name");

    private static final Set<String> FUNDINGS = Set.of("credit", "debit");

    private CardColumns() {}

    /**
     * Whether a column contains kinds of cards: it is named so, or it is next to such a column and is named neither as a direction nor as a
     * type.
     */
    static boolean isFunding(int column, List<HeaderName> names, List<CsvTable.Row> rows) {
        if (isOfCards(column, names, rows)) {
            return true;
        }
        return !TypeVocabulary.isType(names.get(column))
                && ColumnNames.rank(ColumnRole.DIRECTION, names.get(column)) < 0
                && rows.stream()
                        .map(row -> DoubtfulTerms.fold(row.cell(column)))
                        .allMatch(cell -> cell.isEmpty() || FUNDINGS.contains(cell))
                && IntStream.range(0, names.size()).anyMatch(other -> isOfCards(other, names, rows));
    }

    /** Whether the table is a statement of a credit card. */
    static boolean isStatement(List<String> header) {
        return header.stream().map(DoubtfulTerms::fold).anyMatch(HOLDERS::contains);
    }

    private static boolean isOfCards(int column, List<HeaderName> names, List<CsvTable.Row> rows) {
        return CARD.matcher(names.get(column).whole()).find()
                && rows.stream().anyMatch(row -> !row.cell(column).isEmpty());
    }
}
