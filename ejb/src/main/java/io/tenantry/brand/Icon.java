package io.tenantry.brand;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.BreakIterator;
import java.awt.Color;
import java.awt.FontFormatException;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.RoundRectangle2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * The brand as a small square: its own icon, or the first character of its name on its colors. The character is drawn with the fonts of
 * documents, so that it is the same on all servers, whichever fonts they have.
 */
public final class Icon {
    private static final Logger LOG = System.getLogger(Icon.class.getName());

    /** The share of the icon that a character takes, and the share allowed for a wide one. */
    private static final float LETTER_SHARE = 0.58f;

    private static final double LETTER_SHARE_MAX = 0.8;

    /** The fonts to try, those for the scripts of most names first. */
    private static final List<String> FONTS = Stream.concat(
                    Stream.of(
                            "/liberation/LiberationSans-Bold.ttf",
                            "/net/sf/jasperreports/fonts/dejavu/DejaVuSans-Bold.ttf",
                            font("DroidSansFallbackFull"),
                            font("WenQuanYiMicroHei-Hangul"),
                            font("NotoEmoji-Regular")),
                    Stream.of(
                                    "Arabic",
                                    "Bengali",
                                    "Cherokee",
                                    "Devanagari",
                                    "Ethiopic",
                                    "Gujarati",
                                    "Gurmukhi",
                                    "Hebrew",
                                    "Kannada",
                                    "Khmer",
                                    "Lao",
                                    "Malayalam",
                                    "Myanmar",
                                    "NKo",
                                    "Oriya",
                                    "Sinhala",
                                    "Syriac",
                                    "Tamil",
                                    "Telugu",
                                    "Thaana",
                                    "Thai")
                            .map(script -> font("NotoSans" + script + "-Regular")))
            .toList();

    private static final Map<String, Optional<java.awt.Font>> LOADED = new ConcurrentHashMap<>();

    private Icon() {}

    private static String font(String name) {
        return "/io/tenantry/documents/fonts/" + name + ".ttf";
    }

    /** Returns a stored icon in another size. */
    public static byte[] of(byte[] stored, int size) {
        try {
            var image = ImageIO.read(new ByteArrayInputStream(stored));
            return png(Raster.scaled(image, size, size, BufferedImage.TYPE_INT_ARGB));
        } catch (IOException damaged) {
            throw new UncheckedIOException(damaged);
        }
    }

    /** Returns the character icon in that size. */
    public static byte[] of(Brand brand, int size) {
        var palette = Palette.of(brand);
        var image = new BufferedImage(size, size, BufferedImage.TYPE_INT_ARGB);
        var graphics = image.createGraphics();
        try {
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            graphics.setPaint(new GradientPaint(0, 0, color(palette.loudFrom()), size, size, color(palette.loudTo())));
            var round = size * Math.min(1.0, 2.0 * brand.style().radius() / 64);
            graphics.fill(new RoundRectangle2D.Double(0, 0, size, size, round, round));
            letter(graphics, brand.name(), size);
        } finally {
            graphics.dispose();
        }
        return png(image);
    }

    /** Draws nothing if no font has the character or the server has no text layout; the colors alone are an icon too. */
    private static void letter(Graphics2D graphics, String name, int size) {
        try {
            var whole = first(name);
            var letters = List.of(whole, whole.substring(0, whole.offsetByCodePoints(0, 1)));
            for (var letter : letters) {
                var font = FONTS.stream()
                        .flatMap(one -> LOADED.computeIfAbsent(one, Icon::loaded).stream())
                        .filter(one -> hasAll(one, letter))
                        .findFirst();
                if (font.isPresent()) {
                    draw(graphics, font.get().deriveFont(java.awt.Font.BOLD, size * LETTER_SHARE), letter, size);
                    return;
                }
            }
        } catch (InternalError | NullPointerException | LinkageError noFonts) {
            LOG.log(Level.DEBUG, "no fonts for icons", noFonts);
        }
    }

    /** Returns the first grapheme, with its marks. */
    private static String first(String name) {
        var letters = BreakIterator.getCharacterInstance(Locale.ROOT);
        letters.setText(name);
        return name.substring(0, letters.next());
    }

    private static boolean hasAll(java.awt.Font font, String letter) {
        return letter.codePoints()
                .allMatch(character -> font.canDisplay(character)
                        || UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT));
    }

    private static Optional<java.awt.Font> loaded(String font) {
        try (var file = Objects.requireNonNull(Icon.class.getResourceAsStream(font), font)) {
            return Optional.of(java.awt.Font.createFont(java.awt.Font.TRUETYPE_FONT, file));
        } catch (IOException | FontFormatException unreadable) {
            LOG.log(Level.WARNING, "a font cannot be read: " + font, unreadable);
            return Optional.empty();
        }
    }

    private static void draw(Graphics2D graphics, java.awt.Font font, String letter, int size) {
        var outline = font.layoutGlyphVector(
                        graphics.getFontRenderContext(),
                        letter.toCharArray(),
                        0,
                        letter.length(),
                        java.awt.Font.LAYOUT_LEFT_TO_RIGHT)
                .getOutline();
        var box = outline.getBounds2D();
        var shrink = Math.min(1, LETTER_SHARE_MAX * size / Math.max(1, Math.max(box.getWidth(), box.getHeight())));
        var place = AffineTransform.getTranslateInstance(size / 2.0, size / 2.0);
        place.scale(shrink, shrink);
        place.translate(-box.getCenterX(), -box.getCenterY());
        graphics.setColor(Color.WHITE);
        graphics.fill(place.createTransformedShape(outline));
    }

    private static Color color(Colour colour) {
        return new Color(colour.red(), colour.green(), colour.blue());
    }

    private static byte[] png(BufferedImage image) {
        var file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", file);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        return file.toByteArray();
    }
}
