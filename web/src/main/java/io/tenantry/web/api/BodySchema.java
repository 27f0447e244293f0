package io.tenantry.web.api;

import io.tenantry.cloud.launch.PublicKey;
import io.tenantry.people.identity.EmailAddress;
import io.tenantry.web.api.ApiKeysResource.NewApiKey;
import io.tenantry.web.api.MembersResource.NewMember;
import io.tenantry.web.api.ResellersResource.NewReseller;
import io.tenantry.web.api.TeamResource.NewTeamMember;
import io.tenantry.web.problem.Problem.FieldError;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The constraints that the API's description states for bodies, checked before a resource is called: a program that sends several invalid fields
 * learns about all of them from one response. Conditions that depend on stored data are checked by the use cases.
 */
final class BodySchema {
    /**
     * Bodies whose use cases report all invalid fields together, including those that depend on stored data. They are checked here only if a
     * value has the wrong type or an id is malformed, because their use cases do not see such a body.
     */
    static final Set<Class<?>> REPORTED_BY_USE_CASE =
            Set.of(NewMember.class, NewTeamMember.class, NewApiKey.class, NewReseller.class);

    private static final Map<String, JsonObject> SCHEMAS = schemas();
    private static final String MALFORMED = "malformed";

    private final List<FieldError> errors = new ArrayList<>();

    private boolean hasMalformedId;

    private BodySchema() {}

    /** Returns the faults of a body: those found before, and for every other field that violates its description one more. */
    static List<FieldError> errors(Class<?> type, JsonObject body, List<FieldError> before) {
        var schema = SCHEMAS.get(type.getSimpleName());
        if (schema == null) {
            return before;
        }
        var check = new BodySchema();
        var known = before.stream().map(FieldError::field).collect(Collectors.toSet());
        var required = schema.containsKey("required") ? schema.getJsonArray("required") : JsonValue.EMPTY_JSON_ARRAY;
        var isRequired = required.getValuesAs(JsonString::getString);
        schema.getJsonObject("properties").forEach((name, property) -> {
            if (!known.contains(name)) {
                check.field(name, property.asJsonObject(), body.get(name), isRequired.contains(name));
            }
        });
        if (before.isEmpty() && REPORTED_BY_USE_CASE.contains(type) && !check.hasMalformedId) {
            return before;
        }
        check.errors.addAll(0, before);
        return List.copyOf(check.errors);
    }

    private void field(String name, JsonObject schema, @Nullable JsonValue value, boolean isRequired) {
        if (isBlank(value)) {
            if (isRequired) {
                error(name, "missing", "");
            }
        } else if (value instanceof JsonString text) {
            text(name, schema, text.getString());
        } else if (value instanceof JsonNumber number) {
            number(name, schema, number.bigDecimalValue());
        } else if (value instanceof JsonArray array && schema.containsKey("items")) {
            var items = schema.getJsonObject("items");
            array.getValuesAs(JsonString.class).forEach(item -> text(name, items, item.getString()));
        }
    }

    /** Whether a value is treated as absent: an empty text or list is the same as none. */
    private static boolean isBlank(@Nullable JsonValue value) {
        return value == null
                || value == JsonValue.NULL
                || (value instanceof JsonString text && text.getString().isBlank())
                || (value instanceof JsonArray array && array.isEmpty());
    }

    private void text(String name, JsonObject schema, String text) {
        var plain = text.strip();
        var format = schema.getString("format", "");
        if (plain.length() > schema.getInt("maxLength", Integer.MAX_VALUE)) {
            error(name, "too_long", "");
        } else if (format.equals("ssh-public-key")) {
            // The text is not repeated: it may be a private key.
            if (PublicKey.read(text) instanceof PublicKey.ParseResult.Refused refused) {
                error(name, refused.fault().name().toLowerCase(Locale.ROOT), "");
            }
        } else if (format.equals("uuid") && !isUuid(text)) {
            hasMalformedId = true;
            error(name, MALFORMED, text);
        } else if (plain.length() < schema.getInt("minLength", 0)
                || (format.equals("email") && EmailAddress.of(text).isEmpty())
                || (schema.containsKey("pattern") && !matches(schema.getString("pattern"), plain))
                || (schema.containsKey("enum") && !isOneOf(schema.getJsonArray("enum"), text))) {
            error(name, MALFORMED, text);
        }
    }

    private void number(String name, JsonObject schema, BigDecimal number) {
        var isTooSmall = schema.containsKey("minimum")
                && number.compareTo(schema.getJsonNumber("minimum").bigDecimalValue()) < 0;
        var isTooLarge = schema.containsKey("maximum")
                && number.compareTo(schema.getJsonNumber("maximum").bigDecimalValue()) > 0;
        if (isTooSmall || isTooLarge) {
            error(name, MALFORMED, number.toString());
        }
    }

    /** Adds one fault per field, the first: an array with a hundred invalid elements is one mistake. */
    private void error(String name, String why, String found) {
        if (errors.stream().noneMatch(one -> one.field().equals(name))) {
            errors.add(new FieldError(name, why, found));
        }
    }

    private static boolean isUuid(String text) {
        try {
            var unused = UUID.fromString(text);
            return true;
        } catch (IllegalArgumentException malformed) {
            return false;
        }
    }

    private static boolean matches(String pattern, String text) {
        return Pattern.compile(pattern).matcher(text).matches();
    }

    private static boolean isOneOf(JsonArray words, String text) {
        return words.getValuesAs(JsonString::getString).contains(text);
    }

    private static Map<String, JsonObject> schemas() {
        try {
            return OpenApiResource.whole().getJsonObject("components").getJsonObject("schemas").entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Map.Entry::getKey, one -> one.getValue().asJsonObject()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
