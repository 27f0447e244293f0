package io.tenantry.documents;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterDirection;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.BreakIterator;
import io.tenantry.documents.Typeface.PlacedGlyph;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Text of one document with characters that cannot simply be drawn one after the other: scripts whose letters are joined, stacked or reordered,
 * letters with marks, emoji, and characters that no font has. Each such group of characters becomes one glyph and is replaced by a private-use
 * character, so that lines are measured and broken with what will be drawn. {@link ComposedFont} draws the glyphs and provides the text of
 * each.
 *
 * <p>A character that no font has is drawn as a box with its code point. This includes private-use characters of the text itself.
 */
final class ComposedText {
    /**
     * First private-use character. The renderer handles this range best, because it splits others into surrogates when it measures long words.
     */
    private static final int FIRST = 0xE000;

    private static final int COUNT = 0xF8FF - FIRST + 1;

    /** First private-use character of the overflow range (plane 15). */
    private static final int FIRST_MORE = 0xF0000;

    /** Typefaces drawn by the renderer itself, with subsets of their fonts. */
    private static final List<Typeface> PLAIN =
            List.of(Typeface.LIBERATION, Typeface.DEJAVU, Typeface.HAN, Typeface.HANGUL);

    /** Typefaces searched for a character or sequence, first match. */
    private static final List<Typeface> OTHERS = Stream.of(
                    Stream.of(Typeface.LIBERATION, Typeface.DEJAVU, Typeface.EMOJI),
                    Stream.of(Typeface.values()).filter(one -> !PLAIN.contains(one)),
                    // Last, for letters of these with a mark that have no precomposed form.
                    Stream.of(Typeface.HAN, Typeface.HANGUL))
            .flatMap(fonts -> fonts)
            .distinct()
            .toList();

    private static final List<Typeface> EMOJI_FIRST =
            Stream.concat(Stream.of(Typeface.EMOJI), OTHERS.stream()).distinct().toList();

    private static final int VARIATION_EMOJI = 0xFE0F;

    /** The object replacement character, which is not text. */
    private static final int OBJECT = 0xFFFC;

    /** Extends joined letters of several scripts, so Unicode assigns it to no single one. */
    private static final int TATWEEL = 0x0640;

    private final List<ComposedGlyph> glyphs = new ArrayList<>();
    private final Map<String, Integer> known = new HashMap<>();

    /** Returns the glyphs in the order of the characters that stand for them. */
    List<ComposedGlyph> glyphs() {
        return glyphs;
    }

    private static int character(int number) {
        return number < COUNT ? FIRST + number : FIRST_MORE + number - COUNT;
    }

    /** Returns the index of the glyph that a character stands for; negative or beyond the last one for characters of text. */
    static int number(int character) {
        return character < FIRST_MORE
                ? character < FIRST + COUNT ? character - FIRST : -1
                : character - FIRST_MORE + COUNT;
    }

    /**
     * Whether a character is drawn by the renderer itself, in one of its fonts. The renderer skips the object replacement character in text.
     */
    static boolean isPlain(int character) {
        return Character.isBmpCodePoint(character)
                && character != OBJECT
                && PLAIN.stream().anyMatch(font -> font.has(character));
    }

    /** Returns the glyph that a character stands for; empty for characters of text. */
    Optional<ComposedGlyph> glyph(int character) {
        var number = number(character);
        return number >= 0 && number < glyphs.size() ? Optional.of(glyphs.get(number)) : Optional.empty();
    }

    /** Returns the text with each group of characters that must be composed replaced. */
    String compose(String text) {
        if (text.codePoints().noneMatch(ComposedText::isToBeComposed)) {
            return text;
        }
        var out = new StringBuilder(text.length());
        var run = new StringBuilder();
        var runScript = UScript.COMMON;
        var clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(text);
        var start = 0;
        for (var end = clusters.next(); end != BreakIterator.DONE; end = clusters.next()) {
            var cluster = text.substring(start, end);
            var script = shapedScript(cluster);
            if (script != runScript && !run.isEmpty()) {
                composeRun(run.toString(), runScript, out);
                run.setLength(0);
            }
            runScript = script;
            if (script == UScript.COMMON) {
                composeCluster(cluster, out);
            } else {
                run.append(cluster);
            }
            start = end;
        }
        if (!run.isEmpty()) {
            composeRun(run.toString(), runScript, out);
        }
        return out.toString();
    }

