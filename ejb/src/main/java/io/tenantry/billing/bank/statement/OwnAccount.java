package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.List;
import java.util.Locale;

/** The reseller's own account in place of the payer's: an internal movement, or a column that names it in each row. */
final class OwnAccount {
    private OwnAccount() {}

    /** Removes the account if every row names the reseller's own one; if only some rows do, the incoming ones among them are reviewed. */
    static void review(List<StatementRow> judged) {
        var isColumn = judged.stream()
                .filter(row -> row instanceof Booked booked
                        && !booked.transaction().iban().isEmpty())
                .allMatch(row -> row instanceof Booked booked && isOwn(booked.transaction()));
        judged.replaceAll(row -> {
            if (!(row instanceof Booked booked) || !isOwn(booked.transaction())) {
                return row;
            }
            var isIn = booked.transaction().amount().signum() > 0;
            var without = without(booked);
            return isColumn || !isIn ? without : RunningBalance.review(without, ReviewReason.INTERNAL, true);
        });
    }

    private static boolean isOwn(BankTransaction transaction) {
        return Preamble.isIban(packed(transaction.iban()))
                && packed(transaction.iban()).equals(packed(transaction.account()));
    }

    private static Booked without(Booked booked) {
        var own = booked.transaction();
        return new Booked(
                booked.line(),
                booked.raw(),
                new BankTransaction(
                        own.account(),
                        own.bankReference(),
                        own.bookedOn(),
                        own.amount(),
                        own.currency(),
                        own.payer(),
                        "",
                        own.purpose()));
    }

    private static String packed(String account) {
        return account.replace(" ", "").toUpperCase(Locale.ROOT);
    }
}
