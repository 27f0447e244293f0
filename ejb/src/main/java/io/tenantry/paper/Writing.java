package io.tenantry.paper;

import com.openhtmltopdf.bidi.BidiReorderer;
import com.openhtmltopdf.bidi.BidiSplitter;
import com.openhtmltopdf.bidi.BidiTextRun;
import java.text.Bidi;
import java.util.regex.Pattern;

/**
 * Arabic, Hebrew and whatever else runs from right to left, alone or in a line of Latin: letters are joined before lines are broken, so that they are
 * measured as they will be seen; and each line is turned as it is drawn. Pure.
 *
 * <p>What prints would turn the runs of a line one by one and leave them in the order in which they are read. A number within Arabic would stand on the wrong side. So
 * it is told that there is one run, and the whole line is turned here, by the algorithm of Unicode as the JDK has it.
 */
final class Writing implements BidiReorderer {
    /** Before each word of a text that runs from the right, to know it by any line of it. It is no character, and no font has it. */
    private static final String FROM_RIGHT = "\uFDD0";

    private static final Pattern WORD = Pattern.compile("(?<!\\S)(?=\\S)");

    /** What turns the direction by force until it is told to end: it would turn what others wrote behind it. */
    private static final Pattern FORCED = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

    /** Parts of a line are on the side where they belong, whatever is written in them. */
    private static final char BETWEEN_PARTS = '·';

    /** Not seen, and from left to right. */
    private static final char LEFT_TO_RIGHT = '\u200E';

    private static final String MIRRORED = "()[]{}<>«»‹›≤≥⟨⟩";

    /** Whether anything in a text runs from right to left. */
    static boolean isTurned(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    /** Whether a text runs from the right as a whole: it begins so, and most of it does. A German sentence with a name in Arabic does not, wherever the name is. */
    static boolean isFromRight(String text) {
        var strong = text.codePoints()
                .map(Character::getDirectionality)
                .filter(direction -> direction == Character.DIRECTIONALITY_LEFT_TO_RIGHT || isFromRight(direction))
                .mapToObj(Writing::isFromRight)
                .toList();
        return !strong.isEmpty()
                && strong.get(0)
                && strong.stream().filter(isRight -> isRight).count() * 2 > strong.size();
    }

    private static boolean isFromRight(int direction) {
        return direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC;
    }

    /** A text, before it is broken into lines. */
    @Override
    public String shapeText(String text) {
        var joined = ArabicForms.joined(FORCED.matcher(text).replaceAll(""));
        return isFromRight(text) ? WORD.matcher(joined).replaceAll(FROM_RIGHT) : joined;
    }

    /** Of a form that no font has. */
    @Override
    public String deshapeText(String text) {
        return ArabicForms.plain(text);
    }

    /** A line as it is seen, from left to right. Vowels come before the letters that they stand upon, because in fonts they are as wide as nothing and lie to the right. */
    @Override
    public String reorderRTLTextToLTR(String line) {
        var text = line.replace(FROM_RIGHT, "");
        if (!isTurned(text)) {
            return text;
        }
        var turned = new Bidi(
                text.replace(BETWEEN_PARTS, LEFT_TO_RIGHT),
                text.length() < line.length() ? Bidi.DIRECTION_RIGHT_TO_LEFT : Bidi.DIRECTION_LEFT_TO_RIGHT);
        var seen = text.codePoints().mapToObj(Character::toString).toArray(String[]::new);
        var levels = new byte[seen.length];
        var place = 0;
        for (var number = 0; number < seen.length; number++) {
            levels[number] = (byte) turned.getLevelAt(place);
            place += seen[number].length();
            seen[number] = levels[number] % 2 == 0 ? seen[number] : mirrored(seen[number]);
        }
        Bidi.reorderVisually(levels, 0, seen, 0, seen.length);
        return String.join("", seen);
    }

    private static String mirrored(String letter) {
        var place = MIRRORED.indexOf(letter);
        return place < 0 ? letter : MIRRORED.substring(place ^ 1, (place ^ 1) + 1);
    }

    @Override
    public boolean isLiveImplementation() {
        return true;
    }

    /** One run: of what is to be turned, or not. */
    static final class WholeLines implements BidiSplitter {
        private BidiTextRun run = new BidiTextRun(0, 0, LTR);

        @Override
        public void setParagraph(String paragraph, byte defaultDirection) {
            run = new BidiTextRun(0, paragraph.length(), isTurned(paragraph) ? RTL : LTR);
        }

        @Override
        public int countTextRuns() {
            return 1;
        }

        @Override
        public BidiTextRun getVisualRun(int runIndex) {
            return run;
        }

        @Override
        public byte getBaseDirection(String paragraph) {
            return LTR;
        }
    }
}
