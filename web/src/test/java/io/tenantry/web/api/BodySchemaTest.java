package io.tenantry.web.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.web.problem.Problem.FieldError;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BodySchemaTest {
    /** The bodies of all operations. */
    private static final Map<String, Class<?>> BODIES = Stream.of(
                    VpsResource.NewVps.class,
                    VpsResource.PowerRequest.class,
                    VpsChangesResource.ResizeRequest.class,
                    VpsChangesResource.RebuildRequest.class,
                    VpsChangesResource.LockRequest.class,
                    SshKeysResource.NewSshKey.class,
                    ResellersResource.NewReseller.class,
                    PeopleResource.AccountLockRequest.class,
                    MembersResource.NewMember.class,
                    TeamCalls.RoleRequest.class,
                    TeamResource.NewTeamMember.class,
                    ApiKeysResource.NewApiKey.class)
            .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));

    /** Fields whose only constraints are checked by use cases, which report them together with others or need stored data. */
    private static final Set<String> OF_USE_CASES = Set.of(
            // The image is decoded; ResellersResource adds its fault to those of the other fields.
            "NewReseller.logo");

    @Test
    void everyOperationReportsAllInvalidFieldsOfItsBodyTogether() throws IOException {
        var described = bodies();
        assertThat(described.keySet()).isEqualTo(BODIES.keySet());
        described.forEach((name, schema) -> {
            var required = required(schema);
            var body = Json.createObjectBuilder();
            var expected = new TreeSet<String>();
            schema.getJsonObject("properties").forEach((field, property) -> {
                var wrong = wrong(property.asJsonObject(), required.contains(field));
                if (wrong != null && !OF_USE_CASES.contains(name + "." + field)) {
                    body.add(field, wrong);
                    expected.add(field);
                }
            });
            var type = Objects.requireNonNull(BODIES.get(name), name);
            // Use cases report the rest, unless a value of the wrong type keeps the body from them.
            if (BodySchema.REPORTED_BY_USE_CASE.contains(type)) {
                body.add("name", 1);
            }
            assertThat(fields(type, body.build().toString())).as(name).containsExactlyInAnyOrderElementsOf(expected);
        });
    }

    @Test
    void everyNumberHasBounds() throws IOException {
        var unbounded = new TreeSet<String>();
        bodies().forEach((name, schema) -> schema.getJsonObject("properties").forEach((field, property) -> {
            var type = property.asJsonObject().getString("type");
            if (Set.of("integer", "number").contains(type)
                    && !property.asJsonObject().keySet().containsAll(Set.of("minimum", "maximum"))) {
                unbounded.add(name + "." + field);
            }
        }));
        assertThat(unbounded).isEmpty();
    }

    @Test
    void refusesNumbersBeyondTheirBounds() throws IOException {
        bodies().forEach((name, schema) -> schema.getJsonObject("properties").forEach((field, property) -> {
            if (property.asJsonObject().containsKey("maximum")) {
                var type = Objects.requireNonNull(BODIES.get(name), name);
                for (var wrong : List.of(
                        property.asJsonObject().getInt("minimum") - 1,
                        property.asJsonObject().getInt("maximum") + 1)) {
                    var body = Json.createObjectBuilder().add(field, wrong);
                    if (BodySchema.REPORTED_BY_USE_CASE.contains(type)) {
                        body.add(
                                "name",
                                1); // Use cases report the rest, unless a value of the wrong type keeps the body from
                        // them.
                    }
                    assertThat(fields(type, body.build().toString()))
                            .as("%s.%s", name, field)
                            .contains(field);
                }
            }
        }));
    }

    @Test
    void reportsCharactersNumbersTypesAndConstraintsOfAnOrderTogether() {
        assertThat(fields(VpsResource.NewVps.class, """
                                {"name": "a\\u202eb", "plan_id": "x", "region": " ", "volume_gib": -1, "additional_addresses": 1e999,
                                 "backups": "never", "ssh_key_ids": ["x", "y"], "script_id": "z", "image": 1}
                                """))
                .containsExactlyInAnyOrder(
                        "name",
                        "plan_id",
                        "region",
                        "volume_gib",
                        "additional_addresses",
                        "backups",
                        "ssh_key_ids",
                        "script_id",
                        "image");
    }

    @Test
    void acceptsValidBodiesAndAbsentOptionalFields() {
        assertThat(fields(VpsResource.NewVps.class, """
                        {"organization_id": "", "name": " web-1 ", "plan_id": "00000000-0000-4000-8000-000000000000", "region": "fra1",
                         "volume_gib": 10, "additional_addresses": 1, "backups": "daily", "ssh_key_ids": [], "image": null}
                        """)).isEmpty();
    }

    @Test
    void reportsOtherFieldsTogetherWithAMalformedOrganization() {
        var rest = "\"name\": \"\", \"email\": \"x\", \"role\": \"\"}";
        assertThat(fields(MembersResource.NewMember.class, "{" + rest)).isEmpty();
        assertThat(fields(MembersResource.NewMember.class, "{\"organization_id\": \"x\", " + rest))
                .containsExactlyInAnyOrder("organization_id", "name", "email", "role");
    }

    @Test
    void neverRepeatsARefusedKey() {
        var key = "-----BEGIN OPENSSH PRIVATE KEY-----";
        assertThat(errors(
                        SshKeysResource.NewSshKey.class,
                        "{\"name\": \"" + "x".repeat(81) + "\", \"public_key\": \"" + key + "\"}"))
                .containsExactly(new FieldError("name", "too_long", ""), new FieldError("public_key", "private", ""));
    }

    private static @Nullable JsonValue wrong(JsonObject property, boolean isRequired) {
        var type = property.getString("type");
        if (type.equals("array")) {
            return isRequired
                    ? JsonValue.EMPTY_JSON_ARRAY
                    : property.getJsonObject("items").containsKey("format")
                            ? Json.createArrayBuilder().add("x").build()
                            : null;
        }
        if (property.containsKey("minimum")) {
            return Json.createValue(property.getInt("minimum") - 1);
        }
        if (type.equals("boolean")) {
            return Json.createValue("x");
        }
        if (!type.equals("string")) {
            return null;
        }
        if (Stream.of("format", "enum", "pattern", "minLength").anyMatch(property::containsKey)) {
            return Json.createValue("-");
        }
        return property.containsKey("maxLength")
                ? Json.createValue("x".repeat(property.getInt("maxLength") + 1))
                : isRequired ? Json.createValue(" ") : null;
    }

    private static List<String> required(JsonObject schema) {
        return schema.containsKey("required")
                ? schema.getJsonArray("required").getValuesAs(JsonString::getString)
                : List.of();
    }

    /** Returns the schemas of the bodies of all operations. */
    private static Map<String, JsonObject> bodies() throws IOException {
        var whole = OpenApiResource.whole();
        var schemas = whole.getJsonObject("components").getJsonObject("schemas");
        return whole.getJsonObject("paths").values().stream()
                .flatMap(path -> path.asJsonObject().values().stream())
                .filter(operation -> operation instanceof JsonObject object && object.containsKey("requestBody"))
                .map(operation -> operation
                        .asJsonObject()
                        .getJsonObject("requestBody")
                        .getJsonObject("content")
                        .getJsonObject("application/json")
                        .getJsonObject("schema")
                        .getString("$ref"))
                .map(reference -> reference.substring(reference.lastIndexOf('/') + 1))
                .distinct()
                .collect(Collectors.toMap(Function.identity(), schemas::getJsonObject));
    }

    private static List<String> fields(Class<?> type, String body) {
        return errors(type, body).stream().map(FieldError::field).toList();
    }

    private static List<FieldError> errors(Class<?> type, String body) {
        var errors = new ArrayList<FieldError>();
        return JsonBody.errors(type, JsonBody.cleaned(body.getBytes(StandardCharsets.UTF_8), errors), errors);
    }
}
