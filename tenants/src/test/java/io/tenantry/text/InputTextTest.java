package io.tenantry.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.text.UnacceptableText.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InputTextTest {
    @ParameterizedTest
    @ValueSource(
            ints = {
                0x09, 0x0A, 0x0B, 0x0C, 0x0D, 0x20, 0x85, 0xA0, 0x1680, 0x2000, 0x2003, 0x2009, 0x200A, 0x2028, 0x2029,
                0x202F, 0x205F, 0x3000
            })
    void trimsAndCollapsesAnyWhiteSpace(int space) {
        var blank = Character.toString(space);
        assertThat(InputText.line(blank + blank + "Ida" + blank + " " + blank + "Fink" + blank))
                .isEqualTo("Ida Fink");
        assertThat(InputText.line(blank)).isEmpty();
        assertThat(InputText.isBlank(blank + blank)).isTrue();
        assertThat(InputText.searchTerm(blank + "ida" + blank)).isEqualTo("ida");
        assertThat(InputText.identifier("DE" + blank + "136" + blank + "695" + blank + "976"))
                .isEqualTo("DE136695976");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00AD, 0x200B, 0x2060, 0xFEFF, 0x180E, 0x3164, 0x034F, 0x206A, 0xFE00, 0xFE0F, 0x180B, 0xFFF0, 0x1BCA0,
                0x1D173, 0xE0100, 0xE01EF, 0xE0FFF
            })
    void removesInvisibleCharacters(int invisible) {
        var nothing = Character.toString(invisible);
        assertThat(InputText.line(nothing + "Id" + nothing + "a" + nothing)).isEqualTo("Ida");
        assertThat(InputText.lines(nothing + "Id" + nothing + "a" + nothing)).isEqualTo("Ida");
        assertThat(InputText.isBlank(nothing)).isTrue();
    }

    @Test
    void keepsMeaningfulVariationSelectors() {
        for (var text : new String[] {
            "\u2764\uFE0F", "1\uFE0F\u20E3", "\u845B\uDB40\uDD00", "\u1820\u180B\u1821", "\u2139\uFE0F"
        }) {
            assertThat(InputText.line(text)).isEqualTo(text);
            assertThat(InputText.lines(text + "\nb")).isEqualTo(text + "\nb");
        }
        assertThat(InputText.line("\u2764\uFE0F\uFE0F")).isEqualTo("\u2764\uFE0F");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0301",
                "\u0301\u0302\u0303",
                " \u0301 ",
                "\u200b\u0301",
                "\u20dd",
                "\u0903",
                "\u3164",
                "\u115f\u1160",
                "\uffa0",
                "\u2800\u0301",
                "\u200d",
                "\ufe0f",
                "\u180e",
                "\u2063",
                "\u00ad",
                "\u034f"
            })
    void marksAndFillersAloneAreBlank(String typed) {
        assertThat(InputText.line(typed)).isEmpty();
        assertThat(InputText.isBlank(typed)).isTrue();
    }

    @Test
    void keepsMarksOnLetters() {
        assertThat(InputText.line("x\u0301\u0302")).isEqualTo("x\u0301\u0302");
        assertThat(InputText.isBlank("x\u0301")).isFalse();
    }

    @Test
    void brailleBlanksAloneAreBlank() {
        assertThat(InputText.line("\u2800\u2800")).isEmpty();
        assertThat(InputText.isBlank("\u2800")).isTrue();
        assertThat(InputText.line("\u2801\u2800\u2803")).isEqualTo("\u2801\u2800\u2803");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x01, 0x07, 0x08, 0x0E, 0x1B, 0x1F, 0x7F, 0x80, 0x9B, 0x9F, 0xD800, 0xDBFF, 0xDC00, 0xDFFF,
                0xFDD0, 0xFDEF, 0xFFFE, 0xFFFF, 0x1FFFE, 0x10FFFF, 0xFFF9, 0xE0001
            })
    void rejectsControlCharactersWithPosition(int control) {
        var bad = "ab" + Character.toString(control) + "c";
        for (var kind : List.<java.util.function.UnaryOperator<String>>of(
                InputText::line, InputText::lines, InputText::identifier)) {
            assertThatExceptionOfType(UnacceptableText.class)
                    .isThrownBy(() -> kind.apply(bad))
                    .satisfies(refused -> {
                        assertThat(refused.reason()).isEqualTo(Reason.CONTROL_CHARACTER);
                        assertThat(refused.position()).isEqualTo(3);
                        assertThat(refused.character()).isEqualTo(String.format(Locale.ROOT, "U+%04X", control));
                    });
        }
        assertThat(InputText.searchTerm(bad)).isEqualTo("abc");
        assertThat(InputText.foreign(bad)).isEqualTo("abc");
        assertThat(InputText.isStorable(bad)).isFalse();
    }

    @Test
    void rejectsDirectionOverrides() {
        for (var turn : new int[] {0x202D, 0x202E}) {
            assertThatThrownBy(() -> InputText.line(Character.toString(turn) + "gpj.exe"))
                    .isInstanceOf(UnacceptableText.class);
            assertThatThrownBy(() -> InputText.lines("a" + Character.toString(turn) + "gpj.exe"))
                    .isInstanceOf(UnacceptableText.class);
        }
        for (var turn : new int[] {0x202A, 0x202B, 0x202C, 0x2066, 0x2067, 0x2068, 0x2069}) {
            assertThatThrownBy(() -> InputText.line("a" + Character.toString(turn) + "b"))
                    .isInstanceOf(UnacceptableText.class);
            assertThat(InputText.lines("a" + Character.toString(turn) + "b")).hasSize(3);
        }
        assertThat(InputText.line("\u202A+49 30 1234\u202C"))
                .as("pasted from contacts")
                .isEqualTo("+49 30 1234");
    }

    @ParameterizedTest
    @ValueSource(ints = {0x200E, 0x200F, 0x061C})
    void allowsDirectionMarksOnlyInBidirectionalNames(int mark) {
        var sign = Character.toString(mark);
        assertThatExceptionOfType(UnacceptableText.class)
                .isThrownBy(() -> InputText.line("Ida" + sign + " Fink"))
                .satisfies(refused -> {
                    assertThat(refused.reason()).isEqualTo(Reason.DIRECTION_CHARACTER);
                    assertThat(refused.position()).isEqualTo(4);
                });
        assertThat(InputText.line(sign + "Ida Fink" + sign)).as("pasted").isEqualTo("Ida Fink");
        assertThat(InputText.line("Ida \u05D0" + sign + "1")).isEqualTo("Ida \u05D0" + sign + "1");
        assertThat(InputText.lines("Ida" + sign + " Fink")).hasSize(9);
        assertThat(InputText.searchTerm("Ida" + sign + " Fink")).isEqualTo("Ida Fink");
        assertThat(InputText.foreignLine("Ida" + sign + " Fink")).isEqualTo("Ida Fink");
        assertThat(InputText.identifier("DE" + sign + "12")).isEqualTo("DE12");
        assertThat(InputText.isLine("Ida" + sign + " Fink")).isFalse();
        assertThat(InputText.isLine("Ida \u05D0" + sign + "1")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0x00, 0x0A, 0x1B, 0x85, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068, 0x2069, 0xD800,
                0xFDD0, 0xFFFE, 0x1FFFE, 0x10FFFF
            })
    void isLineRejectsUnacceptableCharacters(int refused) {
        assertThat(InputText.isLine("Ida" + Character.toString(refused) + "Fink"))
                .isFalse();
        assertThat(InputText.isLine("Ida \u05D0" + Character.toString(refused) + "Fink"))
                .isFalse();
        assertThat(InputText.isLine("Ida Fink, \u0645\u06CC\u200C\u062E")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645", // Persian
                "\u0915\u094D\u200D\u0937", // Devanagari
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67", // family
                "\uD83C\uDFF3\uFE0F\u200D\uD83C\uDF08", // rainbow flag
                "\uD83D\uDC69\uD83C\uDFFD\u200D\uD83D\uDCBB", // with a skin tone
                "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F", // England
                "\u05D0\u200E1",
                "\u682A\u5F0F\u4F1A\u793E \u0E44\u0E17\u0E22"
            })
    void keepsJoinersThatScriptsNeed(String text) {
        assertThat(InputText.line(text)).isEqualTo(text);
        assertThat(InputText.lines(text)).isEqualTo(text);
    }

    @Test
    void removesUnneededJoiners() {
        assertThat(InputText.line("pay\u200Dpal\u200C 1")).isEqualTo("paypal 1");
        assertThat(InputText.line("a\uDB40\uDC67b")).isEqualTo("ab");
    }

    @Test
    void normalizesUnicodeCompositions() {
        assertThat(InputText.line("Mu\u0308ller")).isEqualTo("M\u00FCller");
        assertThat(InputText.lines("\u212B")).isEqualTo("\u00C5");
        assertThat(InputText.password("pa\u0308ss\u00A0w\u3000ord ")).isEqualTo("p\u00E4ss w ord ");
    }

    @Test
    void keepsLinesAndIndents() {
        assertThat(InputText.lines("\uFEFF\r\n \n\ta \r\n\rb\u2028c\u0085d  \n\n"))
                .isEqualTo("\ta \n\nb\nc\nd");
    }

    @ParameterizedTest
    @CsvSource({
        "CHE-123.456.788 MWST,CHE123456788MWST",
        "de 02-1203/0000 0000.2020 51,DE02120300000000202051",
        "\uFF24\uFF25\uFF11\uFF12,DE12",
        "A\u2013B\u2212C\u2010D\u00B7E\u2019F,ABCDEF"
    })
    void removesSeparatorsFromIdentifiers(String typed, String packed) {
        assertThat(InputText.identifier(typed)).isEqualTo(packed);
    }

    @Test
    void limitsLengthInCodePointsAndBytes() {
        var emoji = "\uD83D\uDE00".repeat(5);
        assertThat(InputText.line(emoji, 5)).isEqualTo(emoji);
        assertThatThrownBy(() -> InputText.line(emoji, 4)).isInstanceOf(UnacceptableText.class);
        assertThat(InputText.fits(emoji, 5, 20)).isTrue();
        assertThat(InputText.fits(emoji, 5, 19)).isFalse();
        assertThat(InputText.fits(emoji, 4, 20)).isFalse();
    }

    @Test
    void rejectsNulInStatements() {
        assertThat(InputText.storable("a b")).isEqualTo("a b");
        assertThatThrownBy(() -> InputText.storable("a\0b")).isInstanceOf(UnacceptableText.class);
    }

    @ParameterizedTest
    @CsvSource({"\u0661\u0662\u0663,123", "\u0967\u0968,12", "\uFF11\uFF12,12", "a\u0660b,A0B"})
    void normalizesDigitsOfAnyScript(String typed, String identifier) {
        assertThat(InputText.identifier(typed)).isEqualTo(identifier);
    }

    /** For any input: cleaning is idempotent, output is valid input, and a search never fails. */
    @ParameterizedTest
    @MethodSource("anything")
    void cleaningIsIdempotent(String text) {
        var term = InputText.searchTerm(text);
        assertThat(InputText.searchTerm(term)).isEqualTo(term);
        assertThat(InputText.line(term)).isEqualTo(term);
        var foreign = InputText.foreign(text);
        assertThat(InputText.foreign(foreign)).isEqualTo(foreign);
        assertThat(InputText.lines(foreign)).isEqualTo(foreign);
        assertThat(term).doesNotContain("\0").isEqualTo(InputText.trimmed(term));
        var identifier = InputText.identifier(term);
        assertThat(InputText.identifier(identifier)).isEqualTo(identifier);
    }

    static Stream<String> anything() {
        var random = new Random(37);
        var points = new int[] {
            0, 9, 10, 13, 32, 'a', 'B', '.', 0x85, 0xA0, 0xAD, 0x301, 0x308, 0x200B, 0x200C, 0x200D, 0x200E, 0x202A,
            0x202E, 0x2028, 0x2066, 0x2069, 0xFEFF, 0xFE0F, 0xD800, 0xDC00, 0x627, 0x94D, 0x1100, 0x1161, 0x1F468,
            0x1F3F4, 0xE0067, 0xFFFE, 0x1F3FD, 0x3000, 0x1D15E, 0x327, 0x64B, 0x390, 0x180B, 0x2800, 0xE0100, 0x149
        };
        return Stream.generate(() -> random.ints(random.nextInt(9), 0, points.length)
                        .map(at -> points[at])
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString())
                .limit(3000);
    }

    @Test
    void cutsNoSurrogatePair() {
        assertThat(InputText.cut("ab\ud83d\ude00c", 3)).isEqualTo("ab");
        assertThat(InputText.cut("ab\ud83d\ude00c", 4)).isEqualTo("ab\ud83d\ude00");
        assertThat(InputText.cut("ab\ud83d\ude00c", 5)).isEqualTo("ab\ud83d\ude00c");
        assertThat(InputText.cut("\ud83d\ude00", 1)).isEmpty();
        assertThat(InputText.cut("abc", 0)).isEmpty();
        assertThat(InputText.cut("", 0)).isEmpty();
    }

    @Test
    void foreignLineReplacesBreaksAndControlsWithSpaces() {
        assertThat(InputText.foreignLine("asked\non the\0phone\u009b ")).isEqualTo("asked on the phone");
        assertThat(InputText.foreignLine("e\u0301\u202e\ud800")).isEqualTo("\u00e9");
    }
}
