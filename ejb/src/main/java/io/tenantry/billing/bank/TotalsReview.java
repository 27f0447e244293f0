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
 * Checks whether the file's own figures contradict its rows without any row under review explaining the difference. Such a file is suspect, and
 * none of its money moves without a person. Figures are compared by account and currency, and are explained only by rows of the same account
 * and currency.
 */
final class TotalsReview {
    private static final String NO_ACCOUNT = "-";

    private final List<Item> items;
    private final boolean isOfOneAccount;

    /** A figure stated by a file, beside the computed one. */
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
     * A row that is, or may be, a movement of money.
     *
     * @param line the same for all parts of one entry
     * @param isRepeated whether it is under review because it occurred in the file before; then it may be part of the total
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

    /** Subject that figures have in common. */
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

    /** Whether automatic credits are prevented. */
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

    /** Returns the sum of entries in one direction, negative for outgoing ones. */
    private static BigDecimal sum(Map<Integer, BigDecimal> byLine, int sign) {
        return byLine.values().stream().filter(sum -> sum.signum() == sign).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static boolean isSum(BigDecimal missing, BigDecimal sum) {
        return missing.compareTo(sum) == 0;
    }

    /** Entries with a part under review may be missing from the count; those whose amount is uncertain may have either direction. */
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
