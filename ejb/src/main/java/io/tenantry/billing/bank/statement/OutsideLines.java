package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.Review;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementRow.SkipReason;
import io.tenantry.billing.bank.statement.StatementRow.Skipped;
import io.tenantry.kernel.limits.TimeLimit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lines outside a table: above it, between its rows and below them. A line that is neither understood nor accepted by a person may say that the
 * rows are no received money, so that none of the file is certain.
 */
final class OutsideLines {
    /** Longer lines are shown in part and cannot be accepted. */
    private static final int TEXT_MAX = 1_000;

    private static final int SHOWN_MAX = 20;
    private static final int DETAIL_MAX = 200;
    /** Reasons for which a row without a date may be a line of text rather than a transaction. */
    private static final Set<ReviewReason> STRAY =
            Set.of(ReviewReason.TOO_FEW_CELLS, ReviewReason.DATE, ReviewReason.MISSING, ReviewReason.CONTRADICTION);

    private static final Set<SkipReason> LABELLED = Set.of(SkipReason.BALANCE, SkipReason.TOTAL);
    /** Length of signs and letters for a direction, which need not be understood beside a balance. */
    private static final int SIGN_MAX = 2;

    private final Set<String> accepted;
    private final HarmlessLines harmless;
    /** Texts that are not understood, by what identifies them. */
    private final Map<String, String> unknown = new LinkedHashMap<>();

    OutsideLines(Collection<String> accepted, Collection<String> ownNames) {
        this.accepted = accepted.stream().map(HarmlessLines::key).collect(Collectors.toUnmodifiableSet());
        this.harmless = new HarmlessLines(ownNames);
    }

    /** Returns text as a row of one cell. */
    static CsvTable.Row row(String text) {
        return new CsvTable.Row(0, text, List.of(text), null);
    }

    private static String text(CsvTable.Row row) {
        var text = row.isBroken()
                ? row.raw()
                : row.cells().stream().filter(cell -> !cell.isBlank()).collect(Collectors.joining("; "));
        return BankTransaction.clean(text, Integer.MAX_VALUE);
    }

    /** Whether a person has accepted a line; lines known to cast doubt on the rows cannot be accepted. */
    boolean isAccepted(CsvTable.Row row) {
        return !accepted.isEmpty()
                && !TitleVocabulary.isDoubtful(row)
                && accepted.contains(HarmlessLines.key(text(row)));
    }

    /** Reads a line above all rows, or between them. */
    void read(CsvTable.Row row) {
        TimeLimit.require();
        if (!row.isBlank() && !TitleVocabulary.isDoubtful(row) && !isAccepted(row) && !harmless.is(row)) {
            add(row);
        }
    }

    /** Reads a line below all rows: if its words are doubtful, it is the title of an empty section, or qualifies the rows above. */
    private void readBelow(CsvTable.Row row) {
        TimeLimit.require();
        var isRead = TitleVocabulary.isDoubtful(row)
                ? TitleVocabulary.doubtBelow(row).isPresent() || HarmlessLines.isEmptySection(row)
                : harmless.is(row);
        if (!isRead && !accepted.contains(HarmlessLines.key(text(row)))) {
            add(row);
        }
    }

    private void add(CsvTable.Row row) {
        var text = text(row);
        unknown.putIfAbsent(
                HarmlessLines.key(text), text.length() > TEXT_MAX ? text.substring(0, TEXT_MAX) + "\u2026" : text);
    }

    /** Reads the lines between and below the rows of a table. */
    void readWithin(CsvRowReader.Rules rules, List<CsvTable.Row> rows, List<StatementRow> judged) {
        var last = judged.size() - 1;
        while (last >= 0 && judged.get(last) instanceof Skipped) {
            last--;
        }
        for (var place = 0; place < rows.size(); place++) {
            var row = rows.get(place);
            var isNote = judged.get(place) instanceof Skipped skipped && skipped.reason() == SkipReason.NOTE;
            var isHeading = place < last && CsvSections.isKnownHeading(row) && !TitleVocabulary.isRemark(row);
            if (isNote && place > last) {
                readBelow(row);
            } else if ((isNote && !isHeading && !CsvSections.isOtherTable(row))
                    || isStray(rules, row, judged.get(place))) {
                read(row);
            } else if (judged.get(place) instanceof Skipped skipped && LABELLED.contains(skipped.reason())) {
                readLabelled(row);
            }
        }
    }

    /** Whether a row without a date starts with a label, or is text without an amount. */
    private static boolean isStray(CsvRowReader.Rules rules, CsvTable.Row row, StatementRow judged) {
        var filled = row.cells().stream().filter(cell -> !cell.isEmpty()).toList();
        return judged instanceof Review review
                && STRAY.contains(review.reason())
                && !filled.isEmpty()
                && rules.columns().all(ColumnRole.DATE).stream().noneMatch(column -> Dates.isLike(row.cell(column)))
                && (HarmlessLines.isLabel(filled.get(0))
                        || (filled.size() <= 2
                                && filled.stream().noneMatch(cell -> Amounts.isLike(cell) && !Dates.isLike(cell))));
    }

    /** Reads what a row says beside the label and the amount of a balance or a total. */
    private void readLabelled(CsvTable.Row row) {
        var texts =
                row.cells().stream().filter(cell -> cell.length() > SIGN_MAX).toList();
        if (!harmless.is(new CsvTable.Row(row.line(), row.raw(), texts, null))) {
            read(row);
        }
    }

    /** Returns the lines that are not understood, each once. */
    List<String> unknown() {
        return unknown.values().stream().limit(SHOWN_MAX).toList();
    }

    /** Reviews all incoming transactions if a line is not understood. */
    void review(List<StatementRow> judged) {
        if (!unknown.isEmpty()) {
            var detail = BankTransaction.clean(unknown.values().iterator().next(), DETAIL_MAX);
            judged.replaceAll(row -> row instanceof Booked booked
                            && booked.transaction().amount().signum() > 0
                    ? RunningBalance.review(booked, ReviewReason.UNKNOWN_LINE, detail)
                    : row);
        }
    }
}
