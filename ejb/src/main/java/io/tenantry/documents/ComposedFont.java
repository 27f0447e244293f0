package io.tenantry.documents;

import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSFloat;
import org.apache.pdfbox.cos.COSInteger;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.font.PDType3Font;

/**
 * Font for the glyphs of a {@link ComposedText}: a Type 3 font, whose glyphs are outlines within the document, with the text of each for
 * searching, copying and screen readers.
 */
final class ComposedFont extends PDType3Font {
    /** Maximum number of glyphs, because a code is a byte. */
    static final int GLYPHS_MAX = 256;

    /** Same as Liberation, so that lines have the same height. */
    private static final int ASCENT = 905;

    private static final int DESCENT = -212;
    private static final int SYMBOLIC = 4;

    /** Each script has only one weight: for bold, glyphs are drawn three times, each shifted to the right of the previous one. */
    private static final int BOLD_STEP = 14;

    private static final int BOLD_TIMES = 3;
    private static final int PDF_LIST_MAX = 100;

    private final int first;
    private final int count;

    private ComposedFont(COSDictionary dictionary, int first, int count) throws IOException {
        super(dictionary);
        this.first = first;
        this.count = count;
    }

    /** Creates the fonts required for all glyphs of a text, each for up to {@link #GLYPHS_MAX} of them. */
    static List<ComposedFont> of(ComposedText text, boolean isBold) {
        var fonts = new ArrayList<ComposedFont>();
        var glyphs = text.glyphs();
        for (var start = 0; start < glyphs.size(); start += GLYPHS_MAX) {
            var some = glyphs.subList(start, Math.min(glyphs.size(), start + GLYPHS_MAX));
            var name = "Composed" + (isBold ? "Bold" : "") + fonts.size();
            try {
                fonts.add(new ComposedFont(dictionary(name, some, isBold), start, some.size()));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        return fonts;
    }

    @Override
    protected byte[] encode(int character) {
        var code = ComposedText.number(character) - first;
        if (code < 0 || code >= count) {
            throw new IllegalArgumentException("no glyph for U+" + Integer.toHexString(character));
        }
        return new byte[] {(byte) code};
    }

    private static COSDictionary dictionary(String name, List<ComposedGlyph> glyphs, boolean isBold)
            throws IOException {
        var procedures = new COSDictionary();
        var differences = new COSArray();
        var widths = new COSArray();
        var bounds = new Rectangle2D.Float(0, DESCENT, Typeface.EM, ASCENT - DESCENT);
        differences.add(COSInteger.ZERO);
        for (var code = 0; code < glyphs.size(); code++) {
            var glyph = glyphs.get(code);
            var glyphName = COSName.getPDFName("g" + code);
            differences.add(glyphName);
            widths.add(COSInteger.get(glyph.width()));
            procedures.setItem(glyphName, stream(procedure(glyph, isBold)));
            bounds.add(glyph.outline().getBounds2D());
        }
        var encoding = new COSDictionary();
        encoding.setItem(COSName.TYPE, COSName.ENCODING);
        encoding.setItem(COSName.DIFFERENCES, differences);
        var box = numbers(bounds.getMinX(), bounds.getMinY(), bounds.getMaxX(), bounds.getMaxY());
        var descriptor = new COSDictionary();
        descriptor.setItem(COSName.TYPE, COSName.FONT_DESC);
        descriptor.setItem(COSName.FONT_NAME, COSName.getPDFName(name));
        descriptor.setInt(COSName.FLAGS, SYMBOLIC);
        descriptor.setItem(COSName.FONT_BBOX, box);
        descriptor.setInt(COSName.ITALIC_ANGLE, 0);
        descriptor.setInt(COSName.ASCENT, ASCENT);
        descriptor.setInt(COSName.DESCENT, DESCENT);
        var font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE3);
        font.setItem(COSName.NAME, COSName.getPDFName(name));
        font.setItem(COSName.FONT_BBOX, box);
        font.setItem(COSName.FONT_MATRIX, numbers(1 / Typeface.EM, 0, 0, 1 / Typeface.EM, 0, 0));
        font.setItem(COSName.CHAR_PROCS, procedures);
        font.setItem(COSName.ENCODING, encoding);
        font.setInt(COSName.FIRST_CHAR, 0);
        font.setInt(COSName.LAST_CHAR, glyphs.size() - 1);
        font.setItem(COSName.WIDTHS, widths);
        font.setItem(COSName.RESOURCES, new COSDictionary());
        font.setItem(COSName.FONT_DESC, descriptor);
        font.setItem(COSName.TO_UNICODE, stream(toUnicode(glyphs)));
        return font;
    }

    private static COSArray numbers(double... values) {
        var numbers = new COSArray();
        for (var value : values) {
            numbers.add(new COSFloat((float) value));
        }
        return numbers;
    }

    private static COSStream stream(String content) throws IOException {
        var stream = new COSStream();
        try (var out = stream.createOutputStream(COSName.FLATE_DECODE)) {
            out.write(content.getBytes(StandardCharsets.US_ASCII));
        }
        return stream;
    }

    private static String procedure(ComposedGlyph glyph, boolean isBold) {
        var bounds = glyph.outline().getBounds2D();
        var head = String.format(
                Locale.ROOT,
                "%d 0 %d %d %d %d d1\n",
                glyph.width(),
                (int) Math.floor(bounds.getMinX()),
                (int) Math.floor(bounds.getMinY()),
                (int) Math.ceil(bounds.getMaxX()) + (isBold ? BOLD_STEP * BOLD_TIMES : 0),
                (int) Math.ceil(bounds.getMaxY()));
        var operators = operators(glyph.outline());
        if (operators.isEmpty()) {
            return head;
        }
        var once = operators + "f\n";
        return head + (isBold ? once + ("1 0 0 1 " + BOLD_STEP + " 0 cm\n" + once).repeat(BOLD_TIMES - 1) : once);
    }

    /** Returns an outline as PDF operators, without the operator that fills it. */
    static String operators(Path2D outline) {
        var out = new StringBuilder();
        var points = new float[6];
        var x = 0f;
        var y = 0f;
        for (var path = outline.getPathIterator(null); !path.isDone(); path.next()) {
            switch (path.currentSegment(points)) {
                case PathIterator.SEG_MOVETO -> operator(out, "m", points[0], points[1]);
                case PathIterator.SEG_LINETO -> operator(out, "l", points[0], points[1]);
                case PathIterator.SEG_QUADTO -> {
                    operator(
                            out,
                            "c",
                            third(x, points[0]),
                            third(y, points[1]),
                            third(points[2], points[0]),
                            third(points[3], points[1]),
                            points[2],
                            points[3]);
                    points[0] = points[2];
                    points[1] = points[3];
                }
                case PathIterator.SEG_CUBICTO -> {
                    operator(out, "c", points);
                    points[0] = points[4];
                    points[1] = points[5];
                }
                default -> out.append("h\n");
            }
            x = points[0];
            y = points[1];
        }
        return out.toString();
    }

    /** Returns a control coordinate of the cubic curve that equals a quadratic one. */
    private static float third(float end, float control) {
        return end + (control - end) * 2 / 3;
    }

    /** Writes an operator with coordinates rounded to thousandths: the loss is below the resolution of printers. */
    private static void operator(StringBuilder out, String operator, float... points) {
        for (var point : points) {
            out.append(Math.round(point)).append(' ');
        }
        out.append(operator).append('\n');
    }

    private static String toUnicode(List<ComposedGlyph> glyphs) {
        var out = new StringBuilder("""
                /CIDInit /ProcSet findresource begin
                12 dict begin
                begincmap
                /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
                /CMapName /Adobe-Identity-UCS def
                /CMapType 2 def
                1 begincodespacerange
                <00> <FF>
                endcodespacerange
                """);
        for (var start = 0; start < glyphs.size(); start += PDF_LIST_MAX) {
            var end = Math.min(glyphs.size(), start + PDF_LIST_MAX);
            out.append(end - start).append(" beginbfchar\n");
            for (var code = start; code < end; code++) {
                out.append(String.format(Locale.ROOT, "<%02X> <", code));
                glyphs.get(code).text().chars().forEach(unit -> out.append(String.format(Locale.ROOT, "%04X", unit)));
                out.append(">\n");
            }
            out.append("endbfchar\n");
        }
        return out.append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n")
                .toString();
    }
}
