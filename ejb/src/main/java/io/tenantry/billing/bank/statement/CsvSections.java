package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tracks what headings above and within a table state about the rows below them: booked, pending, or uncertain. */
final class CsvSections {
    private static final int SECTION_NAMES = 3;
    private static final Pattern PAGE = Pattern.compile(
            "(?:(?:seite|page|blatt|pagina|sida|side|strona|pag|p)(?: (?:von|of|de|van|di|sur))?|fortsetzung|continued|suite)(?: .{0,20})?");

    private final CsvRowReader.Rules rules;
    private Section section = Section.TRANSACTIONS;
    /**
     * Whether a title or heading stated that the following rows are not booked or are outgoing; applies to all pages until another heading
     * states that rows are booked.
     */
    private boolean isStated;
    /** Whether the following rows belong to another account than the one above the table, or are in another currency. */
    private boolean isOfOther;
    /** Whether an unrecognized line stood between the previous rows and a repeated header. */
    private boolean isUnread;

    private Optional<ReviewReason> doubt = Optional.empty();
    private final Set<String> titles = new HashSet<>();

    CsvSections(CsvRowReader.Rules rules) {
        this.rules = rules;
    }

    /** Meaning of a heading. */
    private enum Section {
        TRANSACTIONS,
        PENDING,
        UNKNOWN
    }

    boolean isPending() {
        return section == Section.PENDING;
    }

    /** Returns why rows here need review, if they do. */
    Optional<ReviewReason> doubt() {
        return doubt.isEmpty() && (isOfOther || section == Section.UNKNOWN)
                ? Optional.of(ReviewReason.OTHER_SECTION)
                : doubt;
    }

    /** Reads the titles above the table. */
    void readAbove(List<CsvTable.Row> rows) {
        if (StatusVocabulary.isNotBookedTitle(rows)) {
            section = Section.UNKNOWN;
            isStated = true;
        }
        for (var row : rows) {
            titles.add(title(row));
            TitleVocabulary.doubt(row).ifPresent(this::doubted);
            if (MoneyTerms.isOfOtherUnits(row)) {
                doubt = Optional.of(ReviewReason.AMOUNT);
            }
        }
    }

    private void doubted(ReviewReason reason) {
        if (reason == ReviewReason.COPY) {
            doubt = Optional.of(reason);
        } else {
            section = Section.UNKNOWN;
            isStated = true;
        }
    }

    private static String title(CsvTable.Row row) {
        return DoubtfulTerms.fold(String.join(" ", row.cells())).replaceAll("[0-9]+", "0");
    }

    /** Handles a repeated header: another page of the same table, unless the heading above it announces something else. */
    void header() {
        if (!isStated) {
            section = isUnread ? Section.UNKNOWN : Section.TRANSACTIONS;
        }
    }

    /** Reads the account and the currency named by a row between those of the table. */
    void between(CsvTable.Row row) {
        var preamble = Preamble.of(List.of(row));
        var currencies = Stream.of(
                        preamble.currencies(), Preamble.mentioned(List.of(row)), Preamble.inWords(List.of(row)))
                .flatMap(List::stream)
                .toList();
        if (!preamble.account().isEmpty() || !currencies.isEmpty()) {
            isOfOther = isOtherAccount(preamble) || isOtherCurrency(currencies);
            isUnread = isOfOther;
        }
    }

    private boolean isOtherAccount(Preamble preamble) {
        return !preamble.account().isEmpty()
                && !rules.columns().has(ColumnRole.ACCOUNT)
                && Preamble.isIban(rules.account())
                && !preamble.account().equals(rules.account());
    }

    private boolean isOtherCurrency(List<Currencies.CurrencyTerm> currencies) {
        var own = Currencies.agreed(rules.currencies(), rules.defaultCurrency());
        return !rules.columns().has(ColumnRole.CURRENCY)
                && own.isPresent()
                && currencies.stream()
                        .anyMatch(currencyTerm ->
                                !currencyTerm.codes().contains(own.get().getCurrencyCode()));
    }

    /** Whether a row of words is the header of another table, or of the same table with its columns in another order. */
    static boolean isOtherTable(CsvTable.Row row) {
        return row.cells().stream()
                        .filter(cell -> !cell.isEmpty() && ColumnNames.isKnown(HeaderName.of(cell)))
                        .count()
                >= SECTION_NAMES;
    }

    /** Words in place of a date start a group of rows with unknown status. */
    void group(String words) {
        if (!words.isEmpty() && words.chars().noneMatch(Character::isDigit)) {
            section = Section.UNKNOWN;
        }
    }

    /** Applies a heading to the rows below it; rows below an unknown heading are reviewed. */
    void heading(CsvTable.Row row) {
        var text = DoubtfulTerms.fold(String.join(" ", row.cells()));
        var isOtherTable = isOtherTable(row);
        var isNotBooked = isNotBooked(text);
        var isBooked = StatusVocabulary.isBooked(text)
                || StatusVocabulary.isBooked(text.split(" ", -1)[0])
                || DoubtfulTerms.startsWith(text, "gebuchte");
        var isOther = isKnownHeading(row);
        isStated = isOther || TitleVocabulary.doubt(row).isPresent() || (isStated && !isBooked);
        isUnread = (isUnread || !isKnown(row)) && !isBooked;
        if (isOtherTable) {
            section = Section.UNKNOWN;
        } else if (isNotBooked) {
            section = Section.PENDING;
        } else {
            section = isBooked && !isStated ? Section.TRANSACTIONS : Section.UNKNOWN;
        }
    }

    /** Whether a line is known to announce rows that are no received money. */
    static boolean isKnownHeading(CsvTable.Row row) {
        var text = DoubtfulTerms.fold(String.join(" ", row.cells()));
        return isNotBooked(text)
                || TypeVocabulary.isOutgoingTitle(text)
                || StatusVocabulary.isNotBookedTitle(List.of(row));
    }

    private static boolean isNotBooked(String folded) {
        return StatusVocabulary.startsNotBooked(folded)
                || StatusVocabulary.notBooked(folded).isPresent();
    }

    /** Whether a line between rows repeats one above the table, or is a page number, or the reseller's account or currency. */
    private boolean isKnown(CsvTable.Row row) {
        var preamble = Preamble.of(List.of(row));
        var title = title(row);
        return isOtherTable(row)
                || titles.contains(title)
                || PAGE.matcher(title).matches()
                || title.isEmpty()
                || !preamble.account().isEmpty()
                || !preamble.currencies().isEmpty()
                || !Preamble.mentioned(List.of(row)).isEmpty();
    }
}
