package io.tenantry.billing.bank.statement;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Direction of rows without signs and without a direction column, as far as transaction types, codes, texts, parties and titles show it. */
final class DirectionHints {
    private static final int TYPE_MAX = 40;
    private static final int DIGITS_MIN = 5;

    private final CsvRowReader.Rules rules;
    private final Set<Integer> used;
    private final Set<Integer> types = new HashSet<>();
    private final Map<Integer, DirectionCodes> codes = new HashMap<>();
    private final boolean isOutgoingParty;
    /** Signs or columns show the directions, so that a dash in another column means that it has no value. */
    private final boolean isDirected;

    /** A row's indication of its direction. */
    enum Hint {
        IN,
        OUT,
        /** The indication is unknown or ambiguous. */
        UNCERTAIN,
        NOTHING
    }

    DirectionHints(CsvRowReader.Rules rules, List<CsvTable.Row> rows) {
        this.rules = rules;
        this.used = Stream.concat(
                        rules.columns().columns().entrySet().stream()
                                .filter(entry -> entry.getKey() != ColumnRole.PURPOSE)
                                .flatMap(entry -> entry.getValue().stream()),
                        columns(column -> Markers.isFlag(name(column))))
                .collect(Collectors.toUnmodifiableSet());
        this.isDirected = rules.columns().has(ColumnRole.CREDIT)
                || rules.columns().has(ColumnRole.DEBIT)
                || rules.columns().all(ColumnRole.AMOUNT).stream()
                        .flatMap(column -> rows.stream().map(row -> row.cell(column)))
                        .anyMatch(cell -> Amounts.parse(cell, rules.mark())
                                .filter(Amounts.Amount::isSigned)
                                .isPresent());
        var body = rows.stream().filter(row -> row.filled() > 1).toList();
        var names = IntStream.range(0, rules.width()).mapToObj(this::name).toList();
        for (var column = 0; column < rules.width(); column++) {
            if (isFree(column)) {
                inspect(column, names, body);
            }
        }
        this.isOutgoingParty = isOutgoingParty(body);
    }

    private void inspect(int column, List<HeaderName> names, List<CsvTable.Row> rows) {
        var cells = rows.stream()
                .map(row -> row.cell(column))
                .filter(cell -> !cell.isEmpty() && !isNoValue(cell))
                .toList();
        var name = names.get(column);
        if (cells.isEmpty() || cells.stream().anyMatch(Dates::isLike) || CardColumns.isFunding(column, names, rows)) {
            return;
        }
        var isOther = ColumnNames.isKnown(name) && ColumnNames.rank(ColumnRole.DIRECTION, name) < 0;
        var isCodes = DirectionCodes.areCodes(cells) && !cells.stream().allMatch(Currencies::isKnown);
        var isKinds = !isOther && cells.stream().anyMatch(DirectionHints::isKind);
        if (TypeVocabulary.isType(name) || (isKinds && !isCodes)) {
            types.add(column);
            codes.put(column, DirectionCodes.of(cells));
        } else if (!isOther && isCodes && !TypeVocabulary.isOtherCode(name)) {
            codes.put(column, DirectionCodes.of(cells));
        }
    }

    private static boolean isKind(String cell) {
        var folded = DoubtfulTerms.fold(cell);
        return DirectionVocabulary.of(cell).isPresent()
                || TypeVocabulary.isIncoming(folded)
                || TypeVocabulary.isEitherWay(folded);
    }

    /** Whether the parties show that some rows are outgoing: only recipients are named, or both payers and recipients that differ. */
    private boolean isOutgoingParty(List<CsvTable.Row> rows) {
        var recipients = columns(column -> TypeVocabulary.isRecipient(name(column)) && isFilled(rows, column))
                .toList();
        var senders = columns(column -> TypeVocabulary.isSender(name(column)) && isFilled(rows, column))
                .toList();
        if (recipients.isEmpty()) {
            return false;
        }
        if (senders.isEmpty()) {
            return rules.columns().all(ColumnRole.PAYER).stream().allMatch(recipients::contains);
        }
        var to = parties(rows, recipients);
        var from = parties(rows, senders);
        return to.size() != 1 || from.size() < 2 || from.containsAll(to);
    }

    private static boolean isFilled(List<CsvTable.Row> rows, int column) {
        return rows.stream().anyMatch(row -> !row.cell(column).isEmpty());
    }

