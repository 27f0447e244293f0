package io.tenantry.cloud.provider.digitalocean;

import io.tenantry.cloud.provider.PublicKeys;
import io.tenantry.cloud.provider.ServerSpec;
import java.util.List;

/**
 * What a droplet starts with for the first time: keys and script. DigitalOcean takes them when the droplet is made, never afterwards, and does
 * not tell them; a tag keeps their digest, so that we know whether a wish still names the same.
 */
record UserData(List<String> fingerprints, String script) {
    static UserData of(ServerSpec serverSpec) {
        return new UserData(
                PublicKeys.fingerprints(serverSpec.keys()), serverSpec.script().orElse(""));
    }

    /** Of a-z, 0-9 and a hyphen. */
    String tag() {
        return "start-" + PublicKeys.digest(String.join("\n", fingerprints) + "\n\n" + script);
    }
}
