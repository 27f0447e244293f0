package io.tenantry.billing.bank.statement;

import io.tenantry.text.InputText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A booked transaction of a statement. Text that the bank does not give is empty.
 *
 * @param account whose statement it is: an IBAN, a number, or "-"
 * @param bankReference by which the bank knows this transaction, the same whenever it is reported
 * @param amount positive if the money came in, never zero
 * @param payer name of the other party: who paid, or was paid
 * @param iban account of the other party
 * @param purpose text written into the transfer, with all references that the bank reports
 */
public record BankTransaction(
        String account,
        String bankReference,
        LocalDate bookedOn,
        BigDecimal amount,
        Currency currency,
        String payer,
        String iban,
        String purpose) {
    /** The ledger cannot hold amounts of this size or more. */
    public static final BigDecimal AMOUNT_MAX = new BigDecimal(1_000_000_000_000L);

    private static final int NAME_MAX = 200;
    /** A purpose is cut at so many characters. */
    static final int PURPOSE_MAX = 1_000;

    private static final Pattern BLANKS =
            Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}\\s&&[^\\u200c\\u200d]]+", Pattern.UNICODE_CHARACTER_CLASS);
    /** A soft hyphen is where a line may break in a word. Other signs that nobody sees are suspicious there. */
    private static final Pattern WITHIN_WORD = Pattern.compile("(?<=\\p{L})\\u00ad+(?=\\p{L})");

    private static final Pattern LONE_SURROGATE =
            Pattern.compile("(?<![\\ud800-\\udbff])[\\udc00-\\udfff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])");

    public BankTransaction {
        account = packed(account);
        bankReference = clean(bankReference, NAME_MAX);
        payer = clean(payer, NAME_MAX);
        iban = packed(iban);
        purpose = clean(purpose, PURPOSE_MAX);
    }

    /** Whether the ledger can hold the amount, and the currency has as many decimals. */
    static boolean isPossible(BigDecimal amount, Currency currency) {
        return amount.abs().compareTo(AMOUNT_MAX) < 0
                && amount.stripTrailingZeros().scale() <= Math.max(currency.getDefaultFractionDigits(), 0);
    }

    /** Text on one line without control characters, cut to a length but never within a character. */
    static String clean(String text, int most) {
        if (text.length() <= most && isPlain(text)) {
            return text.strip();
        }
        var line = BLANKS.matcher(WITHIN_WORD
                        .matcher(LONE_SURROGATE.matcher(text).replaceAll(""))
                        .replaceAll(""))
                .replaceAll(" ")
                .strip();
        return InputText.cut(line, most);
    }

    /** Whether there is nothing to clean, as in most text. */
    private static boolean isPlain(String text) {
        for (var at = 0; at < text.length(); at++) {
            var sign = text.charAt(at);
            var isDouble = sign == ' ' && at > 0 && text.charAt(at - 1) == ' ';
            if (sign < ' ' || sign > '~' || isDouble) {
                return false;
            }
        }
        return true;
    }

    private static String packed(String text) {
        return clean(BLANKS.matcher(text).replaceAll("").toUpperCase(Locale.ROOT), NAME_MAX);
    }
}
