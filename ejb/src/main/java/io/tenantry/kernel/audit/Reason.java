package io.tenantry.kernel.audit;

import io.tenantry.text.InputText;

/** Why somebody has decided something, in their own words, as it is kept with what was decided and in the trail: one line of bounded length. */
public final class Reason {
    private static final int LENGTH_MAX = 200;

    private Reason() {}

    /**
     * What is kept of it.
     *
     * @param rule what is said to programs that give none
     * @throws IllegalArgumentException if it says nothing
     */
    public static String kept(String words, String rule) {
        var line = InputText.foreignLine(words);
        if (line.isEmpty()) {
            throw new IllegalArgumentException(rule);
        }
        return InputText.cut(line, LENGTH_MAX);
    }
}
