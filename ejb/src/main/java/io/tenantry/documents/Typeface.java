package io.tenantry.documents;

import com.ibm.icu.lang.UScript;
import java.awt.Font;
import java.awt.FontFormatException;
import java.awt.font.FontRenderContext;
import java.awt.font.GlyphVector;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;

/**
 * A font file that ships with the product: its characters, and the layout of text in it. A file is read when a document first needs it and
 * cached, so memory is bounded by the number of files. Thread-safe.
 */
enum Typeface {
    LIBERATION("/liberation/LiberationSans-Regular.ttf"),
    DEJAVU("/net/sf/jasperreports/fonts/dejavu/DejaVuSans.ttf"),
    HAN("fonts/DroidSansFallbackFull.ttf"),
    HANGUL("fonts/WenQuanYiMicroHei-Hangul.ttf"),
    EMOJI("fonts/NotoEmoji-Regular.ttf"),
    ARABIC(noto("Arabic")),
    BENGALI(noto("Bengali")),
    CHEROKEE(noto("Cherokee")),
    DEVANAGARI(noto("Devanagari")),
    ETHIOPIC(noto("Ethiopic")),
    GUJARATI(noto("Gujarati")),
    GURMUKHI(noto("Gurmukhi")),
    HEBREW(noto("Hebrew")),
    KANNADA(noto("Kannada")),
    KHMER(noto("Khmer")),
    LAO(noto("Lao")),
    MALAYALAM(noto("Malayalam")),
    MYANMAR(noto("Myanmar")),
    NKO(noto("NKo")),
    ORIYA(noto("Oriya")),
    SINHALA(noto("Sinhala")),
    SYRIAC(noto("Syriac")),
    TAMIL(noto("Tamil")),
    TELUGU(noto("Telugu")),
    THAANA(noto("Thaana")),
    THAI(noto("Thai"));

    /** Lengths of text are in thousandths of the font size, as in PDF. */
    static final float EM = 1000;

    /** Glyph codes from here on mark characters that have been merged into another glyph. */
    private static final int MERGED = 0xFFFE;

    private static final System.Logger LOG = System.getLogger(Typeface.class.getName());

    private static final Map<Integer, Typeface> BY_SCRIPT = Map.ofEntries(
            Map.entry(UScript.ARABIC, ARABIC),
            Map.entry(UScript.BENGALI, BENGALI),
            Map.entry(UScript.DEVANAGARI, DEVANAGARI),
            Map.entry(UScript.GUJARATI, GUJARATI),
            Map.entry(UScript.GURMUKHI, GURMUKHI),
            Map.entry(UScript.HEBREW, HEBREW),
            Map.entry(UScript.KANNADA, KANNADA),
            Map.entry(UScript.KHMER, KHMER),
            Map.entry(UScript.LAO, LAO),
            Map.entry(UScript.MALAYALAM, MALAYALAM),
            Map.entry(UScript.MYANMAR, MYANMAR),
            Map.entry(UScript.NKO, NKO),
            Map.entry(UScript.ORIYA, ORIYA),
            Map.entry(UScript.SINHALA, SINHALA),
            Map.entry(UScript.SYRIAC, SYRIAC),
            Map.entry(UScript.TAMIL, TAMIL),
            Map.entry(UScript.TELUGU, TELUGU),
            Map.entry(UScript.THAANA, THAANA),
            Map.entry(UScript.THAI, THAI));

    private static final Map<Typeface, Loaded> LOADED = new ConcurrentHashMap<>();
    private static final Map<Typeface, Optional<Font>> SHAPING = new ConcurrentHashMap<>();

    private final String resource;

    Typeface(String resource) {
        this.resource = resource;
    }

    private static String noto(String script) {
        return "fonts/NotoSans" + script + "-Regular.ttf";
    }

    /** The parsed file. */
    private record Loaded(TrueTypeFont outlines, BitSet characters) {}

    /**
     * A positioned glyph.
     *
     * @param x to the right of the start of the text
     * @param y above the baseline
     */
    record PlacedGlyph(int code, float x, float y) {}

    /**
     * Laid-out text, from left to right.
     *
     * @param characters for each glyph, the index of its character
     */
    record Layout(List<PlacedGlyph> glyphs, List<Integer> characters, float width) {}

    /**
     * Returns the typeface for a script whose letters are joined, stacked or reordered; empty for scripts whose letters stand one after the
     * other.
     */
    static Optional<Typeface> shaping(int script) {
        return Optional.ofNullable(BY_SCRIPT.get(script));
    }

