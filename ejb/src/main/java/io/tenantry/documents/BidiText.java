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
 * Reorders the characters of each line into visual order if any of them run from right to left, by ICU's implementation of the Unicode
 * bidirectional algorithm.
 *
 * <p>The PDF renderer would reverse the runs of a line separately and leave them in logical order, so that numbers within Arabic would appear
 * on the wrong side. It is therefore given a single run ({@link ParagraphRuns}), and the whole line is reordered here.
 */
final class BidiText implements BidiReorderer {
    /** Precedes each word of a right-to-left text, so that any of its lines can be recognized. A noncharacter, which is not printed. */
    private static final String FROM_RIGHT = "\uFDD0";

    private static final Pattern WORD = Pattern.compile("\\S+");

    /** Controls that force a direction until it is terminated: they would affect text of others after it. */
    private static final Pattern FORCED = Pattern.compile("[\\u202A-\\u202E\\u2066-\\u2069]");

    /** Separates parts of a line, which stay on their side regardless of their content. */
    private static final int BETWEEN_PARTS = '·';

    private final ComposedText composed;
    private final BidiClassifier classifier;

    BidiText(ComposedText composed) {
        this.composed = composed;
        this.classifier = new Classifier(composed);
    }

    /** Bidirectional classes of characters, including those that composed glyphs stand for. */
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

    /** Whether a text contains right-to-left characters. */
    static boolean isTurned(String text) {
        return Bidi.requiresBidi(text.toCharArray(), 0, text.length());
    }

    /**
     * Whether a text as a whole is right-to-left: it starts so, and most of it is. A German sentence with an Arabic name is not, wherever the
     * name is.
     */
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

    /** Shapes a text, before it is broken into lines. */
    @Override
    public String shapeText(String text) {
        var own = FORCED.matcher(text).replaceAll("");
        return isFromRight(own, composed) ? WORD.matcher(own).replaceAll(FROM_RIGHT + "$0") : own;
    }

    /** Composed glyphs belong to the document's own fonts, so nothing has to be reversed for another font. */
    @Override
    public String deshapeText(String text) {
        return text;
    }

    /** Returns a line in visual order, from left to right. Marks precede the letters that they belong to. */
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

    /** Creates one run for each paragraph, whether it contains right-to-left text or not. */
    static final class ParagraphRuns implements BidiSplitter {
        private final ComposedText composed;
        private BidiTextRun run = new BidiTextRun(0, 0, LTR);

        ParagraphRuns(ComposedText composed) {
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
