package io.tenantry.bank.statement;

import io.tenantry.bank.statement.StatementRow.Booked;
import io.tenantry.bank.statement.StatementRow.ReviewReason;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.HashSet;
import java.util.List;

/**
 * Finds what a file gives twice. Rows without a reference of the bank may be alike and still be two payments; those with one are the same, whatever
 * else they say.
 */
final class Duplicates {
    private Duplicates() {}

    private record Known(
            String account, String bankReference, LocalDate bookedOn, BigDecimal amount, Currency currency) {
        private static Known of(BankTransaction transaction) {
            return new Known(
                    transaction.account(),
                    transaction.bankReference(),
                    transaction.bookedOn(),
                    transaction.amount().stripTrailingZeros(),
                    transaction.currency());
        }
    }

    /** Replaces each that came before in the same file by a review. */
    static void review(List<StatementRow> rows) {
        var seen = new HashSet<Known>();
        rows.replaceAll(row -> row instanceof Booked booked
                        && !booked.transaction().bankReference().isEmpty()
                        && !seen.add(Known.of(booked.transaction()))
                ? repeated(row)
                : row);
    }

    static StatementRow repeated(StatementRow row) {
        return row instanceof Booked booked ? RunningBalance.review(booked, ReviewReason.DUPLICATE, true) : row;
    }
}
