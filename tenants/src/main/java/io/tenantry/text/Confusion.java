package io.tenantry.text;

import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;

/** Whether a name in letters could be taken for another one: letters of several scripts together, or of one script that look like Latin ones. */
final class Confusion {
    private static final SpoofChecker CHECKER = new SpoofChecker.Builder()
            .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.INVISIBLE | SpoofChecker.MIXED_NUMBERS)
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .build();

    private Confusion() {}

    /** Labels are judged one by one: the last is often Latin where the others are not. */
    static boolean isClear(CharSequence name) {
        for (var label : name.toString().split("\\.", -1)) {
            // Decomposed, because the checker counts by the label's length in what it decomposes.
            if (CHECKER.failsChecks(Normalizer.normalize(label, Normalizer.Form.NFD)) || looksLatin(label)) {
                return false;
            }
        }
        return true;
    }

    /** Cyrillic and Greek have letters that are drawn as Latin ones; a label of nothing else could be any Latin name. */
    private static boolean looksLatin(String label) {
        return label.codePoints().anyMatch(point -> point > 0x7F)
                && label.codePoints().allMatch(Confusion::isDrawnAsLatin);
    }

    private static boolean isDrawnAsLatin(int point) {
        return point <= 0x7F || "асԁеһіјӏорԛѕԝхуьԍнгпωоναικτυρχ".indexOf(point) >= 0;
    }
}
