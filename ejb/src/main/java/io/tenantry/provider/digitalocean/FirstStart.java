package io.tenantry.provider.digitalocean;

import io.tenantry.provider.Wish;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * What a droplet starts with for the first time: keys and script. DigitalOcean takes them when the droplet is made, never afterwards, and does
 * not tell them; a tag keeps their digest, so that we know whether a wish still names the same.
 */
record FirstStart(List<String> fingerprints, String script) {
    private static final int DIGEST_BYTES = 16;

    static FirstStart of(Wish wish) {
        return new FirstStart(
                wish.keys().stream().map(Keys::fingerprint).distinct().sorted().toList(),
                wish.script().orElse(""));
    }

    /** Of a-z, 0-9 and a hyphen. */
    String tag() {
        var text = String.join("\n", fingerprints) + "\n\n" + script;
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "start-" + HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
