package io.tenantry.bank;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Currency;
import java.util.List;
import java.util.Locale;

/**
 * What a file of a bank says.
 *
 * @param format what sort of file it is
 */
record Statement(Format format, List<Line> lines) {
    Statement {
        lines = List.copyOf(lines);
    }

    /** Sorts of files. */
    enum Format {
        CAMT_053,
        CSV
    }

    /**
     * A line of it. Empty text: the bank does not say.
     *
     * @param account whose statement it is
     * @param bankKey what the bank itself calls the line, the same whenever it is told
     * @param amount above zero came in
     * @param payer who paid, or was paid
     * @param words what was written into the transfer
     */
    record Line(
            String account,
            String bankKey,
            LocalDate bookedOn,
            BigDecimal amount,
            Currency currency,
            String payer,
            String iban,
            String words) {
        private static final int NAME_MAX = 200;
        private static final int WORDS_MAX = 1_000;

        Line {
            account = packed(account);
            bankKey = clean(bankKey, NAME_MAX);
            payer = clean(payer, NAME_MAX);
            iban = packed(iban);
            words = clean(words, WORDS_MAX);
        }

        private static String clean(String text, int most) {
            var line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
            return line.length() <= most ? line : line.substring(0, most);
        }

        private static String packed(String text) {
            return clean(text.replaceAll("[\\p{Cntrl}\\s]", "").toUpperCase(Locale.ROOT), NAME_MAX);
        }
    }
}
