package io.tenantry.kernel.audit;

import io.tenantry.text.InputText;

/** The reason given for a decision, as stored with the decision and in the audit trail: one line of bounded length. */
public final class Reason {
    private static final int LENGTH_MAX = 200;

    private Reason() {}

    /**
     * Returns the normalized reason.
     *
     * @param rule the error message for API clients that give none
     * @throws IllegalArgumentException if it is blank
     */
    public static String kept(String words, String rule) {
        var line = InputText.foreignLine(words);
        if (line.isEmpty()) {
            throw new IllegalArgumentException(rule);
        }
        return InputText.cut(line, LENGTH_MAX);
    }
}
