package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.PublicKeys;
import io.tenantry.cloud.provider.ServerSpec;
import java.util.List;

/**
 * The keys and the script of a droplet's first start. DigitalOcean accepts them only when the droplet is created, and does not report them; a
 * tag contains their digest, so that a later specification can be compared.
 */
record UserData(List<String> fingerprints, String script) {
    static UserData of(ServerSpec serverSpec) {
        return new UserData(
                PublicKeys.fingerprints(serverSpec.keys()), serverSpec.script().orElse(""));
    }

    /** Returns a tag of a-z, 0-9 and a hyphen. */
    String tag() {
        return "start-" + PublicKeys.digest(String.join("\n", fingerprints) + "\n\n" + script);
    }
}
