package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementRow.ReviewReason;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** Whether the text of an outgoing movement is that of a return. */
public final class ReturnTerms {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern NO_CODE = Pattern.compile("[^A-Z0-9]+");

    private ReturnTerms() {}

    /** Whether a text states that a payment is returned, in the words or codes of banks. */
    public static boolean isReturn(String text) {
        return Counterparts.isReturn(text)
                || Arrays.stream(NO_CODE.split(text, -1)).anyMatch(code -> ReturnVocabulary.isReturn("", code))
                || Arrays.stream(BLANKS.split(text, -1))
                        .anyMatch(code -> code.contains("+") && ReturnVocabulary.isReturn(code));
    }

    /**
     * Whether a text has any term for money given back, such as a refund or a repayment. Alone, such a term is also usual for other money
     * that goes out.
     */
    public static boolean isGivenBack(String text) {
        return isReturn(text) || TextDoubts.of(text).equals(Optional.of(ReviewReason.REVERSAL));
    }
}
