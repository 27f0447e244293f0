package io.tenantry.web.api;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.util.function.BiPredicate;
import java.util.regex.Pattern;

/**
 * The API's description as served on a host: under the name of its brand, and on a brand's host without the operators' operations. Customers of
 * a brand need not know that there is a platform beneath. Pure.
 */
final class OpenApiDocument {
    /** The tag of operations that exist on the platform's host only. */
    private static final String PLATFORM = "platform";

    private OpenApiDocument() {}

    static JsonObject of(JsonObject whole, String brand, boolean isPlatform) {
        var titled = with(whole, "info", with(whole.getJsonObject("info"), "title", Json.createValue(brand)));
        return isPlatform ? titled : withoutThePlatform(titled);
    }

    private static JsonObject withoutThePlatform(JsonObject whole) {
        var tags = Json.createArrayBuilder();
        whole.getJsonArray("tags").stream()
                .filter(tag -> !tag.asJsonObject().getString("name").equals(PLATFORM))
                .forEach(tags::add);
        var paths = kept(whole.getJsonObject("paths"), (path, methods) -> !isOfThePlatform(methods.asJsonObject()));
        return withoutUnusedSchemas(with(with(whole, "tags", tags.build()), "paths", paths));
    }

    private static boolean isOfThePlatform(JsonObject methods) {
        return methods.values().stream()
                .flatMap(method -> method.asJsonObject().getJsonArray("tags").stream())
                .anyMatch(tag -> ((JsonString) tag).getString().equals(PLATFORM));
    }

    /** Removes schemas without references until none is left; each pass may remove the last reference to another schema. */
    private static JsonObject withoutUnusedSchemas(JsonObject whole) {
        var components = whole.getJsonObject("components");
        var schemas = components.getJsonObject("schemas");
        var text = whole.toString();
        var used = kept(
                schemas,
                (name, schema) -> Pattern.compile("#/components/schemas/" + Pattern.quote(name) + "\"")
                        .matcher(text)
                        .find());
        var rest = with(whole, "components", with(components, "schemas", used));
        return used.size() == schemas.size() ? rest : withoutUnusedSchemas(rest);
    }

    private static JsonObject with(JsonObject object, String name, JsonValue value) {
        return Json.createObjectBuilder(object).add(name, value).build();
    }

    private static JsonObject kept(JsonObject object, BiPredicate<String, JsonValue> isKept) {
        var kept = Json.createObjectBuilder();
        object.forEach((name, value) -> {
            if (isKept.test(name, value)) {
                kept.add(name, value);
            }
        });
        return kept.build();
    }
}
