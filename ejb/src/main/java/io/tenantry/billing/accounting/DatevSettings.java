package io.tenantry.billing.accounting;

import io.tenantry.kernel.ledger.Ledger.AccountKind;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A reseller's numbers at DATEV.
 *
 * @param consultant the number of its tax consultant
 * @param client its number there
 * @param yearBegins the month with whose first day its business year begins
 * @param digits how long numbers of accounts are
 * @param accounts which account a kind of account of the ledger is; kinds without one are not in it
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

    public DatevSettings {
        accounts = Map.copyOf(accounts);
    }

    /** What can be wrong. */
    public enum Field {
        CONSULTANT,
        CLIENT,
        YEAR,
        DIGITS,
        /** An account that is missing, or is no number of that length. */
        ACCOUNT,
        /** The days are of more than one business year. */
        DAYS,
        /** Nobody said the reseller's numbers yet. */
        TERMS,
        /** DATEV is told of euros alone. */
        CURRENCY
    }

    /**
     * Something that is wrong.
     *
     * @param account of which kind of account, for {@link Field#ACCOUNT}
     */
    public record Fault(Field field, Optional<AccountKind> account) {
        static Fault of(Field field) {
            return new Fault(field, Optional.empty());
        }

        static Fault of(AccountKind account) {
            return new Fault(Field.ACCOUNT, Optional.of(account));
        }
    }

    /** What is wrong with them. */
    List<Fault> faults() {
        var numbers = Stream.of(
                        wrong(Field.CONSULTANT, consultant < CONSULTANT_LEAST || consultant > CONSULTANT_MOST),
                        wrong(Field.CLIENT, client < 1 || client > CLIENT_MOST),
                        wrong(Field.YEAR, yearBegins < 1 || yearBegins > MONTHS),
                        wrong(Field.DIGITS, digits < DIGITS_LEAST || digits > DIGITS_MOST))
                .flatMap(Optional::stream);
        var unfit = Arrays.stream(AccountKind.values())
                .filter(kind -> accounts.containsKey(kind) && !isNumber(accounts.get(kind)))
                .map(Fault::of);
        return Stream.concat(numbers, unfit).toList();
    }

    private boolean isNumber(String text) {
        return NUMBER.matcher(text).matches() && text.length() == digits;
    }

    private static Optional<Fault> wrong(Field field, boolean isWrong) {
        return isWrong ? Optional.of(Fault.of(field)) : Optional.empty();
    }

    /** The first day of the business year that a day is of. */
    LocalDate yearOf(LocalDate day) {
        var begins = LocalDate.of(day.getYear(), yearBegins, 1);
        return begins.isAfter(day) ? begins.minusYears(1) : begins;
    }
}
