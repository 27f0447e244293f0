package io.tenantry.cloud.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The only proof that RFB knows (RFC 6143, 7.2.2): sixteen bytes, encrypted by DES with the password as the key. It is as weak as it looks; a
 * vendor's screen offers nothing better, and what the password is good for ends with the screen.
 */
public final class VncAuthentication {
    /** So long is what is to be encrypted, and the answer. */
    public static final int CHALLENGE_BYTES = 16;

    private static final int KEY_BYTES = 8;
    private static final int LEFT = Integer.SIZE - Byte.SIZE;

    private VncAuthentication() {}

    /** The right answer to a challenge; of the password only the first eight bytes count. */
    @SuppressWarnings("InsecureCryptoUsage") // The protocol has no other.
    public static byte[] answer(byte[] challenge, String password) {
        try {
            var cipher = Cipher.getInstance("DES/ECB/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key(password), "DES"));
            return cipher.doFinal(challenge);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The first bit of each byte is the last one here: so did the first to write it, and everybody since. */
    private static byte[] key(String password) {
        var key = Arrays.copyOf(password.getBytes(StandardCharsets.ISO_8859_1), KEY_BYTES);
        for (var i = 0; i < key.length; i++) {
            key[i] = (byte) (Integer.reverse(key[i]) >>> LEFT);
        }
        return key;
    }
}