    InputStream open() {
        return Objects.requireNonNull(Typeface.class.getResourceAsStream(resource), resource);
    }

    /** Whether it has a glyph for a character. False for private-use characters, which have no interchangeable meaning. */
    boolean has(int character) {
        return loaded().characters().get(character);
    }

    /** Returns the outline of a glyph in thousandths of the font size, y upwards. */
    Path2D outline(int glyph) {
        var font = loaded().outlines();
        try {
            synchronized (font) {
                var data = glyph < font.getNumberOfGlyphs() ? font.getGlyph().getGlyph(glyph) : null;
                var outline = data == null ? new Path2D.Float() : new Path2D.Float(data.getPath());
                var scale = (double) EM / font.getUnitsPerEm();
                outline.transform(AffineTransform.getScaleInstance(scale, scale));
                return outline;
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns how far a glyph advances the pen, in thousandths of the font size. */
    float advance(int glyph) {
        var font = loaded().outlines();
        try {
            synchronized (font) {
                return font.getAdvanceWidth(glyph) * EM / font.getUnitsPerEm();
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /**
     * Lays out text of one script by the OpenType rules of the font, as the JDK's text layout applies them. On a server without it, characters
     * stand one after the other.
     */
    Layout layout(String text, boolean isRightToLeft) {
        return shaping()
                .map(font -> shaped(font, text, isRightToLeft))
                .orElseGet(() -> sideBySide(text, isRightToLeft));
    }

    private static Layout shaped(Font font, String text, boolean isRightToLeft) {
        var vector = font.layoutGlyphVector(
                new FontRenderContext(new AffineTransform(), true, true),
                text.toCharArray(),
                0,
                text.length(),
                isRightToLeft ? Font.LAYOUT_RIGHT_TO_LEFT : Font.LAYOUT_LEFT_TO_RIGHT);
        var glyphs = new ArrayList<PlacedGlyph>();
        var characters = new ArrayList<Integer>();
        for (var number = 0; number < vector.getNumGlyphs(); number++) {
            if (vector.getGlyphCode(number) < MERGED) {
                glyphs.add(placed(vector, number));
                characters.add(vector.getGlyphCharIndex(number));
            }
        }
        return new Layout(glyphs, characters, (float)
                vector.getGlyphPosition(vector.getNumGlyphs()).getX());
    }

    private static PlacedGlyph placed(GlyphVector vector, int number) {
        var place = vector.getGlyphPosition(number);
        return new PlacedGlyph(vector.getGlyphCode(number), (float) place.getX(), (float) -place.getY());
    }

    /** Lays out text without rules: characters side by side. */
    Layout sideBySide(String text, boolean isRightToLeft) {
        var glyphs = new ArrayList<PlacedGlyph>();
        var characters = new ArrayList<Integer>();
        var pen = 0f;
        var places = new ArrayList<Integer>();
        for (var place = 0; place < text.length(); place = text.offsetByCodePoints(place, 1)) {
            places.add(isRightToLeft ? 0 : places.size(), place);
        }
        for (var place : places) {
            var glyph = glyph(text.codePointAt(place));
            if (glyph != 0) {
                glyphs.add(new PlacedGlyph(glyph, pen, 0));
                characters.add(place);
                pen += advance(glyph);
            }
        }
        return new Layout(glyphs, characters, pen);
    }

    private int glyph(int character) {
        try {
            return loaded().outlines().getUnicodeCmapLookup().getGlyphId(character);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private Loaded loaded() {
        return LOADED.computeIfAbsent(this, Typeface::load);
    }

    private Optional<Font> shaping() {
        return SHAPING.computeIfAbsent(this, Typeface::createFont);
    }

    private Loaded load() {
        try (var file = open()) {
            var font = new TTFParser().parse(new RandomAccessReadBuffer(file));
            var characters = new BitSet();
            var glyphs = font.getUnicodeCmapLookup();
            for (var character = 0; character <= Character.MAX_CODE_POINT; character++) {
                characters.set(
                        character,
                        glyphs.getGlyphId(character) != 0 && Character.getType(character) != Character.PRIVATE_USE);
            }
            return new Loaded(font, characters);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns an empty result on a server whose JDK has no text layout, for example because FreeType or Fontconfig is missing. */
    private Optional<Font> createFont() {
        try (var file = open()) {
            return Optional.of(Font.createFont(Font.TRUETYPE_FONT, file).deriveFont(EM));
        } catch (IOException | FontFormatException | RuntimeException | LinkageError | InternalError none) {
            LOG.log(System.Logger.Level.WARNING, "No text layout for " + resource, none);
            return Optional.empty();
        }
    }
}
