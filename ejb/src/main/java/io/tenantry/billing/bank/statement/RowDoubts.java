package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Reasons to review a row, from cells other than its date, amount and direction. */
final class RowDoubts {
    private static final int KIND_MAX = 40;
    private static final Pattern DECIMALS = Pattern.compile("[.,]\\d{1,2}(?!\\d)");

    private final CsvRowReader.Rules rules;
    private final Set<Integer> used;
    private final List<HeaderName> names;
    private final ServiceKinds kinds;
    private final DecimalDoubts decimals;

    /** Why a row is not certain, and the cell that shows it. */
    record Doubt(ReviewReason reason, String detail) {}

    RowDoubts(CsvRowReader.Rules rules, List<CsvTable.Row> rows) {
        this.rules = rules;
        this.decimals = new DecimalDoubts(rules, rows);
        this.used = rules.columns().columns().entrySet().stream()
                .filter(entry -> entry.getKey() != ColumnRole.PURPOSE && entry.getKey() != ColumnRole.IGNORED)
                .flatMap(entry -> entry.getValue().stream())
                .collect(Collectors.toUnmodifiableSet());
        this.names = IntStream.range(0, Math.max(rules.width(), rules.cells()))
                .mapToObj(column -> HeaderName.of(rules.name(column).orElse("")))
                .toList();
        this.kinds = ServiceKinds.of(names);
    }

    /** Returns a doubt that applies regardless of the direction. */
    Optional<Doubt> of(CsvTable.Row row) {
        return free(row).stream()
                .flatMap(column -> begins(row.cell(column)).stream())
                .findFirst()
                .or(() -> marked(row, ReviewReason.STATUS))
                .or(() -> notHappened(row))
                .or(() -> decimals.of(row).map(cell -> new Doubt(ReviewReason.AMOUNT, cell)));
    }

    /** Returns the doubt that a column's name raises for rows with content in it. */
    private Optional<Doubt> marked(CsvTable.Row row, ReviewReason reason) {
        return IntStream.range(0, row.cells().size())
                .filter(column -> !row.cell(column).isEmpty() && isMarking(column))
                .filter(column -> Markers.of(name(column), row.cell(column)).equals(Optional.of(reason)))
                .mapToObj(column -> new Doubt(reason, name(column).whole() + ": " + row.cell(column)))
                .findFirst();
    }

    private Optional<Doubt> notHappened(CsvTable.Row row) {
        return IntStream.range(0, row.cells().size())
                .filter(column -> !used.contains(column)
                        && Markers.isWhenHappened(name(column))
                        && !hasHappened(row.cell(column)))
                .mapToObj(column ->
                        new Doubt(ReviewReason.STATUS, (name(column).whole() + " " + row.cell(column)).strip()))
                .findFirst();
    }

    /** Whether a cell is the date of an event, or affirms it. */
    private static boolean hasHappened(String cell) {
        return Dates.isLike(cell)
                || StatusVocabulary.isYes(cell)
                || StatusVocabulary.isBooked(DoubtfulTerms.fold(cell));
    }

    private boolean isMarking(int column) {
        return !used.contains(column) || rules.columns().all(ColumnRole.STATUS).contains(column);
    }

    private HeaderName name(int column) {
        return names.get(column);
    }

    private static Optional<Doubt> begins(String cell) {
        var folded = DoubtfulTerms.fold(cell);
        if (StatusVocabulary.notBooked(folded).isPresent() || StatusVocabulary.startsNotBooked(folded)) {
            return Optional.of(new Doubt(ReviewReason.STATUS, cell));
        }
        return StatusVocabulary.startsReversal(folded)
                ? Optional.of(new Doubt(ReviewReason.REVERSAL, cell))
                : Optional.empty();
    }

    /** Returns a doubt that applies to incoming money. */
    Optional<Doubt> ofIncoming(CsvTable.Row row) {
        return free(row).stream()
                .flatMap(column -> within(row.cell(column), isPurpose(column)).stream())
                .findFirst()
                .or(() -> party(row))
                .or(() -> marked(row, ReviewReason.REVERSAL))
                .or(() -> kinds.notAPayment(row).map(kind -> new Doubt(ReviewReason.INTERNAL, kind)))
                .or(() -> unit(row))
                .or(() -> summary(row));
    }

    private Optional<Doubt> party(CsvTable.Row row) {
        return rules.party().sides().payers().stream()
                .map(row::cell)
                .flatMap(cell -> PartyDoubts.of(cell).map(reason -> new Doubt(reason, cell)).stream())
                .findFirst();
    }

    /** Another column may state that the amount is in cents. */
    private Optional<Doubt> unit(CsvTable.Row row) {
        var hasDecimals = List.of(ColumnRole.AMOUNT, ColumnRole.CREDIT).stream()
                .flatMap(role -> rules.columns().all(role).stream())
                .anyMatch(column -> DECIMALS.matcher(row.cell(column)).find());
        return free(row).stream()
                .filter(column ->
                        !isPurpose(column) && AmountUnits.isOther(name(column), row.cell(column), hasDecimals))
                .findFirst()
                .map(column -> new Doubt(ReviewReason.AMOUNT, row.cell(column)));
    }

    /** Without another party, text that starts like a total or a balance may be one, also in place of the payer's name. */
    private Optional<Doubt> summary(CsvTable.Row row) {
        var payers = rules.columns().all(ColumnRole.PAYER);
        var named = Stream.concat(payers.stream(), rules.columns().all(ColumnRole.IBAN).stream())
                .filter(column ->
                        !row.cell(column).isEmpty() && !rules.party().unread().contains(column))
                .toList();
        var texts = free(row);
        var isInPlace = texts.stream().noneMatch(this::isPurpose) && payers.containsAll(named);
        return named.isEmpty() || isInPlace
                ? Stream.concat(texts.stream(), named.stream())
                        .map(row::cell)
                        .filter(cell -> SummaryTerms.is(DoubtfulTerms.fold(cell)))
                        .findFirst()
                        .map(cell -> new Doubt(ReviewReason.SUMMARY, cell))
                : Optional.empty();
    }

    private static Optional<Doubt> within(String cell, boolean isPurpose) {
        return TextDoubts.of(cell)
                .or(() ->
                        !isPurpose && cell.length() <= KIND_MAX && TypeVocabulary.isGivenBack(DoubtfulTerms.fold(cell))
                                ? Optional.of(ReviewReason.REVERSAL)
                                : Optional.empty())
                .map(reason -> new Doubt(reason, cell));
    }

    private List<Integer> free(CsvTable.Row row) {
        return IntStream.range(0, row.cells().size())
                .filter(column -> !used.contains(column) && !row.cell(column).isEmpty())
                .boxed()
                .toList();
    }

    private boolean isPurpose(int column) {
        return rules.columns().all(ColumnRole.PURPOSE).contains(column);
    }
}
