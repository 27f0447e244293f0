package io.tenantry.billing.bank.statement;

import io.tenantry.billing.bank.statement.StatementProblem.Reason;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Detects the encoding of a text file: by its byte order mark, by the zeros of UTF-16, by being valid UTF-8, by the user's choice or a saved
 * mapping, or else one of the single-byte encodings of Windows and ISO. A file that may be in another encoding is rejected rather than read
 * with wrong characters.
 */
final class TextDecoder {
    /** Encodings that may be given explicitly; those of Microsoft where they contain the standard one, as Shift_JIS and EUC-KR. */
    static final List<String> ENCODINGS = List.of(
            "UTF-8",
            "UTF-16LE",
            "UTF-16BE",
            "windows-1252",
            "ISO-8859-15",
            "windows-1250",
            "ISO-8859-2",
            "windows-1251",
            "windows-1253",
            "windows-1254",
            "windows-1257",
            "windows-31j",
            "GB18030",
            "Big5",
            "x-windows-949",
            "EUC-JP",
            "x-MacRoman",
            "IBM850");

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final Pattern WRONG_LETTERS = Pattern.compile(
            // Letters and signs that appear within words only when another encoding is read as Windows-1252.
            "\\p{Ll}[\u0160\u017d\u0152\u0178]|[\u0178]\\p{L}|\\p{L}[\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u2039\u2022\u02dc\u2122\u203a\u00a7\u20ac\u00a4]\\p{L}"
                    + "|\\p{Ll}[\u201c\u201d]\\p{Ll}"
                    // UTF-8 that is broken somewhere.
                    + "|[\u00c2\u00c3][\u0080-\u00bf\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013"
                    + "\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178]|\u00e2\u20ac");

    private TextDecoder() {}

    /**
     * Text without a byte order mark and with line ends as one character; characters that no text has are marked by U+FFFD.
     *
     * @param problem why it is not certain that the letters are right; then nothing may be taken from them
     */
    record Decoded(String text, String encoding, Optional<StatementProblem> problem) {}

    /**
     * Decodes a file. UTF-8 and UTF-16 are recognized even if another encoding is given, because a saved one may come from older files.
     *
     * @param given the encoding of files that cannot be recognized
     * @param country of the reseller, whose banks use its characters
     */
    static Decoded decode(byte[] file, Optional<String> given, String country) throws UnreadableStatement {
        var marked = byMark(file).or(() -> byZeros(file));
        if (marked.isPresent()) {
            var charset = marked.get();
            return decoded(
                    strict(file, charset).orElseThrow(() -> new UnreadableStatement(Reason.ENCODING, charset.name())),
                    charset.name());
        }
        if (shifts(file)) {
            // Seven bits with escapes: valid in every other encoding, with other letters.
            return uncertain(new String(file, StandardCharsets.US_ASCII), "ISO-2022");
        }
        var utf8 = strict(file, StandardCharsets.UTF_8);
        if (utf8.isPresent()) {
            return decoded(utf8.get(), "UTF-8");
        }
        if (given.isPresent()) {
            return given(file, given.get());
        }
        return singleByte(file, country);
    }

    private static Decoded given(byte[] file, String name) throws UnreadableStatement {
        if (!ENCODINGS.contains(name)) {
            throw new UnreadableStatement(Reason.ENCODING, name);
        }
        var text = strict(file, Charset.forName(name));
        return text.isPresent()
                ? decoded(text.get(), name)
                : uncertain(new String(file, StandardCharsets.ISO_8859_1), name);
    }

