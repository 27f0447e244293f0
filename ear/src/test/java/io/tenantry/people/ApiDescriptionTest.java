package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.tenantry.web.problem.Problem;
import jakarta.json.bind.annotation.JsonbProperty;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The API's description and its resources agree: neither can be changed without the other. */
class ApiDescriptionTest {
    private static final String API = "io.tenantry.web.api";
    private static final Set<String> METHODS = Set.of("get", "put", "post", "delete", "patch", "head", "options");

    private final JsonObject description = description();

    @Test
    void describesExactlyServedPathsAndMethods() {
        assertThat(described()).isEqualTo(served());
    }

    @Test
    void describesFieldsOfEveryRecord() {
        var schemas = description.getAsJsonObject("components").getAsJsonObject("schemas");
        var records = records().toList();
        assertThat(records).hasSizeGreaterThan(10);
        for (var record : records) {
            var schema = schemas.getAsJsonObject(record.getSimpleName());
            assertThat(schema).as(record.getName()).isNotNull();
            assertThat(schema.getAsJsonObject("properties").keySet())
                    .as(record.getName())
                    .isEqualTo(Arrays.stream(record.getRecordComponents())
                            .map(ApiDescriptionTest::property)
                            .collect(Collectors.toSet()));
        }
    }

    @Test
    void allReferencesResolve() {
        references(description)
                .forEach(
                        reference -> assertThat(target(reference)).as(reference).isNotNull());
    }

    @Test
    void describesRateLimitOfEachMethod() {
        operations()
                .forEach(operation -> assertThat(
                                operation.getAsJsonObject("responses").keySet())
                        .contains("429"));
    }

    private Set<String> described() {
        var found = new TreeSet<String>();
        for (var path : description.getAsJsonObject("paths").entrySet()) {
            for (var method : path.getValue().getAsJsonObject().keySet()) {
                assertThat(METHODS).contains(method);
                found.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
            }
        }
        return found;
    }

    private static Set<String> served() {
        var found = new TreeSet<String>();
        for (var resource :
                classes().filter(it -> it.isAnnotationPresent(Path.class)).toList()) {
            for (var method : resource.getDeclaredMethods()) {
                httpMethod(method).forEach(verb -> found.add(verb + " " + path(resource, method)));
            }
        }
        return found;
    }

    private static Stream<String> httpMethod(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .filter(Objects::nonNull)
                .map(HttpMethod::value);
    }

    private static String path(Class<?> resource, Method method) {
        var below = method.getAnnotation(Path.class);
        var whole = resource.getAnnotation(Path.class).value() + "/" + (below == null ? "" : below.value());
        return ("/" + whole).replaceAll("/+", "/").replaceAll("(?<=.)/$", "");
    }

    /** The transferred types: records within resources, without the general part of a list and problems. */
    private static Stream<Class<?>> records() {
        return Stream.concat(
                classes().filter(it -> it.isRecord() && !it.getSimpleName().equals("Page")),
                Stream.of(Problem.class, Problem.FieldError.class));
    }

    private static Stream<Class<?>> classes() {
        return new ClassFileImporter().importPackages(API).stream().map(JavaClass::reflect);
    }

    private Stream<JsonObject> operations() {
        return description.getAsJsonObject("paths").entrySet().stream()
                .flatMap(path -> path.getValue().getAsJsonObject().entrySet().stream())
                .map(operation -> operation.getValue().getAsJsonObject());
    }

    private static List<String> references(JsonElement element) {
        if (element.isJsonArray()) {
            return element.getAsJsonArray().asList().stream()
                    .flatMap(it -> references(it).stream())
                    .toList();
        }
        if (!element.isJsonObject()) {
            return List.of();
        }
        return element.getAsJsonObject().entrySet().stream()
                .flatMap(it -> it.getKey().equals("$ref")
                        ? Stream.of(it.getValue().getAsString())
                        : references(it.getValue()).stream())
                .toList();
    }

    private JsonElement target(String reference) {
        JsonElement found = description;
        for (var step : reference.substring(2).split("/", -1)) {
            found = found.getAsJsonObject().get(step);
        }
        return found;
    }

    /** Its name over the wire; one that is a word of Java says so. */
    private static String property(RecordComponent component) {
        var named = component.getAccessor().getAnnotation(JsonbProperty.class);
        return named == null ? snakeCase(component.getName()) : named.value();
    }

    private static String snakeCase(String name) {
        return name.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }

    private static JsonObject description() {
        try (var text = Objects.requireNonNull(
                ApiDescriptionTest.class.getClassLoader().getResourceAsStream("io/tenantry/web/api/openapi.json"))) {
            return JsonParser.parseReader(new InputStreamReader(text, StandardCharsets.UTF_8))
                    .getAsJsonObject();
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
