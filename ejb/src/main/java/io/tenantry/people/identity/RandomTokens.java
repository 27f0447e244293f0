package io.tenantry.people.identity;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/**
 * Secrets for machines: 256 random bits as text, stored as their SHA-256 (no salt and no slow hash needed, since 256 bits cannot be guessed).
 */
public final class RandomTokens {
    private static final int SECRET_BYTES = 32;
    /** Without vowels and look-alikes, so that a prefix neither spells words nor misleads. */
    private static final String PREFIX_ALPHABET = "bcdfghjkmnpqrstvwxz23456789";

    private static final SecureRandom RANDOM = new SecureRandom();

    private RandomTokens() {}

    /** Returns a new secret of 43 characters that fit in a URL. */
    public static String secret() {
        var bytes = new byte[SECRET_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Returns a new public prefix of the given length: random, but not secret. */
    static String prefix(int length) {
        var text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append(PREFIX_ALPHABET.charAt(RANDOM.nextInt(PREFIX_ALPHABET.length())));
        }
        return text.toString();
    }

    public static byte[] sha256(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Whether the hash is that of the secret, compared in constant time. */
    static boolean matches(String secret, byte[] hash) {
        return MessageDigest.isEqual(sha256(secret), hash);
    }
}
