package io.tenantry.documents;

import com.ibm.icu.lang.UCharacter;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.Locale;

/**
 * Draws a character that is missing in all fonts: a box with the digits of its code point in two rows, so that it is not mistaken for another
 * one.
 */
final class CodePointBox {
    private static final int DIGITS_MIN = 4;
    private static final double DIGIT_SCALE = 0.4;
    private static final int DIGIT_WIDTH = 240;
    private static final int MARGIN = 60;
    private static final int FRAME = 30;
    private static final int BOTTOM = -160;
    private static final int TOP = 760;
    private static final int LOWER_ROW = -70;
    private static final int UPPER_ROW = 370;

    private CodePointBox() {}

    static ComposedGlyph of(int character) {
        var digits = String.format(Locale.ROOT, "%0" + DIGITS_MIN + "X", character);
        var columns = (digits.length() + 1) / 2;
        var width = columns * DIGIT_WIDTH + 2 * (MARGIN + FRAME);
        var outline = new Path2D.Float(Path2D.WIND_NON_ZERO);
        frame(outline, width - FRAME);
        row(outline, digits.substring(0, columns), UPPER_ROW);
        row(outline, digits.substring(columns), LOWER_ROW);
        return new ComposedGlyph(text(character, digits), outline, width, UCharacter.getDirection(character));
    }

    /**
     * Returns the text of a box. Characters without interchangeable meaning are replaced by the name of their code point, because PDF/A forbids
     * them in the text of a document.
     */
    private static String text(int character, String digits) {
        var type = Character.getType(character);
        var isPrivate = type == Character.PRIVATE_USE || type == Character.SURROGATE || type == Character.CONTROL;
        return isPrivate || isNoncharacter(character) ? "U+" + digits : Character.toString(character);
    }

    private static boolean isNoncharacter(int character) {
        return (character & 0xFFFE) == 0xFFFE || (character >= 0xFDD0 && character <= 0xFDEF);
    }

    private static void frame(Path2D outline, int right) {
        outline.append(new Rectangle2D.Float(FRAME, BOTTOM, right - FRAME, TOP - BOTTOM), false);
        // The inner edge has the opposite direction and so is a hole.
        outline.moveTo(2f * FRAME, BOTTOM + FRAME);
        outline.lineTo(2f * FRAME, TOP - FRAME);
        outline.lineTo(right - FRAME, TOP - FRAME);
        outline.lineTo(right - FRAME, BOTTOM + FRAME);
        outline.closePath();
    }

    private static void row(Path2D outline, String digits, int baseLine) {
        var layout = Typeface.LIBERATION.sideBySide(digits, false);
        for (var column = 0; column < layout.glyphs().size(); column++) {
            var place = new AffineTransform();
            place.translate(FRAME + MARGIN + (double) column * DIGIT_WIDTH, baseLine);
            place.scale(DIGIT_SCALE, DIGIT_SCALE);
            outline.append(
                    Typeface.LIBERATION
                            .outline(layout.glyphs().get(column).code())
                            .getPathIterator(place),
                    false);
        }
    }
}
