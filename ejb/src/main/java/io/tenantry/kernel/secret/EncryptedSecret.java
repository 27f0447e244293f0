package io.tenantry.kernel.secret;

import java.util.Base64;

/**
 * An encrypted secret that can be stored: {@code v1.<key>.<nonce and sealed bytes in Base64>}.
 *
 * @param keyId the key that opens it
 * @param content nonce, sealed text and tag
 */
public record EncryptedSecret(String keyId, byte[] content) {
    private static final String VERSION = "v1";
    private static final int PARTS = 3;

    /**
     * Parses what {@link #text} wrote.
     *
     * @throws IllegalArgumentException if it is malformed; the message does not repeat it
     */
    public static EncryptedSecret parse(String text) {
        var parts = text.split("\\.", -1);
        if (parts.length != PARTS || !parts[0].equals(VERSION)) {
            throw new IllegalArgumentException("not an encrypted secret");
        }
        try {
            return new EncryptedSecret(parts[1], Base64.getDecoder().decode(parts[2]));
        } catch (IllegalArgumentException noBase64) {
            throw new IllegalArgumentException("not an encrypted secret", noBase64);
        }
    }

    /** Returns the encoded form, for a column of type text. */
    public String text() {
        return VERSION + "." + keyId + "." + Base64.getEncoder().encodeToString(content);
    }

    @Override
    public String toString() {
        return "Sealed[" + keyId + "]";
    }
}
