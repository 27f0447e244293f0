package io.tenantry.kernel.secret;

import java.util.Base64;

/**
 * A secret that can be kept: {@code v1.<key>.<nonce and sealed bytes in Base64>}.
 *
 * @param keyId which key opens it
 * @param content nonce, sealed text and tag
 */
public record EncryptedSecret(String keyId, byte[] content) {
    private static final String VERSION = "v1";
    private static final int PARTS = 3;

    /**
     * Reads what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is something else; the message does not repeat it
     */
    public static EncryptedSecret parse(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw new IllegalArgumentException("not a sealed secret");
        }
        try {
            return new EncryptedSecret(parts[1], Base64.getDecoder().decode(parts[2]));
        } catch (IllegalArgumentException noBase64) {
            throw new IllegalArgumentException("not a sealed secret", noBase64);
        }
    }

    /** For a column of type text. */
    public String text() {
        return VERSION + "." + keyId + "." + Base64.getEncoder().encodeToString(content);
    }

    @Override
    public String toString() {
        return "Sealed[" + keyId + "]";
    }
}
