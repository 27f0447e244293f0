package io.tenantry.documents;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterDirection;
import com.ibm.icu.text.Bidi;
import com.ibm.icu.text.BidiClassifier;
import com.openhtmltopdf.bidi.BidiReorderer;
import com.openhtmltopdf.bidi.BidiSplitter;
import com.openhtmltopdf.bidi.BidiTextRun;
import java.util.regex.Pattern;

/**
 * Puts the characters of each line in the order in which they are seen, where any of them run from right to left, by the bidirectional algorithm of Unicode as ICU has it.
 *
 * <p>The printer would turn the runs of a line one by one and leave them in the order in which they are read, so that numbers within Arabic would stand on the wrong
 * side. Therefore it is told that there is one run ({@link WholeLines}), and the whole line is reordered here.
 */
final class BidiText implements BidiReorderer {
    /** Before each word of a text that runs from the right, to know it by any line of it. A noncharacter, which is not printed. */
    private static final String FROM_RIGHT = "\uFDD0";

    private static final Pattern WORD = Pattern.compile("\\S+");

    /** What turns the direction by force until it is told to end: it would turn what others wrote behind it. */
    private static final Pattern FORCED = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

    /** Between parts of a line, which stay on the side where they belong, whatever is written in them. */
    private static final int BETWEEN_PARTS = '·';

    private final ComposedText composed;
    private final BidiClassifier classifier;

    BidiText(ComposedText composed) {
        this.composed = composed;
        this.classifier = new Classifier(composed);
    }

    /** The bidirectional classes of characters, with those of what composed glyphs stand for. */
    private static final class Classifier extends BidiClassifier {
        private final ComposedText composed;

        Classifier(ComposedText composed) {
            super(composed);
            this.composed = composed;
        }

        @Override
        public int classify(int character) {
            return character == BETWEEN_PARTS
                    ? UCharacterDirection.LEFT_TO_RIGHT
                    : composed.glyph(character)
                            .map(ComposedGlyph::directionality)
                            .orElseGet(() -> UCharacter.getDirection(character));
        }
    }

    /** Whether anything in a text runs from right to left. */
    static boolean isTurned(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    /** Whether a text runs from the right as a whole: it begins so, and most of it does. A German sentence with a name in Arabic does not, wherever the name is. */
    static boolean isFromRight(String text) {
        return isFromRight(text, new ComposedText());
    }

    private static boolean isFromRight(String text, ComposedText composed) {
        var classifier = new Classifier(composed);
        var strong = text.codePoints()
                .map(classifier::classify)
                .filter(direction ->
                        direction == UCharacterDirection.LEFT_TO_RIGHT || ComposedText.isRightToLeft(direction))
                .mapToObj(ComposedText::isRightToLeft)
                .toList();
        return !strong.isEmpty()
                && strong.get(0)
                && strong.stream().filter(isRight -> isRight).count() * 2 > strong.size();
    }

    /** A text, before it is broken into lines. */
    @Override
    public String shapeText(String text) {
        var own = FORCED.matcher(text).replaceAll("");
        return isFromRight(own, composed) ? WORD.matcher(own).replaceAll(FROM_RIGHT + "$0") : own;
    }

    /** Composed glyphs are of the document's own fonts, so nothing has to be undone for another font. */
    @Override
    public String deshapeText(String text) {
        return text;
    }

    /** A line as it is seen, from left to right. Marks come before the letters that they stand upon. */
    @Override
    public String reorderRTLTextToLTR(String line) {
        var text = line.replace(FROM_RIGHT, "");
        var bidi = new Bidi();
        bidi.setCustomClassifier(classifier);
        bidi.setPara(text, text.length() < line.length() ? Bidi.RTL : Bidi.LTR, null);
        return bidi.writeReordered(Bidi.DO_MIRRORING);
    }

    @Override
    public boolean isLiveImplementation() {
        return true;
    }

    /** One run for each paragraph, whether something in it is to be turned or not. */
    static final class WholeLines implements BidiSplitter {
        private final ComposedText composed;
        private BidiTextRun run = new BidiTextRun(0, 0, LTR);

        WholeLines(ComposedText composed) {
            this.composed = composed;
        }

        @Override
        public void setParagraph(String paragraph, byte defaultDirection) {
            run = new BidiTextRun(0, paragraph.length(), isTurned(composed.plain(paragraph)) ? RTL : LTR);
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
