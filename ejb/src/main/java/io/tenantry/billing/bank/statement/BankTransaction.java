package io.tenantry.billing.bank.statement;

import io.tenantry.kernel.money.CurrencyUnits;
import io.tenantry.text.InputText;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A booked transaction of a statement. Text that the bank does not give is empty.
 *
 * @param account the statement's account: an IBAN, a number, or "-"
 * @param bankReference identifies this transaction at the bank, the same whenever it is reported
 * @param amount positive for incoming money, never zero
 * @param payer name of the other party, which paid or was paid
 * @param iban account of the other party
 * @param purpose remittance text, with all references that the bank reports
 * @param accountCell the content of the column for accounts, regardless of whose account it is: the row is recognized by it when it is imported
 *     again, in a file whose other rows show more
 */
public record BankTransaction(
        String account,
        String bankReference,
        LocalDate bookedOn,
        BigDecimal amount,
        Currency currency,
        String payer,
        String iban,
        String purpose,
        String accountCell) {
    /** Limit that amounts must stay below to fit into the ledger. */
    public static final BigDecimal AMOUNT_MAX = new BigDecimal(1_000_000_000_000L);

    private static final int NAME_MAX = 200;
    /** Maximum number of characters of a purpose, which is truncated beyond. */
    static final int PURPOSE_MAX = 1_000;

    private static final Pattern BLANKS =
            Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}\\s&&[^\\u200c\\u200d]]+", Pattern.UNICODE_CHARACTER_CLASS);
    /** A soft hyphen marks a possible line break within a word. Other invisible characters are suspicious there. */
    private static final Pattern WITHIN_WORD = Pattern.compile("(?<=\\p{L})\\u00ad+(?=\\p{L})");

    private static final Pattern LONE_SURROGATE =
            Pattern.compile("(?<![\\ud800-\\udbff])[\\udc00-\\udfff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])");

    public BankTransaction {
        account = packed(account);
        bankReference = clean(bankReference, NAME_MAX);
        payer = clean(payer, NAME_MAX);
        iban = packed(iban);
        purpose = clean(purpose, PURPOSE_MAX);
        accountCell = packed(accountCell);
    }

    /** A transaction whose other party's account is certain. */
    BankTransaction(
            String account,
            String bankReference,
            LocalDate bookedOn,
            BigDecimal amount,
            Currency currency,
            String payer,
            String iban,
            String purpose) {
        this(account, bankReference, bookedOn, amount, currency, payer, iban, purpose, iban);
    }

    /** Returns the transaction without an account that may not be the other party's. */
    BankTransaction withoutParty() {
        return new BankTransaction(account, bankReference, bookedOn, amount, currency, payer, "", purpose, accountCell);
    }

    /** Whether the ledger can hold the amount, and the currency has that many decimals. */
    static boolean isPossible(BigDecimal amount, Currency currency) {
        return amount.abs().compareTo(AMOUNT_MAX) < 0 && CurrencyUnits.isPayable(amount, currency);
    }

    /** Returns the text on one line without control characters, truncated to a length but never within a character. */
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

    /** Whether the text needs no cleaning, which is the common case. */
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
