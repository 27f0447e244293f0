package io.tenantry.text;

import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** JSON of others, read within bounds: whatever comes ends with a value or a {@link JsonException}, never with a full stack. */
public final class JsonText {
    /** Objects and arrays within each other at most. */
    public static final int DEPTH_MAX = 64;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private JsonText() {}

    /**
     * The text of a JSON document: UTF-8 (RFC 8259, 8.1), a byte order mark before it left out, no deeper than {@link #DEPTH_MAX}.
     *
     * @throws JsonException if it is not such a text; whether it is JSON is left to the parser
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
     * The object that a document consists of.
     *
     * @throws JsonException if it is no JSON object, or deeper than {@link #DEPTH_MAX}
     */
    public static JsonObject object(byte[] body) {
        return object(of(body));
    }

    /**
     * As {@link #object(byte[])}, of a text.
     *
     * @throws JsonException if it is no JSON object, or deeper than {@link #DEPTH_MAX}
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
