package io.tenantry.web.api;

import io.tenantry.web.problem.Problem.FieldError;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import jakarta.json.JsonValue.ValueType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Checks the types of JSON values against the record that they are bound to, so that the error can name the field. */
final class JsonTypeCheck {
    private static final Pattern CAPITAL = Pattern.compile("([A-Z])");

    private final List<FieldError> errors = new ArrayList<>();

    private JsonTypeCheck() {}

    /** Returns one error per value of the wrong type. Unknown fields are ignored. */
    static List<FieldError> errors(Class<?> type, JsonObject body) {
        var shape = new JsonTypeCheck();
        if (type.isRecord()) {
            shape.object(type, body);
        }
        return List.copyOf(shape.errors);
    }

    private void object(Class<?> type, JsonObject body) {
        for (RecordComponent component : type.getRecordComponents()) {
            var name = snakeCase(component.getName());
            var value = body.get(name);
            if (value != null && value.getValueType() != ValueType.NULL) {
                value(name, component.getGenericType(), value);
            }
        }
    }

    private void value(String name, Type type, JsonValue value) {
        if (type instanceof ParameterizedType generic) {
            collection(name, generic, value);
        } else if (type == Boolean.class || type == boolean.class) {
            require(name, value, value.getValueType() == ValueType.TRUE || value.getValueType() == ValueType.FALSE);
        } else if (type == Integer.class || type == int.class) {
            require(name, value, isWhole(value));
        } else {
            require(name, value, value.getValueType() == ValueType.STRING);
        }
    }

    private void collection(String name, ParameterizedType type, JsonValue value) {
        var arguments = type.getActualTypeArguments();
        if (type.getRawType() == List.class) {
            if (require(name, value, value instanceof JsonArray)) {
                value.asJsonArray().forEach(element -> value(name, arguments[0], element));
            }
        } else if (type.getRawType() == Map.class && require(name, value, value instanceof JsonObject)) {
            value.asJsonObject().forEach((key, element) -> value(name + "." + key, arguments[1], element));
        }
    }

    private boolean require(String name, JsonValue value, boolean isFit) {
        if (!isFit) {
            errors.add(new FieldError(name, "type", value.getValueType().name().toLowerCase(Locale.ROOT)));
        }
        return isFit;
    }

    private static boolean isWhole(JsonValue value) {
        if (!(value instanceof JsonNumber number)) {
            return false;
        }
        try {
            var unused = number.intValueExact();
            return true;
        } catch (ArithmeticException fraction) {
            return false;
        }
    }

    private static String snakeCase(String name) {
        return CAPITAL.matcher(name).replaceAll("_$1").toLowerCase(Locale.ROOT);
    }
}