    /** Returns the original text of a composed one. */
    String plain(String composed) {
        var plain = new StringBuilder(composed.length());
        composed.codePoints()
                .forEach(character -> glyph(character)
                        .map(ComposedGlyph::text)
                        .ifPresentOrElse(plain::append, () -> plain.appendCodePoint(character)));
        return plain.toString();
    }

    private static boolean isToBeComposed(int character) {
        return character > '~'
                && (isMark(character)
                        || character == OBJECT
                        || (!Typeface.LIBERATION.has(character) && isShapedOrMissing(character)));
    }

    private static boolean isShapedOrMissing(int character) {
        return shapedScript(character) != UScript.COMMON || !isPlain(character);
    }

    /** Whether a font has a character, or nothing is drawn of it. */
    static boolean isPrintable(int character) {
        return Character.isWhitespace(character)
                || isIgnorable(character)
                || isPlain(character)
                || OTHERS.stream().anyMatch(font -> font.has(character));
    }

    static boolean isMark(int character) {
        var type = Character.getType(character);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }

    /** Returns the script of a group of characters if it must be shaped; Hebrew only if it has points. */
    private static int shapedScript(String cluster) {
        var script = cluster.codePoints()
                .map(ComposedText::shapedScript)
                .filter(one -> one != UScript.COMMON)
                .findFirst()
                .orElse(UScript.COMMON);
        return script == UScript.HEBREW && cluster.codePoints().noneMatch(ComposedText::isMark)
                ? UScript.COMMON
                : script;
    }

    private static int shapedScript(int character) {
        var script = character == TATWEEL ? UScript.ARABIC : UScript.getScript(character);
        return Typeface.shaping(script)
                .filter(font -> font.has(character))
                .map(font -> script)
                .orElse(UScript.COMMON);
    }

    private static boolean isIgnorable(int character) {
        return UCharacter.hasBinaryProperty(character, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
    }

    private static boolean hasAll(Typeface font, String text) {
        return text.codePoints().allMatch(character -> isIgnorable(character) || font.has(character));
    }

    private void composeRun(String run, int script, StringBuilder out) {
        var font = Typeface.shaping(script).orElseThrow();
        if (hasAll(font, run)) {
            append(font, run, out);
            return;
        }
        var clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(run);
        var start = 0;
        // Letters next to the one whose mark is missing in the font stay joined.
        var joined = new StringBuilder();
        for (var end = clusters.next(); end != BreakIterator.DONE; end = clusters.next()) {
            var cluster = run.substring(start, end);
            if (hasAll(font, cluster)) {
                joined.append(cluster);
            } else {
                appendJoined(font, joined, out);
                cluster.codePoints().forEach(character -> composeOne(character, out));
            }
            start = end;
        }
        appendJoined(font, joined, out);
    }

    private void appendJoined(Typeface font, StringBuilder joined, StringBuilder out) {
        if (!joined.isEmpty()) {
            append(font, joined.toString(), out);
            joined.setLength(0);
        }
    }

    private void composeCluster(String cluster, StringBuilder out) {
        var visible = Normalizer.normalize(
                cluster.codePoints()
                        .filter(character -> !isIgnorable(character))
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append),
                Normalizer.Form.NFC);
        if (visible.codePointCount(0, visible.length()) <= 1) {
            if (visible.isEmpty()) {
                return;
            }
            composeOne(visible.codePointAt(0), out);
            return;
        }
        if (visible.codePoints().allMatch(Character::isWhitespace)) {
            out.append(cluster);
            return;
        }
        var font = (isEmoji(cluster) ? EMOJI_FIRST : OTHERS)
                .stream().filter(one -> hasAll(one, cluster)).findFirst();
        if (font.isPresent()) {
            out.appendCodePoint(whole(font.get(), cluster));
        } else {
            visible.codePoints().forEach(character -> composeOne(character, out));
        }
    }

    private static boolean isEmoji(String cluster) {
        return cluster.codePoints()
                .anyMatch(character -> character == VARIATION_EMOJI
                        || UCharacter.hasBinaryProperty(character, UProperty.EMOJI_PRESENTATION));
    }

    /** Composes a character that stands alone. */
    private void composeOne(int character, StringBuilder out) {
        if (Character.isWhitespace(character) || isIgnorable(character) || (!isMark(character) && isPlain(character))) {
            out.appendCodePoint(character);
            return;
        }
        var text = Character.toString(character);
        OTHERS.stream()
                .filter(font -> font.has(character))
                .findFirst()
                .ifPresentOrElse(
                        font -> append(font, text, out), () -> out.appendCodePoint(code(CodePointBox.of(character))));
    }

