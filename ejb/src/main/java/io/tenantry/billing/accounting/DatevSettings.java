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
     * @param account the kind of account, for {@link Field#ACCOUNT}
     */
    public record Fault(Field field, Optional<AccountKind> account) {
        static Fault of(Field field) {
            return new Fault(field, Optional.empty());
        }

        static Fault of(AccountKind account) {
            return new Fault(Field.ACCOUNT, Optional.of(account));
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

    /** Returns the first day of the business year that contains a day. */
    LocalDate yearOf(LocalDate day) {
        var begins = LocalDate.of(day.getYear(), yearBegins, 1);
        return begins.isAfter(day) ? begins.minusYears(1) : begins;
    }
}
