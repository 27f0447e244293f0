package io.tenantry.billing.accounting;

import io.tenantry.kernel.ledger.Ledger.AccountKind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Entries of a period as bookings to the cent: the effect of a day's entries of one kind and origin on each account, paired as debit and
 * credit. Balances are rounded, never amounts: after each booking an account's balance is that of the ledger to the nearest cent. It is
 * therefore never off by more than half a cent, however many bookings there are, and the files of two months together equal one file of both.
 * The remainder is booked on the rounding account, which is off by at most half a cent for each other account.
 */
public final class DatevBatch {
    private static final int CENTS = 2;
    private static final Comparator<Group> ORDER =
            Comparator.comparing(Group::day).thenComparing(Group::origin).thenComparing(Group::kind);

    private final List<Booking> bookings = new ArrayList<>();
    private final List<Balance> balances;

    /**
     * Effect of entries on accounts of one kind.
     *
     * @param day empty for everything before the first day of the batch
     * @param kind the kind of the entries
     * @param amount positive is credit
     */
    record Part(Optional<LocalDate> day, String kind, EntryOrigin origin, AccountKind account, BigDecimal amount) {}

    /**
     * An amount that is debited to one account and credited to another.
     *
     * @param amount above zero, with two decimals
     */
    public record Booking(
            LocalDate day, String kind, EntryOrigin origin, BigDecimal amount, String debited, String credited) {}

    /**
     * Balances of an account before and after the period. Positive is credit.
     *
     * @param opening according to the ledger
     * @param closing according to the ledger
     * @param booked the movement in the file, with two decimals
     */
    public record Balance(String number, BigDecimal opening, BigDecimal closing, BigDecimal booked) {
        /** By how much the file exceeds the ledger; negative if it falls short. */
        public BigDecimal difference() {
            return booked.subtract(closing.subtract(opening));
        }
    }

    private record Group(LocalDate day, EntryOrigin origin, String kind) {
        static Group of(Part part) {
            return new Group(part.day().orElseThrow(), part.origin(), part.kind());
        }
    }

    /**
     * Creates the bookings of these parts.
     *
     * @param numbers an account for each kind that has a part, and for rounding
     * @throws IllegalArgumentException if the parts of the ledger are not balanced
     */
    static DatevBatch of(List<Part> parts, Map<AccountKind, String> numbers) {
        return new DatevBatch(parts, numbers);
    }

    private DatevBatch(List<Part> parts, Map<AccountKind, String> numbers) {
        if (parts.stream()
                        .map(Part::amount)
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .signum()
                != 0) {
            throw new IllegalArgumentException("unbalanced books cannot be exported");
        }
        var before = new TreeMap<String, BigDecimal>();
        numbers.values().forEach(number -> before.put(number, BigDecimal.ZERO));
        parts.stream()
                .filter(part -> part.day().isEmpty())
                .forEach(part -> before.merge(number(numbers, part), part.amount(), BigDecimal::add));
        var rounding = numbers.get(AccountKind.ROUNDING);
        if (rounding == null) {
            throw new IllegalArgumentException("there is no account for rounding");
        }
        var exact = new TreeMap<>(before);
        var done = cents(before, rounding);
        var opened = new TreeMap<>(done);
        var groups = new TreeMap<Group, List<Part>>(ORDER);
        parts.stream()
                .filter(part -> part.day().isPresent())
                .forEach(part -> groups.computeIfAbsent(Group.of(part), any -> new ArrayList<>())
                        .add(part));
        groups.forEach((group, moved) -> {
            moved.forEach(part -> exact.merge(number(numbers, part), part.amount(), BigDecimal::add));
            var next = cents(exact, rounding);
            pair(group, done, next);
            done.putAll(next);
        });
        balances = exact.entrySet().stream()
                .map(one -> new Balance(
                        one.getKey(),
                        amount(before, one.getKey()),
                        one.getValue(),
                        amount(done, one.getKey()).subtract(amount(opened, one.getKey()))))
                .toList();
    }

    private static String number(Map<AccountKind, String> numbers, Part part) {
        var number = numbers.get(part.account());
        if (number == null) {
            throw new IllegalArgumentException("no account for " + part.account());
        }
        return number;
    }

    /** Rounds balances to the cent; the rounding account gets the amount that makes them sum to zero. */
    private static Map<String, BigDecimal> cents(Map<String, BigDecimal> exact, String rounding) {
        var rounded = new TreeMap<String, BigDecimal>();
        exact.forEach((number, amount) -> rounded.put(number, amount.setScale(CENTS, RoundingMode.HALF_UP)));
        rounded.remove(rounding);
        rounded.put(
                rounding,
                rounded.values().stream()
                        .reduce(BigDecimal.ZERO, BigDecimal::add)
                        .negate());
        return rounded;
    }

    /** Pairs debits with credits until both are used up. */
    private void pair(Group group, Map<String, BigDecimal> before, Map<String, BigDecimal> after) {
        var moves = new TreeMap<String, BigDecimal>();
        after.forEach((number, balance) -> moves.put(number, balance.subtract(amount(before, number))));
        for (var debit : moves.entrySet()) {
            for (var credit : moves.entrySet()) {
                var size = debit.getValue().negate().min(credit.getValue());
                if (size.signum() > 0) {
                    bookings.add(new Booking(
                            group.day(), group.kind(), group.origin(), size, debit.getKey(), credit.getKey()));
                    debit.setValue(debit.getValue().add(size));
                    credit.setValue(credit.getValue().subtract(size));
                }
            }
        }
    }

    private static BigDecimal amount(Map<String, BigDecimal> amounts, String number) {
        return amounts.getOrDefault(number, BigDecimal.ZERO);
    }

    /** Returns the bookings in the order of days. */
    public List<Booking> bookings() {
        return List.copyOf(bookings);
    }

    /** Returns a balance for each account, by number. */
    public List<Balance> balances() {
        return balances;
    }
}
