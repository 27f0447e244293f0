package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.text.DecimalText;
import jakarta.json.JsonArray;
import jakarta.json.JsonNumber;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Currency;
import java.util.List;
import java.util.Optional;

/**
 * Reads the fields of a provider's response. Missing or mistyped fields end in INVALID_RESPONSE with the field's name, so that nothing is ever
 * guessed; unknown fields are ignored.
 */
public record JsonFields(JsonObject object) {
    private static final BigDecimal MIB_OF_GIB = BigDecimal.valueOf(1024);

    /** Returns a required string; a number is converted to its digits. */
    public String text(String name) {
        return maybeText(name).orElseThrow(() -> missing(name));
    }

    /** Returns a string that may be missing, null or empty. */
    public Optional<String> maybeText(String name) {
        var value = object.get(name);
        if (value == null || value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonString text) {
            return Optional.of(text.getString()).filter(one -> !one.isEmpty());
        }
        if (value instanceof JsonNumber number) {
            return Optional.of(number.toString());
        }
        throw missing(name);
    }

    /** Returns a required integer. */
    public int whole(String name) {
        try {
            return decimal(name).intValueExact();
        } catch (ArithmeticException broken) {
            throw missing(name);
        }
    }

    /** Returns a required integer of up to 64 bits. */
    public long big(String name) {
        try {
            return decimal(name).longValueExact();
        } catch (ArithmeticException broken) {
            throw missing(name);
        }
    }

    /** Returns a required exact number. */
    public BigDecimal decimal(String name) {
        return maybeDecimal(name).orElseThrow(() -> missing(name));
    }

    /** Returns an exact number that may be missing or null. */
    public Optional<BigDecimal> maybeDecimal(String name) {
        var value = object.get(name);
        if (value == null || value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonNumber number) {
            return Optional.of(DecimalText.of(number.toString()).orElseThrow(() -> missing(name)));
        }
        throw missing(name);
    }

    /** Returns a required exact number that is encoded as a string. */
    public BigDecimal amount(String name) {
        try {
            return DecimalText.require(text(name));
        } catch (NumberFormatException noNumber) {
            throw missing(name);
        }
    }

    /** Returns a required currency by its code. */
    public Currency currency(String name) {
        try {
            return Currency.getInstance(text(name));
        } catch (IllegalArgumentException noCurrency) {
            throw missing(name);
        }
    }

    /** Converts a required size in GiB, possibly fractional, to MiB. */
    public long mib(String name) {
        return decimal(name)
                .multiply(MIB_OF_GIB)
                .setScale(0, RoundingMode.HALF_UP)
                .longValue();
    }

    /** Returns a required time. */
    public Instant instant(String name) {
        return maybeInstant(name).orElseThrow(() -> missing(name));
    }

    /** Returns a time that may be missing or null; without a time zone it is UTC, and a blank may replace the T. */
    public Optional<Instant> maybeInstant(String name) {
        return maybeText(name).map(text -> {
            try {
                var time = DateTimeFormatter.ISO_DATE_TIME.parseBest(
                        text.replace(' ', 'T'), OffsetDateTime::from, LocalDateTime::from);
                return time instanceof OffsetDateTime zoned
                        ? zoned.toInstant()
                        : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
            } catch (DateTimeException noTime) {
                throw missing(name);
            }
        });
    }

    /** Returns a flag; missing or null is false. Panels written in PHP also use 0 and 1, as numbers or as strings. */
    public boolean flag(String name) {
        var value = object.get(name);
        if (value == null || value == JsonValue.NULL || value == JsonValue.FALSE) {
            return false;
        }
        if (value == JsonValue.TRUE) {
            return true;
        }
        return switch (maybeText(name).orElse("0")) {
            case "0", "false" -> false;
            case "1", "true" -> true;
            default -> throw missing(name);
        };
    }

    /** Returns a required object. */
    public JsonFields in(String name) {
        return maybeIn(name).orElseThrow(() -> missing(name));
    }

    /**
     * Returns an object that may be missing or null. PHP encodes an object without fields as an empty array, which is converted to an empty
     * object.
     */
    public Optional<JsonFields> maybeIn(String name) {
        var value = object.get(name);
        if (value == null || value == JsonValue.NULL) {
            return Optional.empty();
        }
        if (value instanceof JsonObject inner) {
            return Optional.of(new JsonFields(inner));
        }
        if (value instanceof JsonArray array && array.isEmpty()) {
            return Optional.of(new JsonFields(JsonValue.EMPTY_JSON_OBJECT));
        }
        throw missing(name);
    }

    /** Returns a list of objects; missing or null is empty. */
    public List<JsonFields> each(String name) {
        return array(name).stream()
                .map(value -> {
                    if (value instanceof JsonObject inner) {
                        return new JsonFields(inner);
                    }
                    throw missing(name);
                })
                .toList();
    }

    /** Returns a list of strings; missing or null is empty. */
    public List<String> texts(String name) {
        return array(name).stream()
                .map(value -> {
                    if (value instanceof JsonString text) {
                        return text.getString();
                    }
                    if (value instanceof JsonNumber number) {
                        return number.toString();
                    }
                    throw missing(name);
                })
                .toList();
    }

    private JsonArray array(String name) {
        var value = object.get(name);
        if (value == null || value == JsonValue.NULL) {
            return JsonValue.EMPTY_JSON_ARRAY;
        }
        if (value instanceof JsonArray array) {
            return array;
        }
        if (value instanceof JsonObject none && none.isEmpty()) {
            return JsonValue.EMPTY_JSON_ARRAY;
        }
        throw missing(name);
    }

    private static ProviderFailure missing(String name) {
        return new ProviderFailure(
                Reason.INVALID_RESPONSE, "field " + name + " does not match the provider's contract");
    }
}
