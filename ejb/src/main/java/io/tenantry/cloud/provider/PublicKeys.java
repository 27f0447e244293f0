package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Public SSH keys, each a line as in authorized_keys: kind, key, and a remark that counts for nothing. */
public final class PublicKeys {
    private static final int DIGEST_BYTES = 16;

    private PublicKeys() {}

    /** MD5 of the key itself in pairs of hexadecimal digits, as {@code ssh-keygen -l -E md5} tells it; it names, and protects nothing. */
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

    /** Whether two lines are of one key. */
    public static boolean same(String line, String other) {
        return bare(line).equals(bare(other));
    }

    /** Of several keys, each once, in an order of their own. */
    public static List<String> fingerprints(List<String> lines) {
        return lines.stream().map(PublicKeys::fingerprint).distinct().sorted().toList();
    }

    /** Of all of several keys, whatever their order. */
    public static String digest(List<String> lines) {
        return digest(String.join("\n", fingerprints(lines)));
    }

    /** Of a text, such as of all keys that a server was made with: 32 hexadecimal digits, for vendors that keep short texts only. */
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
        return new ProviderFailure(Reason.INVALID, "a line that is no public SSH key");
    }
}
