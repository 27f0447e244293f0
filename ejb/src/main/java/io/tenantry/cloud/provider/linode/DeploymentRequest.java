package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.ServerSpec;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * The common part of creating and rebuilding: image, keys, and what runs at the first start.
 *
 * <p>The script of a specification is one of two things. Only digits are the ID of a StackScript, as returned by {@link StackScripts}, and the
 * options are the answers to its questions. Anything else is user data for cloud-init ({@code #cloud-config} or a script that starts with
 * {@code #!}), for images and regions that support it; options are not used then. Linode has no field for the hostname: a script sets it.
 */
final class DeploymentRequest {
    private DeploymentRequest() {}

    static JsonObjectBuilder of(ServerSpec serverSpec) {
        // Linode requires a root password for every image. This one is never used: people log in with their keys, or
        // have the password reset.
        var body = Json.createObjectBuilder()
                .add("image", serverSpec.image())
                .add("root_pass", RootPasswordGenerator.random())
                .add("authorized_keys", Json.createArrayBuilder(serverSpec.keys()));
        serverSpec
                .script()
                .map(String::strip)
                .filter(script -> !script.isEmpty())
                .ifPresent(script -> {
                    if (LinodeIds.isOne(script)) {
                        body.add("stackscript_id", LinodeIds.number(script))
                                .add("stackscript_data", answers(serverSpec.options()));
                    } else {
                        body.add("metadata", Json.createObjectBuilder().add("user_data", base64(script)));
                    }
                });
        return body;
    }

    private static JsonObjectBuilder answers(Map<String, String> options) {
        var answers = Json.createObjectBuilder();
        options.forEach(answers::add);
        return answers;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
