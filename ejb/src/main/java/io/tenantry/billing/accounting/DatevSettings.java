package io.tenantry.billing.accounting;

import io.tenantry.kernel.ledger.Ledger.AccountKind;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A reseller's DATEV settings.
 *
 * @param consultant the number of its tax consultant
 * @param client its client number with that consultant
 * @param yearBegins the month on whose first day its business year begins
 * @param digits the length of account numbers
 * @param accounts the account number of each kind of ledger account; kinds without one are not in it
 */
public record DatevSettings(
        int consultant, int client, DatevChart chart, int yearBegins, int digits, Map<AccountKind, String> accounts) {
    private static final int CONSULTANT_LEAST = 1001;
    private static final int CONSULTANT_MOST = 9_999_999;
    private static final int CLIENT_MOST = 99_999;
    private static final int MONTHS = 12;
    private static final int DIGITS_LEAST = 4;
    private static final int DIGITS_MOST = 8;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{4,8}");
    private static final Pattern ZEROS = Pattern.compile("0+");

    /** Adjustments may be booked as lower revenue; rounding may not, because entries move cents between it and revenue. */
    private static final Set<AccountKind> INCOME =
            Set.of(AccountKind.REVENUE, AccountKind.ADJUSTMENT, AccountKind.WRITE_OFF);

    private static final Set<AccountKind> EXPENSES =
            Set.of(AccountKind.ADJUSTMENT, AccountKind.ROUNDING, AccountKind.WRITE_OFF);

    public DatevSettings {
        accounts = Map.copyOf(accounts);
    }

    /** Fields that can be faulty. */
    public enum Field {
        CONSULTANT,
        CLIENT,
        YEAR,
        DIGITS,
        /** An account is missing or is not a number of that length. */
        ACCOUNT,
        /** An account is zero, which DATEV does not have. */
        ZERO,
        /** An account is also that of another kind, so entries between both would not be booked. */
        SHARED,
        /** The period spans more than one business year. */
        DAYS,
        /** The reseller's settings have not been entered yet. */
        TERMS,
        /** The currency is not the euro, the only one that DATEV takes. */
        CURRENCY
    }

    /**
     * A fault of the settings or the period.
     *
     * @param account the kind of account, for {@link Field#ACCOUNT}, {@link Field#ZERO} and {@link Field#SHARED}
     * @param other the kind that has the same account, for {@link Field#SHARED}
     */
    public record Fault(Field field, Optional<AccountKind> account, Optional<AccountKind> other) {
        static Fault of(Field field) {
            return new Fault(field, Optional.empty(), Optional.empty());
        }

        static Fault of(AccountKind account) {
            return of(Field.ACCOUNT, account);
        }

        static Fault of(Field field, AccountKind account) {
            return new Fault(field, Optional.of(account), Optional.empty());
        }
    }

    /** Returns the faults of these settings. */
    List<Fault> faults() {
        var numbers = Stream.of(
                        wrong(Field.CONSULTANT, consultant < CONSULTANT_LEAST || consultant > CONSULTANT_MOST),
                        wrong(Field.CLIENT, client < 1 || client > CLIENT_MOST),
                        wrong(Field.YEAR, yearBegins < 1 || yearBegins > MONTHS),
                        wrong(Field.DIGITS, digits < DIGITS_LEAST || digits > DIGITS_MOST))
                .flatMap(Optional::stream);
        var unfit = Arrays.stream(AccountKind.values()).flatMap(kind -> fault(kind).stream());
        return Stream.concat(numbers, unfit).toList();
    }

    private Optional<Fault> fault(AccountKind kind) {
        var number = accounts.get(kind);
        if (number == null) {
            return Optional.empty();
        }
        if (!NUMBER.matcher(number).matches() || number.length() != digits) {
            return Optional.of(Fault.of(kind));
        }
        if (ZEROS.matcher(number).matches()) {
            return Optional.of(Fault.of(Field.ZERO, kind));
        }
        return Arrays.stream(AccountKind.values())
                .filter(other -> other.compareTo(kind) < 0 && number.equals(accounts.get(other)))
                .filter(other -> !mayShare(Set.of(other, kind)))
                .findFirst()
                .map(other -> new Fault(Field.SHARED, Optional.of(kind), Optional.of(other)));
    }

    /** Whether no entry moves value between these kinds: all of them are income or expenses. */
    private static boolean mayShare(Set<AccountKind> kinds) {
        return INCOME.containsAll(kinds) || EXPENSES.containsAll(kinds);
    }

    private static Optional<Fault> wrong(Field field, boolean isWrong) {
        return isWrong ? Optional.of(Fault.of(field)) : Optional.empty();
    }

    /** Returns the first day of the business year that contains a day. */
    LocalDate yearOf(LocalDate day) {
        var begins = LocalDate.of(day.getYear(), yearBegins, 1);
        return begins.isAfter(day) ? begins.minusYears(1) : begins;
    }
}
