package io.tenantry.billing.bank;

import io.tenantry.text.InputText;
import java.util.Locale;
import java.util.regex.Pattern;

/** Text out of files, made fit to be stored and shown. */
final class FileText {
    private static final Pattern BLANKS = Pattern.compile("[\\p{Cntrl}\\p{Z}\\s\\ufffe\\uffff]+");
    private static final Pattern GAPS =
            Pattern.compile("[\\p{Cntrl}\\p{Cf}\\p{Z}\\s]+", Pattern.UNICODE_CHARACTER_CLASS);
    private static final Pattern LONE_SURROGATE =
            Pattern.compile("(?<![\\ud800-\\udbff])[\\udc00-\\udfff]|[\\ud800-\\udbff](?![\\udc00-\\udfff])");

    private static final int ACCOUNT_MAX = 200;

    private FileText() {}

    /** Text on one line without control characters, cut to a length but never within a character. */
    static String line(String text, int most) {
        var line = InputText.searchTerm(
                BLANKS.matcher(LONE_SURROGATE.matcher(text).replaceAll("")).replaceAll(" "));
        return InputText.cut(line, most);
    }

    /** The number of an account as it is kept: without blanks, in capitals. */
    static String packed(String account) {
        return line(GAPS.matcher(account).replaceAll("").toUpperCase(Locale.ROOT), ACCOUNT_MAX);
    }
}
