package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.JsonFields;
import io.tenantry.cloud.provider.ProviderHttp;
import io.tenantry.cloud.provider.ProviderScripts.Question;
import io.tenantry.cloud.provider.ProviderScripts.Script;
import jakarta.json.Json;
import jakarta.json.JsonString;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Linode's scripts for the first start, those of the account only; the thousands published by others are omitted. A specification refers to one
 * by its ID and answers its questions in its options; all other cases are described at {@link DeploymentRequest}.
 */
record StackScripts(ProviderHttp api) {
    private static final String EVERY_IMAGE = "any/all";

    List<Script> mine() {
        var mine = Json.createObjectBuilder().add("mine", true).build();
        return LinodePaging.all(api, "/linode/stackscripts", mine).stream()
                .map(StackScripts::script)
                .toList();
    }

    /** Without images, it is suitable for every image. */
    private static Script script(JsonFields script) {
        var images = script.texts("images");
        return new Script(
                script.text("id"),
                script.text("label"),
                script.maybeText("description").orElse(""),
                images.contains(EVERY_IMAGE) ? List.of() : images,
                script.each("user_defined_fields").stream()
                        .map(StackScripts::question)
                        .toList());
    }

    private static Question question(JsonFields field) {
        var several = field.maybeText("manyOf");
        var choices = several.or(() -> field.maybeText("oneOf"))
                .map(text ->
                        Arrays.stream(text.split(",", -1)).map(String::strip).toList())
                .orElse(List.of());
        return new Question(
                field.text("name"),
                field.maybeText("label").orElse(""),
                field.maybeText("example").orElse(""),
                choices,
                several.isPresent(),
                byDefault(field));
    }

    /** An empty string is a default as well: the question need not be answered. */
    private static Optional<String> byDefault(JsonFields field) {
        return field.object().get("default") instanceof JsonString text
                ? Optional.of(text.getString())
                : field.maybeText("default");
    }
}
