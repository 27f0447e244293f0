package io.tenantry.cloud.provider.linode;

import io.tenantry.cloud.provider.ServerSpec;
import jakarta.json.Json;
import jakarta.json.JsonObjectBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * What creating and rebuilding say alike: the system, who may enter, and what runs at the first start.
 *
 * <p>A wish's script is one of two things. Digits only are the number of a StackScript, as {@link StackScripts} tells it, and the wish's
 * options are the answers to its questions. All else is user data for cloud-init ({@code #cloud-config} or a script that begins with
 * {@code #!}), for images and regions that know it; options are not used then. Linode has no field for the hostname: a script sets it.
 */
final class DeploymentRequest {
    private DeploymentRequest() {}

    static JsonObjectBuilder of(ServerSpec serverSpec) {
        // Linode insists on a root password for every image. Nobody needs this one: people enter by their keys, or have
        // another one made.
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
