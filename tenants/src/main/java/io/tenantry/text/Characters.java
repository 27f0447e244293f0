package io.tenantry.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Character classes by Unicode properties, where the JDK's own methods answer a different question. */
final class Characters {
    private static final int ZERO_WIDTH_NON_JOINER = 0x200C;
    private static final int ZERO_WIDTH_JOINER = 0x200D;
    private static final int EMOJI_PRESENTATION = 0xFE0F;
    private static final int BLACK_FLAG = 0x1F3F4;
    private static final int BRAILLE_BLANK = 0x2800;

    /** Scripts written without joiners; in these an invisible joiner would only make two equal words differ. */
    private static final Set<UnicodeScript> WITHOUT_JOINERS = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.ARMENIAN,
            UnicodeScript.GEORGIAN,
            UnicodeScript.HEBREW,
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.COMMON,
            UnicodeScript.UNKNOWN);

    /** Scripts whose characters have one form; after these a variation selector would only make two equal words differ. */
    private static final Set<UnicodeScript> WITHOUT_FORMS = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.ARMENIAN,
            UnicodeScript.GEORGIAN,
            UnicodeScript.HEBREW,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.INHERITED);

    private Characters() {}

    /** Whether it has the Unicode property White_Space; Java's own methods omit no-break spaces or add separators. */
    static boolean isSpace(int point) {
        return switch (point) {
            case 0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000 -> true;
            default -> point >= 0x2000 && point <= 0x200A;
        };
    }

    /** Whether it ends a line in a multi-line text, apart from line feed and carriage return. */
    static boolean isLineBreak(int point) {
        return point == 0x0B || point == 0x0C || point == 0x85 || point == 0x2028 || point == 0x2029;
    }

    /** Whether no text may contain it: controls that are not white space, surrogates, and noncharacters. */
    static boolean isForbidden(int point) {
        return (Character.getType(point) == Character.CONTROL && !isSpace(point))
                || (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)
                || (point >= 0xFDD0 && point <= 0xFDEF)
                || (point & 0xFFFE) == 0xFFFE
                || (point >= 0xFFF9 && point <= 0xFFFB)
                || point == 0xE0001;
    }

    /** Whether it overrides the direction of all that follows. */
    static boolean isOverride(int point) {
        return point == 0x202D || point == 0x202E;
    }

    /** Whether it embeds or isolates text of another direction; useful in prose, misleading in a name. */
    static boolean isEmbedding(int point) {
        return (point >= 0x202A && point <= 0x202C) || (point >= 0x2066 && point <= 0x2069);
    }

    /** Whether it is a directional mark for its neighbors; needed in names of mixed scripts, and in no others. */
    static boolean isDirectionMark(int point) {
        return point == 0x200E || point == 0x200F || point == 0x061C;
    }

    /** Whether it is a character of Arabic, Hebrew or another script written from right to left. */
    static boolean isRightToLeft(int point) {
        return switch (Character.getDirectionality(point)) {
            case Character.DIRECTIONALITY_RIGHT_TO_LEFT,
                    Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC,
                    Character.DIRECTIONALITY_ARABIC_NUMBER -> !isDirectionMark(point);
            default -> false;
        };
    }

    /** Whether it is invisible and no word needs it: zero width spaces, soft hyphens, byte order marks, fillers, musical formatting. */
    static boolean isInvisible(int point) {
        return UCharacter.hasBinaryProperty(point, UProperty.DEFAULT_IGNORABLE_CODE_POINT)
                && !isJoiner(point)
                && !isSelector(point)
                && !isTag(point)
                && !isDirectionMark(point)
                && !isEmbedding(point)
                && !isOverride(point);
    }

    /** Whether it selects a variant of the preceding character: emoji, Chinese and Mongolian characters. */
    static boolean isSelector(int point) {
        return UCharacter.hasBinaryProperty(point, UProperty.VARIATION_SELECTOR);
    }

    static boolean takesSelector(int before) {
        return before != 0
                && !isNothing(before)
                && !(isLetterOrMark(before) && WITHOUT_FORMS.contains(UnicodeScript.of(before)));
    }

    private static boolean isLetterOrMark(int point) {
        return Character.isLetter(point) || Character.getType(point) == Character.NON_SPACING_MARK;
    }

    static boolean isJoiner(int point) {
        return point == ZERO_WIDTH_JOINER || point == ZERO_WIDTH_NON_JOINER;
    }

    /** Whether a joiner after that character is meaningful: in Arabic, Indic and other scripts, and in emoji sequences. */
    static boolean takesJoiner(int before) {
        if (before == EMOJI_PRESENTATION || Character.getType(before) == Character.OTHER_SYMBOL) {
            return true;
        }
        if (Character.getType(before) == Character.MODIFIER_SYMBOL) {
            return before > 0xFFFF;
        }
        var script = UnicodeScript.of(before);
        return script == UnicodeScript.INHERITED ? isArabicVowel(before) : !WITHOUT_JOINERS.contains(script);
    }

    /** Whether it is a mark on Arabic characters that Unicode shares with other scripts. */
    private static boolean isArabicVowel(int point) {
        return (point >= 0x064B && point <= 0x0655) || point == 0x0670;
    }

    /** Whether it is a tag character, the invisible alphabet that spells flags of regions after a black flag. */
    static boolean isTag(int point) {
        return point >= 0xE0020 && point <= 0xE007F;
    }

    static boolean takesTag(int before) {
        return before == BLACK_FLAG || isTag(before);
    }

    /** An accent, vowel sign or frame that stands on the character before it. */
    static boolean isMark(int point) {
        return switch (Character.getType(point)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK -> true;
            default -> false;
        };
    }

    /** Any character of which nothing is seen, at the ends of a text or within a number. */
    static boolean isNothing(int point) {
        return isSpace(point)
                || isInvisible(point)
                || isDirectionMark(point)
                || isEmbedding(point)
                || isJoiner(point)
                || isSelector(point)
                || isTag(point)
                || point == BRAILLE_BLANK;
    }
}
