package io.tenantry.cloud.provider.sandbox;

import java.security.PublicKey;
import java.util.Base64;
import java.util.List;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/** Public keys as lines of authorized_keys. Two are the same if their encoded keys are. */
final class PublicKeys {
    private static final int BYTES_MIN = 32;

    private PublicKeys() {}

    /** Returns the key part of a line; empty if there is none. Options before the key are ignored. */
    static String blob(String line) {
        var parts = line.strip().split("\\s+", 3);
        if (parts.length < 2 || !parts[0].matches("(ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+")) {
            return "";
        }
        try {
            return Base64.getDecoder().decode(parts[1]).length < BYTES_MIN ? "" : parts[1];
        } catch (IllegalArgumentException noKey) {
            return "";
        }
    }

    static boolean contains(List<String> lines, PublicKey key) {
        var buffer = new ByteArrayBuffer();
        buffer.putRawPublicKey(key);
        var blob = Base64.getEncoder().encodeToString(buffer.getCompactData());
        return lines.stream().anyMatch(line -> blob(line).equals(blob));
    }
}
