package io.tenantry.web.api;

import io.tenantry.text.InputText;
import io.tenantry.text.JsonText;
import io.tenantry.text.UnacceptableText;
import io.tenantry.web.problem.Problem.FieldError;
import io.tenantry.web.problem.ProblemException;
import io.tenantry.web.problem.ProblemType;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.stream.JsonGenerator;
import jakarta.json.stream.JsonParser;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An interceptor that reads every body of the API before a resource does: UTF-8, within limits of length and depth, each name once, texts
 * cleaned as those of pages are. Characters that no text may contain, values of the wrong type and those that the API's description does not
 * allow are rejected together, with the names of the fields; malformed JSON with the reason. Any other binding failure is reported as a client error, not as a server error.
 */
@Provider
public class JsonBody implements ReaderInterceptor {
    /** The maximum size of a body in bytes: a logo of 1 MB in Base64, and the other fields. */
    static final int BYTES_MAX = 2 * 1024 * 1024;

    /** The maximum length of a text in code points. */
    static final int TEXT_MAX = 20_000;

    private static final int NUMBER_MAX = 40;
    private static final int ERRORS_MAX = 20;

    /** The fields whose texts may have several lines; all others have one. */
    private static final Set<String> SEVERAL_LINES = Set.of("public_key", "logo");

    /** A Base64 file; its reader limits its size. */
    private static final String FILE = "logo";

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        var body = context.getInputStream().readNBytes(BYTES_MAX + 1);
        if (body.length > BYTES_MAX) {
            throw new ProblemException(ProblemType.TOO_LARGE, "the body is longer than " + BYTES_MAX + " bytes");
        }
        if (!isJson(context.getMediaType())) {
            throw new NotSupportedException();
        }
        var errors = new ArrayList<FieldError>();
        var cleaned = cleaned(body, errors);
        var all = errors(context.getType(), cleaned, errors);
        if (!all.isEmpty()) {
            throw ProblemException.fields(all.subList(0, Math.min(all.size(), ERRORS_MAX)));
        }
        context.setInputStream(new ByteArrayInputStream(cleaned));
        try {
            return context.proceed();
        } catch (RuntimeException unfit) {
            throw new ProblemException(
                    ProblemType.UNREADABLE, "a value in the body has the wrong type; see /api/v1/openapi.json");
        }
    }

    private static boolean isJson(MediaType type) {
        return type.getType().equalsIgnoreCase("application")
                && (type.getSubtype().equalsIgnoreCase("json")
                        || type.getSubtype().toLowerCase(Locale.ROOT).endsWith("+json"));
    }

    /**
     * Returns all faults of an object: the characters that were found before, the values of the wrong type, and those that its description does
     * not allow. The binding rejects any other value.
     */
    static List<FieldError> errors(Class<?> type, byte[] cleaned, List<FieldError> before) {
        try (var reader = Json.createReader(new ByteArrayInputStream(cleaned))) {
            if (!(reader.readValue() instanceof JsonObject object)) {
                return before;
            }
            var known = before.stream().map(FieldError::field).collect(Collectors.toSet());
            var typed = JsonTypeCheck.errors(type, object).stream().filter(error -> !known.contains(error.field()));
            return BodySchema.errors(
                    type, object, Stream.concat(before.stream(), typed).toList());
        } catch (JsonException broken) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is not the expected JSON");
        }
    }

    /** Returns the same document with its texts normalized as they are stored, and adds an error for each value that cannot be. */
    static byte[] cleaned(byte[] body, List<FieldError> errors) {
        String text;
        try {
            text = JsonText.of(body);
        } catch (JsonException broken) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is " + broken.getMessage());
        }
        var copy = new ByteArrayOutputStream(body.length);
        try (var parser = Json.createParser(new StringReader(text));
                var generator = Json.createGenerator(copy)) {
            new Copy(parser, generator, errors).all();
        } catch (JsonException broken) {
            throw new ProblemException(ProblemType.UNREADABLE, "the body is not the expected JSON");
        }
        return copy.toByteArray();
    }

    private static final class Copy {
        private final JsonParser parser;
        private final JsonGenerator generator;
        private final Deque<Set<String>> names = new ArrayDeque<>();
        private final Deque<String> path = new ArrayDeque<>();
        private final List<FieldError> errors;
        private String name = "";

        Copy(JsonParser parser, JsonGenerator generator, List<FieldError> errors) {
            this.parser = parser;
            this.generator = generator;
            this.errors = errors;
        }

        void all() {
            while (parser.hasNext()) {
                one(parser.next());
            }
        }

        private void one(JsonParser.Event event) {
            switch (event) {
                case START_OBJECT -> {
                    enter();
                    generator.writeStartObject();
                }
                case START_ARRAY -> {
                    enter();
                    generator.writeStartArray();
                }
                case END_OBJECT, END_ARRAY -> {
                    generator.writeEnd();
                    names.pop();
                    name = path.pop();
                }
                case KEY_NAME -> key(parser.getString());
                case VALUE_STRING -> generator.write(text(parser.getString()));
                case VALUE_NUMBER -> number();
                case VALUE_TRUE -> generator.write(true);
                case VALUE_FALSE -> generator.write(false);
                case VALUE_NULL -> generator.writeNull();
            }
        }

        private void enter() {
            names.push(new HashSet<>());
            path.push(name);
        }

        private void key(String key) {
            if (!InputText.isStorable(key)) {
                throw new ProblemException(ProblemType.UNREADABLE, "a field name contains an invalid character");
            }
            if (!names.element().add(key)) {
                throw new ProblemException(ProblemType.UNREADABLE, "the field " + key + " appears twice");
            }
            name = key;
            generator.writeKey(key);
        }

        private String text(String sent) {
            try {
                return SEVERAL_LINES.contains(name)
                        ? InputText.lines(sent, name.equals(FILE) ? BYTES_MAX : TEXT_MAX)
                        : InputText.line(sent, TEXT_MAX);
            } catch (UnacceptableText refused) {
                var isTooLong = refused.reason() == UnacceptableText.Reason.TOO_LONG;
                error(isTooLong ? "too_long" : "character", isTooLong ? "" : refused.character());
                return "";
            }
        }

        private void error(String why, String found) {
            if (errors.size() < ERRORS_MAX) {
                errors.add(new FieldError(name, why, found));
            }
        }

        /** Copies a number as it is written; the length is limited because a number of a million digits would keep a processor busy. */
        private void number() {
            var digits = parser.getString();
            if (digits.length() > NUMBER_MAX || digits.matches(".*[eE][+-]?[0-9]{3,}")) {
                error("malformed", digits.substring(0, Math.min(digits.length(), NUMBER_MAX)));
                generator.writeNull();
            } else {
                generator.write(parser.getBigDecimal());
            }
        }
    }
}
