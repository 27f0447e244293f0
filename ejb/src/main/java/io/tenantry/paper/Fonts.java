package io.tenantry.paper;

import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FSFontUseCase;
import com.openhtmltopdf.outputdevice.helper.BaseRendererBuilder.FontStyle;
import com.openhtmltopdf.pdfboxout.PdfRendererBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.EnumSet;
import java.util.Objects;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * The fonts of documents: Liberation, which has Latin, Greek, Cyrillic and Hebrew; and where a page has a character that it lacks, DejaVu too, which has Arabic,
 * Armenian, Georgian and many more. What neither has, such as Chinese, is a question mark.
 */
final class Fonts {
    private static final String FAMILY = "Document";
    private static final int REGULAR = 400;
    private static final int BOLD = 700;
    private static final String LIBERATION = "/liberation/LiberationSans-";
    private static final String DEJAVU = "/net/sf/jasperreports/fonts/dejavu/DejaVuSans";

    private Fonts() {}

    /** What Liberation has; read once. */
    private static final class Known {
        static final BitSet CHARACTERS = characters();

        private static BitSet characters() {
            var characters = new BitSet();
            try (var font = new TTFParser().parse(new RandomAccessReadBuffer(file(LIBERATION, "Regular")))) {
                var glyphs = font.getUnicodeCmapLookup();
                for (var character = 0; character <= Character.MAX_CODE_POINT; character++) {
                    characters.set(character, glyphs.getGlyphId(character) != 0);
                }
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
            return characters;
        }
    }

    /** Those that a page needs. One more makes lines a little higher and costs time, so pages that are all Latin have none. */
    static void of(String page, PdfRendererBuilder builder) {
        builder.useFont(() -> file(LIBERATION, "Regular"), FAMILY, REGULAR, FontStyle.NORMAL, true)
                .useFont(() -> file(LIBERATION, "Bold"), FAMILY, BOLD, FontStyle.NORMAL, true)
                .useReplacementText("?");
        if (page.codePoints().anyMatch(Fonts::isLacking)) {
            var last = EnumSet.of(FSFontUseCase.FALLBACK_FINAL);
            builder.useFont(() -> file(DEJAVU, ""), "DejaVu", REGULAR, FontStyle.NORMAL, true, last)
                    .useFont(() -> file(DEJAVU, "-Bold"), "DejaVu", BOLD, FontStyle.NORMAL, true, last);
        }
    }

    private static boolean isLacking(int character) {
        return character > '~' && !Character.isWhitespace(character) && !Known.CHARACTERS.get(character);
    }

    private static InputStream file(String path, String style) {
        var name = path + style + ".ttf";
        return Objects.requireNonNull(Fonts.class.getResourceAsStream(name), name);
    }
}
