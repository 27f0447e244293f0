package io.tenantry.text;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Bounded parsing of JSON from outside: any input yields a value or a {@link JsonException}, never a stack overflow. */
public final class JsonText {
    /** The maximum nesting depth of objects and arrays. */
    public static final int DEPTH_MAX = 64;

    /** Characters of a number at most: parsers fail at very long ones with an exception of their own, and arithmetic with them takes long. */
    public static final int NUMBER_MAX = 64;

    /** The longest exponent; a number with a longer one cannot be expanded. */
    private static final Pattern EXPONENT = Pattern.compile("[eE][+-]?0*[1-9][0-9]{2,}");

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private JsonText() {}

    /**
     * The text of a JSON document: UTF-8 (RFC 8259, 8.1), a byte order mark before it left out, no deeper than {@link #DEPTH_MAX}.
     * Its numbers may be of any length.
     *
     * @throws JsonException if it is not such a text; whether it is valid JSON is left to the parser
     */
    public static String of(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return bounded(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text, false);
        } catch (CharacterCodingException broken) {
            throw new JsonException("not UTF-8", broken);
        }
    }

    /**
     * Parses a document that consists of one object.
     *
     * @throws JsonException if it is no JSON object, or beyond these bounds
     */
    public static JsonObject object(byte[] body) {
        return object(of(body));
    }

    /**
     * Like {@link #object(byte[])}, for a text.
     *
     * @throws JsonException if it is no JSON object, or beyond these bounds
     */
    public static JsonObject object(String text) {
        try (var reader = Json.createReader(new StringReader(bounded(text, true)))) {
            return reader.readObject();
        }
    }

    private static String bounded(String text, boolean isWithNumbers) {
        var depth = 0;
        for (var i = 0; i < text.length(); i++) {
            var sign = text.charAt(i);
            if (sign == '"') {
                i = endOfText(text, i);
            } else if (sign == '{' || sign == '[') {
                if (++depth > DEPTH_MAX) {
                    throw new JsonException("deeper than " + DEPTH_MAX + " levels");
                }
            } else if (sign == '}' || sign == ']') {
                depth--;
            } else if (isWithNumbers && isOfNumber(sign)) {
                i = endOfNumber(text, i);
            }
        }
        return text;
    }

    private static int endOfText(String text, int quote) {
        var end = quote + 1;
        while (end < text.length() && text.charAt(end) != '"') {
            end += text.charAt(end) == '\\' ? 2 : 1;
        }
        return end;
    }

    private static int endOfNumber(String text, int first) {
        var end = first;
        while (end < text.length() && isOfNumber(text.charAt(end))) {
            end++;
        }
        if (end - first > NUMBER_MAX
                || EXPONENT.matcher(text).region(first, end).find()) {
            throw new JsonException("a number of more than " + NUMBER_MAX + " characters or 99 decimal places");
        }
        return end - 1;
    }

    /** Words such as "true" have an "e" as well, and are never too long. */
    private static boolean isOfNumber(char sign) {
        return (sign >= '0' && sign <= '9') || sign == '-' || sign == '+' || sign == '.' || sign == 'e' || sign == 'E';
    }
}
