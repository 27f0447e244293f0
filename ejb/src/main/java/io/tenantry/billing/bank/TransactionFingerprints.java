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
 * Keys that identify a file's rows when they are imported again: the bank's reference with day and amount, because some banks reuse references,
 * or else the full content of the row; plus a sequence number among identical rows of the file, because the same payment may be made twice on a
 * day.
 */
final class TransactionFingerprints {
    private final Map<String, Integer> seen = new HashMap<>();

    /** Returns the key of the file's next transaction. */
    String of(BankTransaction transaction) {
        var fixed = String.join(
                "\n",
                transaction.bankReference(),
                transaction.bookedOn().toString(),
                transaction.amount().stripTrailingZeros().toPlainString(),
                transaction.currency().getCurrencyCode());
        var rest = transaction.bankReference().isEmpty()
                ? String.join("\n", transaction.payer(), transaction.accountCell(), transaction.purpose())
                : "";
        return numbered(transaction.account(), digest(fixed + "\n" + rest));
    }

    /**
     * Returns the key of a transaction regardless of its booking day: the bank's reference with amount and currency; empty if the bank gave
     * none.
     */
    static String reference(String bankReference, BigDecimal amount, Currency currency) {
        return bankReference.isEmpty()
                ? ""
                : digest(String.join(
                        "\n", bankReference, amount.stripTrailingZeros().toPlainString(), currency.getCurrencyCode()));
    }

    /** Returns the key of the file's next row that needs review, derived from its text. */
    String of(String account, String raw) {
        return numbered(account, "review:" + digest(raw));
    }

    private String numbered(String account, String digest) {
        return digest + "#" + seen.merge(account + " " + digest, 1, Integer::sum);
    }

    /** Returns the SHA-256 of a text, in hexadecimal digits. */
    static String digest(String text) {
        return digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the SHA-256 of bytes, in hexadecimal digits. */
    static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
