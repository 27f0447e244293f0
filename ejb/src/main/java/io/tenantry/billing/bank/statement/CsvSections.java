package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What headings above and within a table say of the rows below them: booked, pending, or not certain. */
final class CsvSections {
    private static final int SECTION_NAMES = 3;
    private static final Pattern PAGE = Pattern.compile(
            "(?:(?:seite|page|blatt|pagina|sida|side|strona|pag|p)(?: (?:von|of|de|van|di|sur))?|fortsetzung|continued|suite)(?: .{0,20})?");

    private final CsvRowReader.Rules rules;
    private Section section = Section.TRANSACTIONS;
    /** A title or heading said that what follows is not booked, or went out: on all pages until another heading says that it is booked. */
    private boolean isSaid;
    /** What follows belongs to another account than the one above the table, or is in another currency. */
    private boolean isOfOther;
    /** A line that is not understood stood between the rows before and the header that comes again. */
    private boolean isUnread;

    private Optional<ReviewReason> doubt = Optional.empty();
    private final Set<String> titles = new HashSet<>();

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

    /** Why rows here are for a person, if they are. */
    Optional<ReviewReason> doubt() {
        return doubt.isEmpty() && (isOfOther || section == Section.UNKNOWN)
                ? Optional.of(ReviewReason.OTHER_SECTION)
                : doubt;
    }

    /** Takes titles above the table. */
    void lookAbove(List<CsvTable.Row> rows) {
        if (StatusVocabulary.isNotBookedTitle(rows)) {
            section = Section.UNKNOWN;
            isSaid = true;
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
            isSaid = true;
        }
    }

    private static String title(CsvTable.Row row) {
        return DoubtfulTerms.fold(String.join(" ", row.cells())).replaceAll("[0-9]+", "0");
    }

    /** The header again: a page of the same table, unless the heading above it says that something else follows. */
    void header() {
        if (!isSaid) {
            section = isUnread ? Section.UNKNOWN : Section.TRANSACTIONS;
        }
    }

    /** Takes the account and the currency that a row between those of the table names. */
    void between(CsvTable.Row row) {
        var said = Preamble.of(List.of(row));
        var currencies = Stream.of(said.currencies(), Preamble.mentioned(List.of(row)), Preamble.inWords(List.of(row)))
                .flatMap(List::stream)
                .toList();
        if (!said.account().isEmpty() || !currencies.isEmpty()) {
            isOfOther = isOtherAccount(said) || isOtherCurrency(currencies);
            isUnread = isOfOther;
        }
    }

    private boolean isOtherAccount(Preamble said) {
        return !said.account().isEmpty()
                && !rules.columns().has(ColumnRole.ACCOUNT)
                && Preamble.isIban(rules.account())
                && !said.account().equals(rules.account());
    }

    private boolean isOtherCurrency(List<Currencies.Named> currencies) {
        var own = Currencies.agreed(rules.currencies(), rules.usualCurrency());
        return !rules.columns().has(ColumnRole.CURRENCY)
                && own.isPresent()
                && currencies.stream()
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
        isSaid = isOther || TitleVocabulary.doubt(row).isPresent() || (isSaid && !isBooked);
        isUnread = (isUnread || !isKnown(row)) && !isBooked;
        if (isOtherTable) {
            section = Section.UNKNOWN;
        } else if (isNotBooked) {
            section = Section.PENDING;
        } else {
            section = isBooked && !isSaid ? Section.TRANSACTIONS : Section.UNKNOWN;
        }
    }

    /** Whether a line between rows is one of those above the table again, the number of a page, or the name of the own account or currency. */
    private boolean isKnown(CsvTable.Row row) {
        var said = Preamble.of(List.of(row));
        var title = title(row);
        return isOtherTable(row)
                || titles.contains(title)
                || PAGE.matcher(title).matches()
                || title.isEmpty()
                || !said.account().isEmpty()
                || !said.currencies().isEmpty()
                || !Preamble.mentioned(List.of(row)).isEmpty();
    }
}
