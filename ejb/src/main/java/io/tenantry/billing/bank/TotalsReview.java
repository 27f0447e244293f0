package io.tenantry.billing.bank;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whether the file's own figures contradict what was read and no rows that need review explain it: then the file is not what it seems, and no money
 * of it moves without a person. Figures are compared by account and currency, and rows explain only those of their own.
 */
final class TotalsReview {
    private static final String NO_ACCOUNT = "-";

    private final List<Item> items;
    private final boolean isOfOneAccount;

    /** A figure that a file states, beside the same of what was read. */
    record Figure(String name, String account, Currency currency, BigDecimal reported, BigDecimal computed) {
        Figure {
            account = FileText.packed(account);
        }

        boolean isDifferent() {
            return missing().signum() != 0;
        }

        private BigDecimal missing() {
            return reported.subtract(computed);
        }
    }

    /**
     * A row that is a movement of money, or may be one.
     *
     * @param line the same for all parts of one entry
     * @param isRepeated whether it is to be reviewed because it was in the file before; then it may be in what was added up
     * @param currency empty if it is not certain
     * @param amount empty if it is not certain
     */
    record Item(
            boolean isReview,
            boolean isRepeated,
            int line,
            String account,
            Optional<Currency> currency,
            Optional<BigDecimal> amount) {
        Item {
            account = FileText.packed(account);
        }

        private boolean isCertain() {
            return amount.isPresent() && currency.isPresent();
        }
    }

    /** Figures that are about the same. */
    private record Subject(String name, String account, Currency currency) {}

    private TotalsReview(List<Figure> figures, List<Item> items) {
        this.items = items;
        this.isOfOneAccount = Stream.concat(
                                figures.stream().map(Figure::account),
                                items.stream().map(Item::account))
                        .filter(account -> !account.isEmpty() && !account.equals(NO_ACCOUNT))
                        .distinct()
                        .count()
                <= 1;
    }

    /** Whether nothing may be credited without a person. */
    static boolean isOn(List<Figure> figures, List<Item> items) {
        var hold = new TotalsReview(figures, items);
        return figures.stream()
                .collect(Collectors.groupingBy(
                        figure -> new Subject(figure.name(), figure.account(), figure.currency())))
                .entrySet()
                .stream()
                .filter(same -> same.getValue().stream().anyMatch(Figure::isDifferent))
                .anyMatch(same -> !hold.isExplained(
                        same.getKey(),
                        same.getValue().stream().map(Figure::missing).reduce(BigDecimal.ZERO, BigDecimal::add)));
    }

    private boolean isExplained(Subject subject, BigDecimal missing) {
        return isExplained(subject, missing, Item::isReview)
                || isExplained(subject, missing, item -> item.isReview() && !item.isRepeated());
    }

    private boolean isExplained(Subject subject, BigDecimal missing, Predicate<Item> isMissing) {
        var rows = items.stream().filter(item -> isOf(item, subject)).toList();
        var lost = rows.stream().filter(isMissing).toList();
        if (lost.isEmpty()) {
            return false;
        }
        var booked = sums(rows.stream().filter(item -> !item.isReview()).toList());
        var certain = sums(lost.stream().filter(Item::isCertain).toList());
        var uncertain =
                lost.stream().filter(item -> !item.isCertain()).map(Item::line).collect(Collectors.toSet());
        var whole = new HashMap<>(booked);
        certain.forEach((line, sum) -> whole.merge(line, sum, BigDecimal::add));
        return switch (subject.name()) {
            case "COUNT" -> isCount(missing, whole, certain, 0, uncertain);
            case "INCOMING_COUNT" -> isCount(missing, whole, certain, 1, uncertain);
            case "OUTGOING_COUNT" -> isCount(missing, whole, certain, -1, uncertain);
            case "INCOMING" ->
                !uncertain.isEmpty() || isSum(missing, sum(whole, 1).subtract(sum(booked, 1)));
            case "OUTGOING" ->
                !uncertain.isEmpty() || isSum(missing, sum(booked, -1).subtract(sum(whole, -1)));
            default ->
                !uncertain.isEmpty()
                        || isSum(missing, certain.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add));
        };
    }

    private boolean isOf(Item item, Subject subject) {
        return (isOfOneAccount || item.account().equals(subject.account()))
                && item.currency()
                        .filter(other -> !other.equals(subject.currency()))
                        .isEmpty();
    }

    private static Map<Integer, BigDecimal> sums(List<Item> items) {
        return items.stream()
                .collect(Collectors.toMap(Item::line, item -> item.amount().orElse(BigDecimal.ZERO), BigDecimal::add));
    }

    /** The sum of entries in one direction, below zero for those that went out. */
    private static BigDecimal sum(Map<Integer, BigDecimal> byLine, int sign) {
        return byLine.values().stream().filter(sum -> sum.signum() == sign).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean isSum(BigDecimal missing, BigDecimal sum) {
        return missing.compareTo(sum) == 0;
    }

    /** Entries of which a part needs review are counted by nobody; those whose amount is not certain may be of either direction. */
    private static boolean isCount(
            BigDecimal missing,
            Map<Integer, BigDecimal> whole,
            Map<Integer, BigDecimal> certain,
            int sign,
            Set<Integer> uncertain) {
        var least = certain.keySet().stream()
                .filter(line -> !uncertain.contains(line))
                .map(whole::get)
                .filter(sum -> sign == 0 || sum.signum() == sign)
                .count();
        return missing.compareTo(BigDecimal.valueOf(least)) >= 0
                && missing.compareTo(BigDecimal.valueOf(least + uncertain.size())) <= 0;
    }
}
