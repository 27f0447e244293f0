package io.tenantry.billing.bank.statement;

import java.util.List;

/** What headings above and within a table say of the rows below them: booked, pending, or not certain. */
final class CsvSections {
    private static final int SECTION_NAMES = 3;

    private final CsvRowReader.Rules rules;
    private Section section = Section.TRANSACTIONS;
    /** A title or heading said that what follows is not booked, or went out: on all pages until another heading says that it is booked. */
    private boolean isSaid;
    /** What follows belongs to another account than the one above the table, or is in another currency. */
    private boolean isOfOther;

    CsvSections(CsvRowReader.Rules rules) {
        this.rules = rules;
    }

    /** What a heading announced. */
    private enum Section {
        TRANSACTIONS,
        PENDING,
        UNKNOWN
    }

    boolean isPending() {
        return section == Section.PENDING;
    }

    boolean isUnknown() {
        return isOfOther || section == Section.UNKNOWN;
    }

    /** Takes titles above the table. */
    void lookAbove(List<CsvTable.Row> rows) {
        if (StatusVocabulary.isNotBookedTitle(rows)) {
            section = Section.UNKNOWN;
            isSaid = true;
        }
    }

    /** The header again: a page of the same table, unless the heading above it says that something else follows. */
    void header() {
        if (!isSaid) {
            section = Section.TRANSACTIONS;
        }
    }

    /** Takes the account and the currency that a row between those of the table names. */
    void between(CsvTable.Row row) {
        var said = Preamble.of(List.of(row));
        var isNamed = !said.account().isEmpty() || !said.currencies().isEmpty();
        if (isNamed) {
            isOfOther = isOtherAccount(said) || isOtherCurrency(said);
        }
    }

    private boolean isOtherAccount(Preamble said) {
        return !said.account().isEmpty()
                && !rules.columns().has(ColumnRole.ACCOUNT)
                && Preamble.isIban(rules.account())
                && !said.account().equals(rules.account());
    }

    private boolean isOtherCurrency(Preamble said) {
        var own = Currencies.agreed(rules.currencies(), rules.usualCurrency());
        return !rules.columns().has(ColumnRole.CURRENCY)
                && own.isPresent()
                && said.currencies().stream()
                        .anyMatch(named -> !named.codes().contains(own.get().getCurrencyCode()));
    }

    /** Whether a row of words is the header of another table, or the same with its columns in another order. */
    static boolean isOtherTable(CsvTable.Row row) {
        return row.cells().stream()
                        .filter(cell -> !cell.isEmpty() && ColumnNames.isKnown(HeaderName.of(cell)))
                        .count()
                >= SECTION_NAMES;
    }

    /** Words in place of a date begin a group of rows, of which nothing is known. */
    void group(String words) {
        if (!words.isEmpty() && words.chars().noneMatch(Character::isDigit)) {
            section = Section.UNKNOWN;
        }
    }

    /** Rows below a heading are what the heading says; below an unknown heading they are reviewed. */
    void heading(CsvTable.Row row) {
        var text = DoubtfulTerms.fold(String.join(" ", row.cells()));
        var isOtherTable = isOtherTable(row);
        var isNotBooked = StatusVocabulary.startsNotBooked(text)
                || StatusVocabulary.notBooked(text).isPresent();
        var isBooked = StatusVocabulary.isBooked(text)
                || StatusVocabulary.isBooked(text.split(" ", -1)[0])
                || DoubtfulTerms.startsWith(text, "gebuchte");
        var isOther =
                isNotBooked || TypeVocabulary.isOutgoingTitle(text) || StatusVocabulary.isNotBookedTitle(List.of(row));
        isSaid = isOther || (isSaid && !isBooked);
        if (isOtherTable) {
            section = Section.UNKNOWN;
        } else if (isNotBooked) {
            section = Section.PENDING;
        } else {
            section = isBooked ? Section.TRANSACTIONS : Section.UNKNOWN;
        }
    }
}