    private static Decoded singleByte(byte[] file, String country) {
        var isLatin9 = true;
        var hasEuroOfLatin9 = false;
        for (var each : file) {
            var value = each & 0xff;
            isLatin9 &= value < 0x80 || value >= 0xa0;
            hasEuroOfLatin9 |= value == 0xa4;
        }
        var charset = isLatin9 && hasEuroOfLatin9 ? Charset.forName("ISO-8859-15") : WINDOWS;
        var text = strict(file, charset);
        if (text.isEmpty()) {
            return uncertain(new String(file, StandardCharsets.ISO_8859_1), "");
        }
        var problem = wrongLetters(text.get()).or(() -> EncodingDoubts.of(text.get(), country));
        var read = decoded(text.get(), charset.name());
        return new Decoded(read.text(), read.encoding(), problem);
    }

    private static Optional<StatementProblem> wrongLetters(String text) {
        var wrong = WRONG_LETTERS.matcher(text);
        if (!wrong.find()) {
            return Optional.empty();
        }
        var line = (int) text.substring(0, wrong.start())
                        .chars()
                        .filter(each -> each == '\n')
                        .count()
                + 1;
        return Optional.of(new StatementProblem(Reason.ENCODING, line, wrong.group()));
    }

    private static Decoded uncertain(String text, String detail) {
        var read = decoded(text, "");
        return new Decoded(read.text(), "", Optional.of(new StatementProblem(Reason.ENCODING, 0, detail)));
    }

    /** Whether letters are written by escapes, as in ISO 2022 for Japanese, Chinese and Korean. */
    private static boolean shifts(byte[] file) {
        for (var at = 0; at + 1 < file.length; at++) {
            if (file[at] == 0x1b && (file[at + 1] == '$' || file[at + 1] == '(')) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Charset> byMark(byte[] file) {
        if (starts(file, 0xff, 0xfe, 0, 0)) {
            return Optional.of(Charset.forName("UTF-32LE"));
        }
        if (starts(file, 0, 0, 0xfe, 0xff)) {
            return Optional.of(Charset.forName("UTF-32BE"));
        }
        if (starts(file, 0xff, 0xfe)) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        if (starts(file, 0xfe, 0xff)) {
            return Optional.of(StandardCharsets.UTF_16BE);
        }
        return starts(file, 0xef, 0xbb, 0xbf) ? Optional.of(StandardCharsets.UTF_8) : Optional.empty();
    }

    private static Optional<Charset> byZeros(byte[] file) {
        var even = 0;
        var odd = 0;
        for (var at = 0; at < file.length; at++) {
            if (file[at] == 0) {
                if (at % 2 == 0) {
                    even++;
                } else {
                    odd++;
                }
            }
        }
        if (odd * 10 > file.length * 3 && even * 50 < file.length) {
            return Optional.of(StandardCharsets.UTF_16LE);
        }
        return even * 10 > file.length * 3 && odd * 50 < file.length
                ? Optional.of(StandardCharsets.UTF_16BE)
                : Optional.empty();
    }

    private static boolean starts(byte[] file, int... bytes) {
        if (file.length < bytes.length) {
            return false;
        }
        for (var at = 0; at < bytes.length; at++) {
            if ((file[at] & 0xff) != bytes[at]) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> strict(byte[] file, Charset charset) {
        try {
            return Optional.of(
                    charset.newDecoder().decode(ByteBuffer.wrap(file)).toString());
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }

    private static Decoded decoded(String text, String encoding) {
        var plain = new StringBuilder(text.length());
        var end = text.length();
        while (end > 0 && (text.charAt(end - 1) == 0x1a || text.charAt(end - 1) == 0)) {
            end--; // The end mark of DOS, and padding.
        }
        for (var at = text.startsWith("\ufeff") ? 1 : 0; at < end; at++) {
            var sign = text.charAt(at);
            if (sign == '\r') {
                if (at + 1 >= end || text.charAt(at + 1) != '\n') {
                    plain.append('\n');
                }
            } else if ((sign < ' ' && sign != '\n' && sign != '\t') || sign == 0x7f) {
                plain.append('\ufffd');
            } else {
                plain.append(sign);
            }
        }
        return new Decoded(plain.toString(), encoding, Optional.empty());
    }
}
