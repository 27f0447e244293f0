package io.tenantry.documents;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PDFontSupplier;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Objects;

/**
 * Fonts of a document: Liberation, which covers Latin, Greek, Cyrillic and Hebrew, and those others that its text needs. DejaVu covers
 * Armenian, Georgian and symbols, Droid Sans Fallback covers Chinese and Japanese, WenQuanYi Micro Hei covers Korean; everything else is
 * composed ({@link ComposedText}).
 */
final class Fonts {
    private static final String FAMILY = "Document";
    private static final String COMPOSED = "Composed";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;
    private static final String LIBERATION_BOLD = "/liberation/LiberationSans-Bold.ttf";
    private static final String DEJAVU_BOLD = "/net/sf/jasperreports/fonts/dejavu/DejaVuSans-Bold.ttf";

    private Fonts() {}

    /** Whether a text has characters that are missing in Liberation. */
    static boolean isBeyondLatin(String text) {
        return text.codePoints().anyMatch(Fonts::isBeyondLatin);
    }

    private static boolean isBeyondLatin(int character) {
        return character > '~' && !Character.isWhitespace(character) && !Typeface.LIBERATION.has(character);
    }

    private static boolean isFirst(int character, Typeface font) {
        return isBeyondLatin(character)
                && font.has(character)
                && (font == Typeface.DEJAVU || !Typeface.DEJAVU.has(character));
    }

    /**
     * Adds only the fonts that a document needs, because each additional one makes lines a little higher and costs time.
     *
     * @param text all text of the document, composed
     * @return the families, for its style sheet
     */
    static String of(String text, ComposedText composed, PdfRendererBuilder builder) {
        builder.useFont(Typeface.LIBERATION::open, FAMILY, REGULAR, FontStyle.NORMAL, true)
                .useFont(() -> file(LIBERATION_BOLD), FAMILY, BOLD, FontStyle.NORMAL, true)
                .useReplacementText("?");
        var last = EnumSet.of(FSFontUseCase.FALLBACK_FINAL);
        if (isNeeded(text, Typeface.DEJAVU)) {
            builder.useFont(Typeface.DEJAVU::open, "DejaVu", REGULAR, FontStyle.NORMAL, true, last)
                    .useFont(() -> file(DEJAVU_BOLD), "DejaVu", BOLD, FontStyle.NORMAL, true, last);
        }
        for (var font : new Typeface[] {Typeface.HAN, Typeface.HANGUL}) {
            if (isNeeded(text, font)) {
                // There is only one weight; the renderer makes it bold.
                builder.useFont(font::open, font.name(), REGULAR, FontStyle.NORMAL, true, last);
            }
        }
        var families = new StringBuilder(FAMILY);
        var regular = ComposedFont.of(composed, false);
        var bold = ComposedFont.of(composed, true);
        for (var number = 0; number < regular.size(); number++) {
            var family = COMPOSED + number;
            builder.useFont(new PDFontSupplier(regular.get(number)), family, REGULAR, FontStyle.NORMAL, true)
                    .useFont(new PDFontSupplier(bold.get(number)), family, BOLD, FontStyle.NORMAL, true);
            families.append(", ").append(family);
        }
        return families.toString();
    }

    private static boolean isNeeded(String text, Typeface font) {
        return text.codePoints().anyMatch(character -> isFirst(character, font));
    }

    private static InputStream file(String name) {
        return Objects.requireNonNull(Fonts.class.getResourceAsStream(name), name);
    }
}
