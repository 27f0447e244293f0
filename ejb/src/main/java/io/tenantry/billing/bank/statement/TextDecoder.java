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
 * Detects the encoding of a text file: by its byte order mark, by the zeros of UTF-16, by being valid UTF-8, or else as one of the single-byte
 * encodings of Windows and ISO. Text in any other encoding is rejected rather than read with wrong characters.
 */
final class TextDecoder {
    /** Encodings that may be given explicitly. */
    static final List<String> ENCODINGS = List.of(
            "UTF-8",
            "UTF-16LE",
            "UTF-16BE",
            "windows-1252",
            "ISO-8859-15",
            "windows-1250",
            "ISO-8859-2",
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

    /** Text without a byte order mark and with single-character line ends; characters that do not occur in text are replaced by U+FFFD. */
    record Decoded(String text, String encoding) {}

    static Decoded decode(byte[] file, Optional<String> given) throws UnreadableStatement {
        if (given.isPresent()) {
            var name = given.get();
            if (!ENCODINGS.contains(name)) {
                throw new UnreadableStatement(Reason.ENCODING, name);
            }
            return decoded(
                    strict(file, Charset.forName(name))
                            .orElseThrow(() -> new UnreadableStatement(Reason.ENCODING, name)),
                    name);
        }
        var marked = byMark(file);
        if (marked.isPresent()) {
            var charset = marked.get();
            return decoded(
                    strict(file, charset).orElseThrow(() -> new UnreadableStatement(Reason.ENCODING, charset.name())),
                    charset.name());
        }
        var wide = byZeros(file);
        if (wide.isPresent()) {
            var charset = wide.get();
            return decoded(
                    strict(file, charset).orElseThrow(() -> new UnreadableStatement(Reason.ENCODING, charset.name())),
                    charset.name());
        }
        var utf8 = strict(file, StandardCharsets.UTF_8);
        if (utf8.isPresent()) {
            return decoded(utf8.get(), "UTF-8");
        }
        return singleByte(file);
    }

    private static Decoded singleByte(byte[] file) throws UnreadableStatement {
        var isLatin9 = true;
        var hasEuroOfLatin9 = false;
        for (var each : file) {
            var value = each & 0xff;
            isLatin9 &= value < 0x80 || value >= 0xa0;
            hasEuroOfLatin9 |= value == 0xa4;
        }
        if (isLatin9 && hasEuroOfLatin9) {
            return decoded(new String(file, Charset.forName("ISO-8859-15")), "ISO-8859-15");
        }
        var text = strict(file, WINDOWS).orElseThrow(() -> new UnreadableStatement(Reason.ENCODING, ""));
        var wrong = WRONG_LETTERS.matcher(text);
        if (wrong.find()) {
            var line = (int) text.substring(0, wrong.start())
                            .chars()
                            .filter(each -> each == '\n')
                            .count()
                    + 1;
            throw new UnreadableStatement(new StatementProblem(Reason.ENCODING, line, wrong.group()));
        }
        return decoded(text, "windows-1252");
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
        return new Decoded(plain.toString(), encoding);
    }
}
