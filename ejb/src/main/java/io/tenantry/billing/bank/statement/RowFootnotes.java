package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementRow.SkipReason;
import io.tenantry.billing.bank.statement.StatementRow.Skipped;
import io.tenantry.kernel.limits.TimeLimit;
import java.util.ArrayList;
import java.util.List;

/** Lines below rows that qualify the rows above them: footnotes, and balances in another currency. */
final class RowFootnotes {
    private RowFootnotes() {}

    /** Replaces incoming transactions by reviews where a line below casts doubt on them. */
    static void review(CsvRowReader.Rules rules, List<CsvTable.Row> rows, List<StatementRow> judged) {
        var start = 0;
        var lastTransaction = lastTransaction(judged);
        for (var place = 0; place < rows.size(); place++) {
            TimeLimit.require();
            if (judged.get(place) instanceof Skipped skipped) {
                if (skipped.reason() == SkipReason.HEADER) {
                    start = place;
                } else if (isBalance(skipped)
                        && (!isOpening(rows.get(place)) || place > lastTransaction)
                        && isOtherCurrency(
                                rules, Preamble.of(List.of(rows.get(place))).currencies())) {
                    doubt(judged, start, place, ReviewReason.CURRENCY);
                } else if (skipped.reason() == SkipReason.NOTE && place > lastTransaction) {
                    below(rules, rows.get(place), judged);
                } else if (skipped.reason() == SkipReason.NOTE && TitleVocabulary.isRemarkAbove(rows.get(place))) {
                    below(rules, rows.get(place), judged.subList(0, place));
                }
            }
        }
    }

    private static boolean isBalance(Skipped row) {
        return row.reason() == SkipReason.BALANCE || row.reason() == SkipReason.TOTAL;
    }

    /** Whether it is the opening balance of the rows below it, unless there are none. */
    private static boolean isOpening(CsvTable.Row row) {
        return row.cells().stream()
                .flatMap(cell -> RowLabels.balance(cell).stream())
                .anyMatch(kind -> kind == Balance.Kind.OPENING);
    }

    /** Returns the place of the last row that is a transaction or may be one; -1 if there is none. */
    private static int lastTransaction(List<StatementRow> judged) {
        var place = judged.size() - 1;
        while (place >= 0 && judged.get(place) instanceof Skipped) {
            place--;
        }
        return place;
    }

    private static void below(CsvRowReader.Rules rules, CsvTable.Row row, List<StatementRow> judged) {
        var currencies = new ArrayList<>(Preamble.inWords(List.of(row)));
        currencies.addAll(Preamble.of(List.of(row)).currencies());
        if (!currencies.isEmpty()) {
            doubtOthers(judged, currencies);
        }
        currencies.addAll(Preamble.mentioned(List.of(row)));
        TitleVocabulary.doubtBelow(row).ifPresent(reason -> doubt(judged, 0, judged.size(), reason));
        if (MoneyTerms.isOfOtherUnits(row)) {
            doubt(judged, 0, judged.size(), ReviewReason.AMOUNT);
        }
        if (isOtherCurrency(rules, currencies)) {
            doubt(judged, 0, judged.size(), ReviewReason.CURRENCY);
        }
    }

    private static boolean isOtherCurrency(CsvRowReader.Rules rules, List<Currencies.CurrencyTerm> named) {
        var own = Currencies.agreed(rules.currencies(), rules.defaultCurrency());
        return !rules.columns().has(ColumnRole.CURRENCY)
                && own.isPresent()
                && named.stream()
                        .anyMatch(each -> !each.codes().contains(own.get().getCurrencyCode()));
    }

    /** Reviews transactions in another currency than the one that a footnote names for all amounts. */
    private static void doubtOthers(List<StatementRow> judged, List<Currencies.CurrencyTerm> named) {
        for (var place = 0; place < judged.size(); place++) {
            if (judged.get(place) instanceof Booked booked
                    && named.stream()
                            .noneMatch(each -> each.codes()
                                    .contains(booked.transaction().currency().getCurrencyCode()))) {
                doubt(judged, place, place + 1, ReviewReason.CURRENCY);
            }
        }
    }

    private static void doubt(List<StatementRow> judged, int from, int to, ReviewReason reason) {
        for (var place = from; place < to; place++) {
            if (judged.get(place) instanceof Booked booked
                    && booked.transaction().amount().signum() > 0) {
                judged.set(place, RunningBalance.review(booked, reason, reason != ReviewReason.CURRENCY));
            }
        }
    }
}
