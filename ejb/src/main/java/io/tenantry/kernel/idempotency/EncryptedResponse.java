package io.tenantry.kernel.idempotency;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A response stored so that only the client that repeats the request can read it, as responses may contain one-time links. It is encrypted with
 * the idempotency key itself, of which the database knows only a hash (AES-256-GCM).
 *
 * @param keyHash identifies the key of that person in that organization
 */
record EncryptedResponse(byte[] keyHash, byte[] secret) {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    /** Returns the storage of that person's key in that organization. */
    static EncryptedResponse of(UUID personId, RequestKey key) {
        var place = key.organization().map(UUID::toString).orElse("");
        var whole = personId + "\n" + place + "\n" + key.key();
        return new EncryptedResponse(sha256("name\n" + whole), sha256("seal\n" + whole));
    }

    byte[] seal(String answer) {
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        var sealed = cipher(Cipher.ENCRYPT_MODE, nonce, answer.getBytes(StandardCharsets.UTF_8));
        var both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
        System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
        return both;
    }

    String open(byte[] kept) {
        var nonce = Arrays.copyOf(kept, NONCE_BYTES);
        var sealed = Arrays.copyOfRange(kept, NONCE_BYTES, kept.length);
        return new String(cipher(Cipher.DECRYPT_MODE, nonce, sealed), StandardCharsets.UTF_8);
    }

    static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private byte[] cipher(int mode, byte[] nonce, byte[] content) {
        try {
            var cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(secret, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(content);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a response stored under an idempotency key cannot be decrypted", broken);
        }
    }
}
