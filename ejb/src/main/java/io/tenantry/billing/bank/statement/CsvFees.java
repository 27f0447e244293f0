package io.tenantry.billing.bank.statement;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fees listed beside amounts. */
final class CsvFees {
    private static final Set<String> NET = DoubtfulTerms.words("net,netto,net amount,nettobetrag,montant net");

    private static final Pattern FEE = Pattern.compile(
            "\\b(?:fees?|\\w*gebuhr(?:en)?|\\w*gebuehr(?:en)?|\\w*entgelte?|provision(?:en)?|commissions?|comision(?:es)?|commission[ei]|frais|charges?|deductions?|"
                    + "abzuge?)\\b");
    /** Words that show that a column is about fees but does not hold an amount. */
    private static final Pattern NO_FEE = Pattern.compile(
            "\\b(?:id|nr|number|nummer|date|datum|type|typ|art|code|rate|satz|percent|prozent|refund|refunded|vat|tax)\\b");

    private static final Pattern BEARER = Pattern.compile("sha|shar|shared|our|ben|slev|debt|cred");

    private CsvFees() {}

    /** Returns a fee that the amount may or may not include, the first of several; zero if there is none. */
    static BigDecimal of(CsvRowReader.Rules rules, CsvTable.Row row) {
        if (isNet(rules)) {
            return BigDecimal.ZERO;
        }
        var named = rules.columns().all(ColumnRole.FEE).stream()
                .map(row::cell)
                .filter(cell -> !cell.isEmpty())
                .map(cell -> Amounts.parse(cell, rules.mark())
                        .map(Amounts.Amount::value)
                        .orElse(BigDecimal.ONE));
        var others = IntStream.range(0, rules.header().size())
                .filter(column -> isFree(rules, column)
                        && isFee(HeaderName.of(rules.header().get(column))))
                .mapToObj(row::cell)
                .filter(cell -> !Dates.isLike(cell))
                .flatMap(cell -> Amounts.parse(cell, rules.mark()).stream())
                .map(Amounts.Amount::value);
        return Stream.concat(named, others)
                .filter(fee -> fee.signum() != 0)
                .findFirst()
                .orElse(BigDecimal.ZERO);
    }

    private static boolean isFree(CsvRowReader.Rules rules, int column) {
        return rules.columns().columns().entrySet().stream()
                .noneMatch(entry ->
                        entry.getKey() != ColumnRole.IGNORED && entry.getValue().contains(column));
    }

    static boolean isFee(HeaderName name) {
        return FEE.matcher(name.base()).find() && !NO_FEE.matcher(name.base()).find();
    }

    /** Whether a column is named as fees and has amounts, or who pays them. */
    static boolean isOfFees(HeaderName name, List<String> cells) {
        return isFee(name)
                && cells.stream()
                        .allMatch(cell -> Amounts.isLike(cell)
                                || Dates.isLike(cell)
                                || Markers.isNothing(cell)
                                || BEARER.matcher(DoubtfulTerms.fold(cell)).matches());
    }

    private static boolean isNet(CsvRowReader.Rules rules) {
        return rules.columns().all(ColumnRole.AMOUNT).stream()
                .map(rules::name)
                .flatMap(Optional::stream)
                .anyMatch(name -> NET.contains(HeaderName.of(name).base()));
    }
}
