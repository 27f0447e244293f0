package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.Review;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementRow.SkipReason;
import io.tenantry.billing.bank.statement.StatementRow.Skipped;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds rows that name nobody and whose amount is the sum of the rows beside them: they may be the sum of a day, a month, a page or the file,
 * whatever their text is. A payment without a payer, such as a cash deposit, is one only if the sum is a coincidence.
 */
final class SumRows {
    /** Where every row names its party in its text, the same amount twice is too common to be a sum. */
    private static final int PARTS_MIN = 2;

    private final CsvRowReader.Rules rules;
    private final List<Integer> parties;
    private final List<Entry> entries = new ArrayList<>();
    private final TreeSet<Integer> sums = new TreeSet<>();
    private final boolean isPartyUsual;

    /** A row with an amount; one with none ends a section. */
    private record Entry(
            int place,
            @Nullable BigDecimal amount,
            @Nullable LocalDate day,
            Optional<Currency> currency,
            boolean isCandidate) {

        /** Whether it can be part of a sum in a currency: those of others cannot be added; one that names none may be of any. */
        private boolean isOf(Optional<Currency> other) {
            return currency.isEmpty() || other.isEmpty() || currency.equals(other);
        }
    }

    /** A sum of consecutive rows. */
    private static final class Group {
        private final Side incoming = new Side();
        private final Side outgoing = new Side();
        private @Nullable Object key;

        /** Starts again if the rows so far have another day or month. */
        private Group of(@Nullable Object next) {
            if (key != null && next != null && !key.equals(next)) {
                clear();
            }
            key = next == null ? key : next;
            return this;
        }

        private void clear() {
            incoming.clear();
            outgoing.clear();
        }

        private void add(BigDecimal amount) {
            (amount.signum() > 0 ? incoming : outgoing).add(amount.abs());
        }

        private boolean is(BigDecimal amount, int least) {
            return incoming.is(amount, least)
                    || outgoing.is(amount, least)
                    || (incoming.count > 0
                            && outgoing.count > 0
                            && incoming.sum.subtract(outgoing.sum).compareTo(amount) == 0);
        }
    }

    /** The rows of a group with money in one direction. */
    private static final class Side {
        private BigDecimal sum = BigDecimal.ZERO;
        private int count;

        private void clear() {
            sum = BigDecimal.ZERO;
            count = 0;
        }

        private void add(BigDecimal amount) {
            sum = sum.add(amount);
            count++;
        }

        private boolean is(BigDecimal amount, int least) {
            return count >= least && sum.compareTo(amount) == 0;
        }
    }

    private SumRows(CsvRowReader.Rules rules, List<CsvTable.Row> rows, List<StatementRow> judged) {
        this.rules = rules;
        this.parties = Stream.of(ColumnRole.PAYER, ColumnRole.IBAN)
                .flatMap(role -> rules.columns().all(role).stream())
                .filter(column -> !rules.party().unread().contains(column))
                .toList();
        var named = rows.stream().filter(this::namesParty).count();
        var amounts = judged.stream().filter(row -> !(row instanceof Skipped)).count();
        this.isPartyUsual = named > 0 && named * 2 >= amounts;
        for (var place = 0; place < rows.size(); place++) {
            entry(place, rows.get(place), judged.get(place));
        }
    }

    /** Replaces rows that may be sums by reviews. */
    static void review(CsvRowReader.Rules rules, List<CsvTable.Row> rows, List<StatementRow> judged) {
        var found = new SumRows(rules, rows, judged);
        found.find();
        Collections.reverse(found.entries);
        found.find();
        for (var place : found.sums) {
            judged.set(place, reviewed(judged.get(place)));
        }
    }

    private static StatementRow reviewed(StatementRow row) {
        return row instanceof Review review
                ? new Review(review.line(), review.raw(), ReviewReason.SUMMARY, review.detail(), review.known())
                : Duplicates.reviewed(row, ReviewReason.SUMMARY);
    }

    private boolean namesParty(CsvTable.Row row) {
        return parties.stream().anyMatch(column -> !row.cell(column).isEmpty());
    }

    private void entry(int place, CsvTable.Row row, StatementRow judged) {
        var hasBalance = rules.columns().all(ColumnRole.BALANCE).stream()
                .anyMatch(column -> !row.cell(column).isEmpty()); // Compared with the amount already.
        var isAnonymous =
                !hasBalance && !namesParty(row) && row.cells().stream().noneMatch(ReferenceText::isReferenced);
        if (judged instanceof Booked booked) {
            var transaction = booked.transaction();
            var isCandidate = isAnonymous && transaction.amount().signum() > 0;
            entries.add(new Entry(
                    place,
                    transaction.amount(),
                    transaction.bookedOn(),
                    Optional.of(transaction.currency()),
                    isCandidate));
        } else if (judged instanceof Review review && review.known().amount().isPresent()) {
            var amount = review.known().amount().get();
            var isUndated = review.reason() == ReviewReason.MISSING
                    && review.known().bookedOn().isEmpty()
                    && amount.signum() > 0;
            entries.add(new Entry(
                    place,
                    amount,
                    review.known().bookedOn().orElse(null),
                    review.known().currency(),
                    isAnonymous && isUndated));
        } else if (judged instanceof Skipped skipped && skipped.reason() == SkipReason.TOTAL) {
            entries.add(new Entry(place, null, null, Optional.empty(), false));
        }
    }

    private void find() {
        var currencies =
                entries.stream().flatMap(entry -> entry.currency().stream()).collect(Collectors.toSet());
        if (currencies.isEmpty()) {
            find(Optional.empty());
        }
        currencies.forEach(currency -> find(Optional.of(currency)));
    }

    private void find(Optional<Currency> currency) {
        var all = new Group();
        var section = new Group();
        var daily = new Group();
        var monthly = new Group();
        for (var entry : entries.stream().filter(one -> one.isOf(currency)).toList()) {
            var amount = entry.amount();
            if (amount == null) {
                section.clear();
            } else {
                var day = entry.day();
                var groups = List.of(all, section, daily.of(day), monthly.of(day == null ? null : YearMonth.from(day)));
                var isSum = entry.isCandidate()
                        && groups.stream().anyMatch(group -> group.is(amount, isPartyUsual ? 1 : PARTS_MIN));
                if (isSum) {
                    sums.add(entry.place());
                    section.clear();
                } else if (!sums.contains(entry.place())) {
                    groups.forEach(group -> group.add(amount));
                }
            }
        }
    }
}
