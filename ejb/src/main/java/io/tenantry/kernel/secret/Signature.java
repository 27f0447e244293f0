package io.tenantry.kernel.secret;

import java.util.HexFormat;

/**
 * Shows that a text is as it was, to those who have the key.
 *
 * @param keyId the key's name
 * @param mac 32 bytes
 */
public record Signature(String keyId, byte[] mac) {
    /** In hexadecimal. */
    public String hex() {
        return HexFormat.of().formatHex(mac);
    }

    @Override
    public String toString() {
        return "Signature[" + keyId + "]";
    }
}
