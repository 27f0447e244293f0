package io.tenantry.provider.digitalocean;

import io.tenantry.provider.PublicKeys;
import io.tenantry.provider.Wish;
import java.util.List;

/**
 * What a droplet starts with for the first time: keys and script. DigitalOcean takes them when the droplet is made, never afterwards, and does
 * not tell them; a tag keeps their digest, so that we know whether a wish still names the same.
 */
record FirstStart(List<String> fingerprints, String script) {
    static FirstStart of(Wish wish) {
        return new FirstStart(
                PublicKeys.fingerprints(wish.keys()), wish.script().orElse(""));
    }

    /** Of a-z, 0-9 and a hyphen. */
    String tag() {
        return "start-" + PublicKeys.digest(String.join("\n", fingerprints) + "\n\n" + script);
    }
}