    /** Composes a sequence into one glyph. */
    private int whole(Typeface font, String text) {
        var layout = font.layout(text, false);
        return code(new ComposedGlyph(
                text, outline(font, layout.glyphs(), 0), Math.round(layout.width()), directionality(text)));
    }

    /** Appends a run of one script: one glyph for each group of characters that are drawn together. */
    private void append(Typeface font, String run, StringBuilder out) {
        var isRightToLeft = isRightToLeft(directionality(run));
        var layout = font.layout(run, isRightToLeft);
        var starts = starts(run, layout);
        for (var number = 0; number < starts.size(); number++) {
            var start = starts.get(number);
            var end = number + 1 < starts.size() ? starts.get(number + 1) : run.length();
            appendGroup(font, run.substring(start, end), layout, start, end, isRightToLeft, out);
        }
    }

    /** Returns where groups start: where both a grapheme and the characters of a glyph start. */
    private static List<Integer> starts(String run, Typeface.Layout layout) {
        var starts = new TreeSet<>(layout.characters());
        var clusters = BreakIterator.getCharacterInstance(Locale.ROOT);
        clusters.setText(run);
        starts.removeIf(place -> !clusters.isBoundary(place));
        starts.add(0);
        return List.copyOf(starts);
    }

    private void appendGroup(
            Typeface font,
            String text,
            Typeface.Layout layout,
            int start,
            int end,
            boolean isRightToLeft,
            StringBuilder out) {
        var glyphs = new ArrayList<PlacedGlyph>();
        var from = Float.MAX_VALUE;
        var to = layout.width();
        for (var number = 0; number < layout.glyphs().size(); number++) {
            var glyph = layout.glyphs().get(number);
            var character = layout.characters().get(number);
            var isOfGroup = character >= start && character < end;
            var isMoving = font.advance(glyph.code()) > 0;
            if (isOfGroup) {
                glyphs.add(glyph);
            }
            if (isOfGroup && isMoving) {
                from = Math.min(from, glyph.x());
            }
            if (isMoving && (isRightToLeft ? character < start : character >= end)) {
                to = Math.min(to, glyph.x());
            }
        }
        if (glyphs.isEmpty()) {
            out.append(text);
            return;
        }
        if (from == Float.MAX_VALUE) {
            from = to;
        }
        var width = Math.max(0, Math.round(to - from));
        var outline = outline(font, glyphs, from);
        if (!isRightToLeft) {
            out.appendCodePoint(code(new ComposedGlyph(text, outline, width, directionality(text))));
            return;
        }
        appendTurned(text, outline, width, out);
    }

    /**
     * Appends letter and marks of a right-to-left script. Viewers reverse copied text character by character, so each gets a separate glyph.
     * The glyphs share the width of the letter side by side, because viewers merge overlapping ones; the letter, which comes last in visual
     * order, draws all of them.
     */
    private void appendTurned(String text, Path2D outline, int width, StringBuilder out) {
        var characters = text.codePoints().toArray();
        var share = width / characters.length;
        var left = share * (characters.length - 1);
        var moved = new Path2D.Float(outline, AffineTransform.getTranslateInstance(-left, 0));
        out.appendCodePoint(
                code(new ComposedGlyph(Character.toString(characters[0]), moved, width - left, directionality(text))));
        for (var number = 1; number < characters.length; number++) {
            out.appendCodePoint(code(new ComposedGlyph(
                    Character.toString(characters[number]),
                    new Path2D.Float(),
                    share,
                    UCharacterDirection.DIR_NON_SPACING_MARK)));
        }
    }

    private static Path2D outline(Typeface font, List<PlacedGlyph> glyphs, float from) {
        var outline = new Path2D.Float(Path2D.WIND_NON_ZERO);
        for (var glyph : glyphs) {
            outline.append(
                    font.outline(glyph.code())
                            .getPathIterator(AffineTransform.getTranslateInstance(glyph.x() - from, glyph.y())),
                    false);
        }
        return outline;
    }

    private static int directionality(String text) {
        return UCharacter.getDirection(text.codePointAt(0));
    }

    static boolean isRightToLeft(int directionality) {
        return directionality == UCharacterDirection.RIGHT_TO_LEFT
                || directionality == UCharacterDirection.RIGHT_TO_LEFT_ARABIC;
    }

    private int code(ComposedGlyph glyph) {
        var operators = ComposedFont.operators(glyph.outline());
        return known.computeIfAbsent(glyph.text() + '\n' + glyph.width() + '\n' + operators, none -> {
            glyphs.add(glyph);
            return character(glyphs.size() - 1);
        });
    }
}
