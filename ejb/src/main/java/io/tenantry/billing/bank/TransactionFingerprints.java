package io.tenantry.billing.bank;

import io.tenantry.billing.bank.statement.BankTransaction;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Currency;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/**
 * What rows of one file are known by when they come again: the bank's own reference with day and amount, as some banks use one again, or else all
 * that the row says; and a number among those that are alike within the file, because somebody may pay the same twice on a day.
 */
final class TransactionFingerprints {
    private final Map<String, Integer> seen = new HashMap<>();

    /** The key of the file's next transaction. */
    String of(BankTransaction transaction) {
        var fixed = String.join(
                "\n",
                transaction.bankReference(),
                transaction.bookedOn().toString(),
                transaction.amount().stripTrailingZeros().toPlainString(),
                transaction.currency().getCurrencyCode());
        var rest = transaction.bankReference().isEmpty()
                ? String.join("\n", transaction.payer(), transaction.iban(), transaction.purpose())
                : "";
        return numbered(transaction.account(), digest(fixed + "\n" + rest));
    }

    /** What a transaction is known by on whichever day it was booked: the bank's reference with amount and currency; empty if the bank gave none. */
    static String reference(String bankReference, BigDecimal amount, Currency currency) {
        return bankReference.isEmpty()
                ? ""
                : digest(String.join(
                        "\n", bankReference, amount.stripTrailingZeros().toPlainString(), currency.getCurrencyCode()));
    }

    /** The key of the file's next row that needs review: by its text. */
    String of(String account, String raw) {
        return numbered(account, "review:" + digest(raw));
    }

    private String numbered(String account, String digest) {
        return digest + "#" + seen.merge(account + " " + digest, 1, Integer::sum);
    }

    /** The SHA-256 of a text, in hexadecimal digits. */
    static String digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The SHA-256 of bytes, in hexadecimal digits. */
    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
