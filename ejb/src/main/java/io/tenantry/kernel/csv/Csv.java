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
 * Writer of comma-separated values (RFC 4180): quoted texts, unquoted numbers. No text becomes a formula in a spreadsheet, whatever its
 * configured separator: a German one splits at semicolons and then treats quotation marks within a cell as text.
 */
public final class Csv {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.NON_NUMERIC).get();

    /** The separators that programs can be configured to use, apart from white space. */
    private static final String SEPARATORS = ",;|:^~\u00a6";

    private static final String SIGNS = "=+-@";

    private Csv() {}

    /** Writes a row: texts are escaped, numbers stay numbers, and null is an empty cell. */
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

    /**
     * A number that is written with all its decimals and never with an exponent. The conversions exist because {@link Number} requires them;
     * nothing is calculated with it.
     */
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
     * Inserts an apostrophe before each character that would start a formula: at the beginning of the text, or after anything that a program
     * may treat as the end of a cell or a row. The character is recognized behind white space, control characters, invisible characters,
     * quotation marks and apostrophes, and in its full-width form.
     */
    public static String safe(String text) {
        var out = new StringBuilder(text.length() + 2);
        var formulaStart = new FormulaStart();
        for (var i = 0; i < text.length(); ) {
            var character = text.codePointAt(i);
            if (formulaStart.isGuarded(character)) {
                out.append('\'');
            }
            formulaStart.pass(character);
            out.appendCodePoint(character);
            i += Character.charCount(character);
        }
        return out.toString();
    }

    /** Reverses the escaping that {@link #write} applied to a cell. */
    public static String plain(String cell) {
        var out = new StringBuilder(cell.length());
        var formulaStart = new FormulaStart();
        for (var i = 0; i < cell.length(); ) {
            var character = cell.codePointAt(i);
            i += Character.charCount(character);
            var isAdded = character == '\'' && i < cell.length() && formulaStart.isGuarded(cell.codePointAt(i));
            if (isAdded) {
                character = cell.codePointAt(i);
                i += Character.charCount(character);
            }
            formulaStart.pass(character);
            out.appendCodePoint(character);
        }
        return out.toString();
    }

    /** A position in a text at which a formula could start. */
    private static final class FormulaStart {
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

    /** Whether it ends a row or a cell anywhere: control characters, including tab and line ends, and Unicode's line ends. */
    private static boolean isBoundary(int character) {
        return Character.isISOControl(character) || character == '\u2028' || character == '\u2029';
    }

    /** Whether programs skip it when they look for the start of a cell. */
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
