package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Functions on public SSH keys, each a line as in authorized_keys: type, key, and a comment that is ignored. */
public final class PublicKeys {
    private static final int DIGEST_BYTES = 16;

    private PublicKeys() {}

    /**
     * Returns the MD5 fingerprint of the key in pairs of hexadecimal digits, as in {@code ssh-keygen -l -E md5}; it identifies the key and
     * protects nothing.
     */
    public static String fingerprint(String line) {
        try {
            var blob = Arrays.stream(line.strip().split("\\s+", -1))
                    .filter(part -> part.startsWith("AAAA"))
                    .findFirst()
                    .orElseThrow(PublicKeys::noKey);
            return HexFormat.ofDelimiter(":")
                    .formatHex(hash("MD5", Base64.getDecoder().decode(blob)));
        } catch (IllegalArgumentException notBase64) {
            throw noKey();
        }
    }

    /** Whether two lines contain the same key. */
    public static boolean same(String line, String other) {
        return bare(line).equals(bare(other));
    }

    /** Returns the fingerprints of several keys, sorted and without duplicates. */
    public static List<String> fingerprints(List<String> lines) {
        return lines.stream().map(PublicKeys::fingerprint).distinct().sorted().toList();
    }

    /** Returns a digest of several keys that is independent of their order. */
    public static String digest(List<String> lines) {
        return digest(String.join("\n", fingerprints(lines)));
    }

    /**
     * Returns a digest of a text, such as all keys that a server was created with: 32 hexadecimal digits, for providers that store short texts
     * only.
     */
    public static String digest(String text) {
        var digest = hash("SHA-256", text.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(Arrays.copyOf(digest, DIGEST_BYTES));
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + algorithm, e);
        }
    }

    private static String bare(String line) {
        var parts = line.strip().split("\\s+", 3);
        return parts.length < 2 ? line.strip() : parts[0] + " " + parts[1];
    }

    private static ProviderFailure noKey() {
        return new ProviderFailure(Reason.INVALID, "not a public SSH key");
    }
}
