package io.tenantry.kernel.csv;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CSV output for spreadsheets. */
class CsvTest {
    private static final List<String> PIECES = List.of(
            "=",
            "+",
            "-",
            "@",
            "\uff1d",
            "\uff0b",
            "\uff0d",
            "\uff20",
            "=1+1",
            "cmd|'/C calc'!A0",
            ";",
            ",",
            "\t",
            "|",
            ":",
            "\"",
            "\"\"",
            "'",
            " ",
            "\u00a0",
            "\u3000",
            "\ufeff",
            "\u200b",
            "\u202e",
            "\r",
            "\n",
            "\r\n",
            "\u0085",
            "\u2028",
            "\u0000",
            "\u000b",
            "\u000c",
            "\ufffe",
            "\ud83d\ude00",
            "x",
            "Müller",
            "0",
            "-5",
            "\\");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+([.][0-9]+)?");

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            value = {
                "=1+1~'=1+1",
                "+49 30~'+49 30",
                "-x~'-x",
                "@home~'@home",
                "'=x~''=x",
                "'t Hooft~'t Hooft",
                "\uff1d1~'\uff1d1",
                "x;=cmd|'/C calc'!A0;y~x;'=cmd|'/C calc'!A0;y",
                "x|@y~x|'@y",
                "x,\"=y\"~x,\"'=y\"",
                "\"=y\"~\"'=y\"",
                "Bank transfer~Bank transfer",
                "2026-11-10T12:00:00+01:00~2026-11-10T12:00:00+01:00",
                "M\u00fcller-Meier + Sons~M\u00fcller-Meier + Sons",
                "a@example.com~a@example.com",
            })
    void escapesFormulas(String text, String cell) {
        assertThat(Csv.safe(text)).isEqualTo(cell);
    }

    @Test
    void escapesFormulasBehindInvisibleCharacters() {
        assertThat(Csv.safe(" \u00a0\u200b=1")).isEqualTo(" \u00a0\u200b'=1");
        assertThat(Csv.safe("\t=1")).isEqualTo("'\t'=1");
        assertThat(Csv.safe("\rx")).isEqualTo("'\rx");
        assertThat(Csv.safe("x\n-1")).isEqualTo("x\n'-1");
    }

    @Test
    void quotesTextsButNotNumbers() throws IOException {
        assertThat(written(Arrays.asList("a,b", "say \"so\"", "x\ny", "", new BigDecimal("-0.0000000100"), -7, null)))
                .isEqualTo("\"a,b\",\"say \"\"so\"\"\",\"x\ny\",\"\",-0.0000000100,-7,\r\n");
    }

    @Test
    void writesNoFormulaForAnySeparator() throws IOException {
        var random = new Random(16);
        for (var round = 0; round < 20_000; round++) {
            var texts = List.of(hostileText(random), hostileText(random));
            var row = written(List.of(texts.get(0), new BigDecimal("-5.00"), texts.get(1)));

            try (var parser = CSVFormat.RFC4180.parse(new StringReader(row))) {
                var cells = parser.getRecords().get(0);
                assertThat(cells.get(0).replace("'", "")).isEqualTo(texts.get(0).replace("'", ""));
                assertThat(cells.get(2).replace("'", "")).isEqualTo(texts.get(1).replace("'", ""));
            }
            for (var separator : ",;\t|:".toCharArray()) {
                for (var cell : split(row, separator)) {
                    var seen = visiblePart(cell);
                    assertThat(NUMBER.matcher(seen).matches() || !isFormula(seen))
                            .as("%s in %s split at %s", cell, row, separator)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void restoresTheOriginalText() {
        var random = new Random(17);
        for (var round = 0; round < 20_000; round++) {
            var text = hostileText(random);
            assertThat(Csv.plain(Csv.safe(text))).isEqualTo(text);
        }
        assertThat(Csv.plain("'quoted' + more")).isEqualTo("'quoted' + more");
    }

    private static String hostileText(Random random) {
        var text = new StringBuilder();
        for (var left = random.nextInt(8); left >= 0; left--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        return text.toString();
    }

    private static String written(List<?> cells) throws IOException {
        var out = new StringBuilder();
        Csv.write(out, cells);
        return out.toString();
    }

    /**
     * Splits by a spreadsheet's rules: quotation marks count at the beginning of a cell only, and text after a closing one belongs to the cell.
     */
    private static List<String> split(String row, char separator) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        var isQuoted = false;
        var isBeginning = true;
        for (var i = 0; i < row.length(); i++) {
            var character = row.charAt(i);
            if (isQuoted && character == '"' && i + 1 < row.length() && row.charAt(i + 1) == '"') {
                cell.append('"');
                i++;
            } else if (isQuoted && character == '"') {
                isQuoted = false;
            } else if (isBeginning && character == '"') {
                isQuoted = true;
                isBeginning = false;
            } else if (!isQuoted && (character == separator || character == '\r' || character == '\n')) {
                cells.add(cell.toString());
                cell.setLength(0);
                isBeginning = true;
            } else {
                cell.append(character);
                isBeginning = false;
            }
        }
        cells.add(cell.toString());
        return cells;
    }

    /** Returns what remains of a cell if a program skips white space, control characters, and quotation marks that it treats as text. */
    private static String visiblePart(String cell) {
        return cell.replaceFirst("^[\\s\\p{Z}\\p{C}\"]+", "");
    }

    private static boolean isFormula(String cell) {
        return !cell.isEmpty() && "=+-@\uff1d\uff0b\uff0d\uff20".indexOf(cell.charAt(0)) >= 0;
    }
}