    private static Set<String> parties(List<CsvTable.Row> rows, List<Integer> columns) {
        return rows.stream()
                .flatMap(row -> columns.stream().map(row::cell))
                .map(DoubtfulTerms::fold)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Whether the parties show that not all money came in. */
    boolean isOutgoingParty() {
        return isOutgoingParty;
    }

    /** Returns the indication of a row; contradictory ones are uncertain. */
    Hint of(CsvTable.Row row) {
        var hints = EnumSet.noneOf(Hint.class);
        for (var column = 0; column < row.cells().size(); column++) {
            if (isFree(column) && !isNoValue(row.cell(column))) {
                hints.add(of(column, row.cell(column)));
            }
        }
        if (hints.contains(Hint.UNCERTAIN) || hints.containsAll(EnumSet.of(Hint.IN, Hint.OUT))) {
            return Hint.UNCERTAIN;
        }
        return hints.contains(Hint.OUT) ? Hint.OUT : hints.contains(Hint.IN) ? Hint.IN : Hint.NOTHING;
    }

    private Hint of(int column, String cell) {
        var folded = DoubtfulTerms.fold(cell);
        var known = codes.get(column);
        if (known == null) {
            var isKind = !isPurpose(column)
                    && (TypeVocabulary.isIncoming(folded)
                            || DirectionVocabulary.of(cell).equals(Optional.of(Direction.IN)));
            return saysOutgoing(cell) || TypeVocabulary.isEitherWay(folded)
                    ? Hint.UNCERTAIN
                    : isKind ? Hint.IN : Hint.NOTHING;
        }
        var code = known.direction(cell);
        if (!types.contains(column)) {
            return code.map(way -> way == Direction.IN ? Hint.IN : Hint.OUT).orElse(Hint.UNCERTAIN);
        }
        if (saysOutgoing(cell)) {
            return Hint.UNCERTAIN;
        }
        var isIncoming = code.equals(Optional.of(Direction.IN)) || TypeVocabulary.isIncoming(folded);
        return isIncoming ? Hint.IN : isText(cell) ? Hint.NOTHING : Hint.UNCERTAIN;
    }

    /** Whether a word or text of a row states that money went out. */
    boolean saysOutgoing(CsvTable.Row row) {
        return freeCells(row).anyMatch(DirectionHints::saysOutgoing) || of(row) == Hint.OUT;
    }

    /** Whether a row states that money was spent, and neither refunded nor returned. */
    boolean saysSpent(CsvTable.Row row) {
        return freeCells(row).anyMatch(DirectionHints::saysSpent)
                && freeCells(row)
                        .noneMatch(cell ->
                                ReturnVocabulary.says(cell) || TypeVocabulary.isGivenBack(DoubtfulTerms.fold(cell)));
    }

    /** Whether a row states that money was received, which is how a card issuer describes payments by its customer. */
    boolean saysReceived(CsvTable.Row row) {
        return freeCells(row).map(DoubtfulTerms::fold).anyMatch(TypeVocabulary::startsReceived);
    }

    private static boolean saysSpent(String cell) {
        return DirectionVocabulary.of(cell).equals(Optional.of(Direction.OUT))
                || DirectionVocabulary.hintsOutgoing(cell);
    }

    private static boolean saysOutgoing(String cell) {
        return saysSpent(cell) || TypeVocabulary.saysOutgoing(DoubtfulTerms.fold(cell));
    }

    /** Whether a cell is a word that only denotes outgoing money. */
    boolean isOutgoing(CsvTable.Row row) {
        return freeCells(row).anyMatch(cell -> DirectionVocabulary.of(cell).equals(Optional.of(Direction.OUT)));
    }

    private Stream<String> freeCells(CsvTable.Row row) {
        return IntStream.range(0, row.cells().size())
                .filter(this::isFree)
                .mapToObj(row::cell)
                .filter(cell -> !isNoValue(cell));
    }

    private boolean isNoValue(String cell) {
        return isDirected && cell.length() == 1 && Amounts.isMinus(cell.charAt(0));
    }

    /** Whether a cell is free text or identifies one transaction, rather than a kind of transactions. */
    private static boolean isText(String cell) {
        return cell.length() > TYPE_MAX
                || cell.chars().filter(Character::isDigit).count() >= DIGITS_MIN;
    }

    private boolean isPurpose(int column) {
        return rules.columns().all(ColumnRole.PURPOSE).contains(column);
    }

    private boolean isFree(int column) {
        return !used.contains(column);
    }

    private HeaderName name(int column) {
        return HeaderName.of(rules.name(column).orElse(""));
    }

    private Stream<Integer> columns(IntPredicate which) {
        return IntStream.range(0, rules.width()).filter(which).boxed();
    }
}
