package io.tenantry.text;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Bounded parsing of JSON from outside: any input yields a value or a {@link JsonException}, never a stack overflow. */
public final class JsonText {
    /** The maximum nesting depth of objects and arrays. */
    public static final int DEPTH_MAX = 64;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private JsonText() {}

    /**
     * Decodes a JSON document: UTF-8 (RFC 8259, 8.1), without a byte order mark, no deeper than {@link #DEPTH_MAX}.
     *
     * @throws JsonException if it is not such a text; whether it is valid JSON is left to the parser
     */
    public static String of(byte[] body) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
            return bounded(text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text);
        } catch (CharacterCodingException broken) {
            throw new JsonException("not UTF-8", broken);
        }
    }

    /**
     * Parses a document that consists of one object.
     *
     * @throws JsonException if it is not a JSON object, or deeper than {@link #DEPTH_MAX}
     */
    public static JsonObject object(byte[] body) {
        return object(of(body));
    }

    /**
     * Like {@link #object(byte[])}, for a text.
     *
     * @throws JsonException if it is not a JSON object, or deeper than {@link #DEPTH_MAX}
     */
    public static JsonObject object(String text) {
        try (var reader = Json.createReader(new StringReader(bounded(text)))) {
            return reader.readObject();
        }
    }

    private static String bounded(String text) {
        var depth = 0;
        var isWithinText = false;
        for (var i = 0; i < text.length(); i++) {
            var sign = text.charAt(i);
            if (isWithinText) {
                if (sign == '\\') {
                    i++;
                } else if (sign == '"') {
                    isWithinText = false;
                }
            } else if (sign == '"') {
                isWithinText = true;
            } else if (sign == '{' || sign == '[') {
                if (++depth > DEPTH_MAX) {
                    throw new JsonException("deeper than " + DEPTH_MAX + " levels");
                }
            } else if (sign == '}' || sign == ']') {
                depth--;
            }
        }
        return text;
    }
}
