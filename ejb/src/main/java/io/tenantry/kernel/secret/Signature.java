package io.tenantry.kernel.secret;

import java.util.HexFormat;

/**
 * Proves to holders of the key that a text is unchanged.
 *
 * @param keyId the key's name
 * @param mac 32 bytes
 */
public record Signature(String keyId, byte[] mac) {
    /** Returns the signature in hexadecimal. */
    public String hex() {
        return HexFormat.of().formatHex(mac);
    }

    @Override
    public String toString() {
        return "Signature[" + keyId + "]";
    }
}
