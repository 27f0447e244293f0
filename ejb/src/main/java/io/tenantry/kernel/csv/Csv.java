package io.tenantry.kernel.csv;

import java.io.IOException;
import java.math.BigDecimal;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * Rows of comma-separated values (RFC 4180): texts in quotation marks, numbers without them. No text becomes a formula in a spreadsheet,
 * whatever separator the spreadsheet is set to, as a German one splits at semicolons and then takes quotation marks within a cell for text.
 */
public final class Csv {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.NON_NUMERIC).get();

    /** What programs can be told to split cells at, beside white space. */
    private static final String SEPARATORS = ",;|:^~\u00a6";

    private static final String SIGNS = "=+-@";

    private Csv() {}

    /** Writes a row: texts are made safe, numbers stay numbers, and null is an empty cell. */
    public static void write(Appendable out, List<? extends @Nullable Object> cells) throws IOException {
        var values = new ArrayList<@Nullable Object>(cells.size());
        for (var cell : cells) {
            values.add(
                    cell instanceof BigDecimal amount
                            ? new Plain(amount)
                            : cell instanceof String text ? safe(text) : cell);
        }
        FORMAT.printRecord(out, values.toArray());
    }

    /** A number that is written with all its decimals and never with an exponent. The conversions are there because {@link Number} demands them; nothing is calculated with it. */
    private static final class Plain extends Number {
        private static final long serialVersionUID = 1L;

        private final BigDecimal value;

        Plain(BigDecimal value) {
            this.value = value;
        }

        @Override
        public int intValue() {
            return value.intValue();
        }

        @Override
        public long longValue() {
            return value.longValue();
        }

        @Override
        public float floatValue() {
            return ((Number) value).floatValue();
        }

        @Override
        public double doubleValue() {
            return ((Number) value).doubleValue();
        }

        @Override
        public String toString() {
            return value.toPlainString();
        }
    }

    /**
     * A text with an apostrophe before each sign that would begin a formula: at its beginning, or after what a program may take for the end of a
     * cell or a row. White space, control characters, invisible characters, quotation marks and apostrophes before the sign do not hide it, nor
     * does its full-width form.
     */
    public static String safe(String text) {
        var out = new StringBuilder(text.length() + 2);
        var place = new Place();
        for (var i = 0; i < text.length(); ) {
            var character = text.codePointAt(i);
            if (place.isGuarded(character)) {
                out.append('\'');
            }
            place.pass(character);
            out.appendCodePoint(character);
            i += Character.charCount(character);
        }
        return out.toString();
    }

    /** The text that {@link #write} made a safe cell of. */
    public static String plain(String cell) {
        var out = new StringBuilder(cell.length());
        var place = new Place();
        for (var i = 0; i < cell.length(); ) {
            var character = cell.codePointAt(i);
            i += Character.charCount(character);
            var isAdded = character == '\'' && i < cell.length() && place.isGuarded(cell.codePointAt(i));
            if (isAdded) {
                character = cell.codePointAt(i);
                i += Character.charCount(character);
            }
            place.pass(character);
            out.appendCodePoint(character);
        }
        return out.toString();
    }

    /** Where in a text a formula could begin. */
    private static final class Place {
        private boolean isBeginning = true;
        private boolean isStart = true;

        boolean isGuarded(int character) {
            return (isBeginning && isSign(character)) || (isStart && Character.isISOControl(character));
        }

        void pass(int character) {
            isStart &= character == '\'';
            isBeginning = isBoundary(character)
                    || SEPARATORS.indexOf(character) >= 0
                    || (isBeginning && (character == '\'' || isUnseen(character)));
        }
    }

    private static boolean isSign(int character) {
        return character <= 0xffff
                && SIGNS.contains(Normalizer.normalize(Character.toString(character), Normalizer.Form.NFKC));
    }

    /** Ends a row or a cell wherever it stands: control characters, of which tab and line ends are some, and Unicode's line ends. */
    private static boolean isBoundary(int character) {
        return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
    }

    /** Is passed over by a program that looks where a cell begins. */
    private static boolean isUnseen(int character) {
        return character == '"'
                || Character.isWhitespace(character)
                || Character.isSpaceChar(character)
                || switch (Character.getType(character)) {
                    case Character.FORMAT,
                            Character.UNASSIGNED,
                            Character.SURROGATE,
                            Character.PRIVATE_USE,
                            Character.NON_SPACING_MARK,
                            Character.ENCLOSING_MARK -> true;
                    default -> false;
                };
    }
}
