package io.tenantry.text;

import com.ibm.icu.text.SpoofChecker;
import java.text.Normalizer;

/** Detects names that could be mistaken for another one: mixed scripts, or one script whose characters look like Latin ones. */
public final class Confusables {
    private static final SpoofChecker CHECKER = new SpoofChecker.Builder()
            .setChecks(SpoofChecker.RESTRICTION_LEVEL | SpoofChecker.INVISIBLE | SpoofChecker.MIXED_NUMBERS)
            .setRestrictionLevel(SpoofChecker.RestrictionLevel.HIGHLY_RESTRICTIVE)
            .build();

    private Confusables() {}

    /** Labels are checked one by one: the last is often Latin where the others are not. */
    public static boolean isClear(CharSequence name) {
        for (var label : name.toString().split("\\.", -1)) {
            // Decomposed, because the checker uses the label's length to count in its decomposed form.
            if (CHECKER.failsChecks(Normalizer.normalize(label, Normalizer.Form.NFD)) || looksLatin(label)) {
                return false;
            }
        }
        return true;
    }

    /** Returns a form that is equal for texts that look alike, also for ASCII texts such as {@code rn} and {@code m}. */
    public static String skeleton(String text) {
        return CHECKER.getSkeleton(Normalizer.normalize(text, Normalizer.Form.NFKC));
    }

    /** Some Cyrillic and Greek characters look like Latin ones; a label consisting only of these could be any Latin name. */
    private static boolean looksLatin(String label) {
        return label.codePoints().anyMatch(point -> point > 0x7F)
                && label.codePoints().allMatch(Confusables::isDrawnAsLatin);
    }

    private static boolean isDrawnAsLatin(int point) {
        return point <= 0x7F || "асԁеһіјӏорԛѕԝхуьԍнгпωоναικτυρχ".indexOf(point) >= 0;
    }
}
