package io.tenantry.billing.bank;

import io.tenantry.billing.bank.PaymentMatcher.Payment;
import io.tenantry.billing.bank.statement.BankTransaction;
import io.tenantry.billing.bank.statement.StatementRow;
import io.tenantry.billing.bank.statement.StatementRow.Booked;
import io.tenantry.billing.bank.statement.StatementRow.Review;
import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import io.tenantry.billing.bank.statement.StatementRow.Skipped;
import io.tenantry.kernel.money.Money;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A stored row of a bank file. A transaction has all values; other rows have the values that could be read. Unknown text is empty.
 *
 * @param lineNumber in the file, counted from 1
 * @param reason why it is skipped or needs review
 * @param detail the value in question
 * @param raw the row's text, shortened
 * @param key identifies the row when it is imported again; empty for skipped rows
 * @param referenceKey identifies the row regardless of its booking day; empty if the bank gave no reference
 * @param amount positive for incoming money
 */
record FileRow(
        RowKind kind,
        int lineNumber,
        String reason,
        String detail,
        String raw,
        String account,
        String key,
        String referenceKey,
        Optional<LocalDate> bookedOn,
        Optional<BigDecimal> amount,
        Optional<Currency> currency,
        String payer,
        String iban,
        String words) {
    private static final int RAW_MAX = 1_000;
    private static final int TEXT_MAX = 200;
    private static final int DAYS_FROM = 1900;
    private static final int DAYS_TO = 2200;

    /** Returns all rows of a statement, in their order. */
    static List<FileRow> of(List<StatementRow> rows) {
        var keys = new TransactionFingerprints();
        var all = new ArrayList<FileRow>();
        for (var row : rows) {
            if (row instanceof Booked booked) {
                all.add(
                        isKeepable(booked.transaction())
                                ? transaction(booked, keys)
                                : review(unkeepable(booked), keys));
            } else if (row instanceof Review review) {
                all.add(review(review, keys));
            } else if (row instanceof Skipped skipped) {
                all.add(new FileRow(
                        RowKind.SKIPPED,
                        skipped.line(),
                        skipped.reason().name(),
                        "",
                        FileText.line(skipped.raw(), RAW_MAX),
                        "",
                        "",
                        "",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        "",
                        "",
                        ""));
            }
        }
        return all;
    }

    private static FileRow transaction(Booked row, TransactionFingerprints keys) {
        var transaction = row.transaction();
        return new FileRow(
                RowKind.TRANSACTION,
                row.line(),
                "",
                "",
                FileText.line(row.raw(), RAW_MAX),
                transaction.account(),
                keys.of(transaction),
                TransactionFingerprints.reference(
                        transaction.bankReference(), transaction.amount(), transaction.currency()),
                Optional.of(transaction.bookedOn()),
                Optional.of(transaction.amount()),
                Optional.of(transaction.currency()),
                transaction.payer(),
                transaction.iban(),
                transaction.purpose());
    }

    private static FileRow review(Review row, TransactionFingerprints keys) {
        var known = row.known();
        var raw = FileText.line(row.raw(), RAW_MAX);
        var account = FileText.packed(known.account());
        return new FileRow(
                RowKind.REVIEW,
                row.line(),
                row.reason().name(),
                FileText.line(row.detail(), TEXT_MAX),
                raw,
                account,
                keys.of(account, raw),
                known.amount()
                        .flatMap(amount -> known.currency()
                                .map(currency ->
                                        TransactionFingerprints.reference(known.bankReference(), amount, currency)))
                        .orElse(""),
                known.bookedOn().filter(FileRow::isKeepable),
                known.amount().filter(FileRow::isKeepable),
                known.currency(),
                FileText.line(known.payer(), TEXT_MAX),
                FileText.packed(known.iban()),
                FileText.line(known.purpose(), RAW_MAX));
    }

    private static Review unkeepable(Booked row) {
        var transaction = row.transaction();
        return new Review(
                row.line(),
                row.raw(),
                isKeepable(transaction.bookedOn()) ? ReviewReason.AMOUNT : ReviewReason.DATE,
                "",
                new StatementRow.Known(
                        transaction.account(),
                        transaction.bankReference(),
                        Optional.of(transaction.bookedOn()),
                        Optional.of(transaction.amount()),
                        Optional.of(transaction.currency()),
                        transaction.payer(),
                        transaction.iban(),
                        transaction.purpose()));
    }

    private static boolean isKeepable(BankTransaction transaction) {
        return isKeepable(transaction.amount()) && isKeepable(transaction.bookedOn());
    }

    /** Whether an amount can be stored without change. */
    static boolean isKeepable(BigDecimal amount) {
        return amount.signum() != 0
                && amount.abs().compareTo(BankTransaction.AMOUNT_MAX) < 0
                && amount.stripTrailingZeros().scale() <= Money.SCALE;
    }

    /** Whether a day can be stored without change. */
    static boolean isKeepable(LocalDate day) {
        return day.getYear() >= DAYS_FROM && day.getYear() <= DAYS_TO;
    }

    /** Returns the payment that a row is, or may be if it needs review. */
    Optional<Payment> payment(UUID importId) {
        return bookedOn.isPresent() && amount.isPresent() && currency.isPresent()
                ? Optional.of(new Payment(
                        importId, bookedOn.get(), new Money(amount.get(), currency.get()), payer, iban, words, raw))
                : Optional.empty();
    }
}
