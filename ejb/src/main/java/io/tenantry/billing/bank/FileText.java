package io.tenantry.billing.bank;

import io.tenantry.text.InputText;
import java.util.Locale;
import java.util.regex.Pattern;

/** Sanitizes text from files for storage and display. */
final class FileText {
    private static final Pattern BLANKS = Pattern.compile("[\\p{Cntrl}\\p{Z}\\s\\ufffe\\uffff]+");
    private static final Pattern GAPS =
            Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}\\s]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern LONE_SURROGATE =
            Pattern.compile("(?<![\\ud800-\\udbff])[\\udc00-\\udfff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])");

    private static final int ACCOUNT_MAX = 200;

    private FileText() {}

    /** Returns the text on one line without control characters, truncated to a length but never within a character. */
    static String line(String text, int most) {
        var line = InputText.searchTerm(
                BLANKS.matcher(LONE_SURROGATE.matcher(text).replaceAll("")).replaceAll(" "));
        return InputText.cut(line, most);
    }

    /** Returns an account number in its stored form: without blanks, in upper case. */
    static String packed(String account) {
        return line(GAPS.matcher(account).replaceAll("").toUpperCase(Locale.ROOT), ACCOUNT_MAX);
    }
}
