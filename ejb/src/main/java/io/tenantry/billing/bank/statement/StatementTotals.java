package io.tenantry.billing.bank.statement;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Totals of the booked rows of a file, and whether the file's own figures agree.
 *
 * @param booked one per currency, in the order of their codes
 * @param checks the file's own figures; empty if it has none
 */
public record StatementTotals(List<CurrencyTotal> booked, List<Check> checks) {
    private static final BigDecimal SUM_MAX = new BigDecimal(1_000_000_000_000_000L);

    public StatementTotals {
        booked = List.copyOf(booked);
        checks = List.copyOf(checks);
    }

    /** Returns the first sum or figure that exceeds what can be recorded, for example because amounts were misread. */
    public Optional<BigDecimal> beyondRecording() {
        return Stream.concat(
                        booked.stream().flatMap(total -> Stream.of(total.incoming(), total.outgoing())),
                        checks.stream().flatMap(check -> Stream.of(check.reported(), check.computed())))
                .filter(sum -> sum.abs().compareTo(SUM_MAX) >= 0)
                .findFirst();
    }

    /** Whether no figure of the file contradicts the booked rows. */
    public boolean agree() {
        return checks.stream().allMatch(Check::agrees);
    }

    /**
     * Booked rows in a currency.
     *
     * @param outgoing sum of outgoing amounts, as a positive number
     */
    public record CurrencyTotal(
            Currency currency, int incomingCount, BigDecimal incoming, int outgoingCount, BigDecimal outgoing) {}

    /** Figures that a file may state. */
    public enum Figure {
        COUNT,
        NET,
        INCOMING_COUNT,
        INCOMING,
        OUTGOING_COUNT,
        OUTGOING,
        /** Opening balance and booked rows give the closing balance. */
        CLOSING_BALANCE,
        /** Each balance after a row follows from the one before; the figures are the last balance of the file and the computed one. */
        RUNNING_BALANCE
    }

    /**
     * A figure stated by the file beside the one computed from its booked rows.
     *
     * @param account the account concerned
     * @param currency of the figures; a count has that of the account
     */
    public record Check(Figure figure, String account, Currency currency, BigDecimal reported, BigDecimal computed) {
        public boolean agrees() {
            return reported.compareTo(computed) == 0;
        }
    }
}
