package io.tenantry.cloud.provider.sandbox;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/** A root password: generated here, shown once, and stored only as a hash (PBKDF2). */
final class RootPassword {
    private static final String LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 20;
    private static final int LENGTH_MAX = 200;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final int ROUNDS = 60_000;
    private static final String BETWEEN = ":";
    private static final SecureRandom RANDOM = new SecureRandom();

    private RootPassword() {}

    static String make() {
        var all = new StringBuilder(LENGTH);
        for (var i = 0; i < LENGTH; i++) {
            all.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
        }
        return all.toString();
    }

    static String kept(String password) {
        var salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        var encoder = Base64.getEncoder();
        return encoder.encodeToString(salt) + BETWEEN + encoder.encodeToString(hash(password, salt));
    }

    static boolean matches(String kept, String password) {
        var at = kept.indexOf(BETWEEN);
        if (at < 0 || password.length() > LENGTH_MAX) {
            return false;
        }
        var decoder = Base64.getDecoder();
        return MessageDigest.isEqual(
                decoder.decode(kept.substring(at + 1)), hash(password, decoder.decode(kept.substring(0, at))));
    }

    private static byte[] hash(String password, byte[] salt) {
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(new PBEKeySpec(password.toCharArray(), salt, ROUNDS, HASH_BITS))
                    .getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
