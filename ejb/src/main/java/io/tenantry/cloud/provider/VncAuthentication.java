package io.tenantry.cloud.provider;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * The only authentication of RFB (RFC 6143, 7.2.2): a sixteen-byte challenge, encrypted by DES with the password as the key. It is weak, but
 * providers' screens offer nothing better, and the password is valid only as long as the screen is shown.
 */
public final class VncAuthentication {
    /** Length of the challenge and of the response. */
    public static final int CHALLENGE_BYTES = 16;

    private static final int KEY_BYTES = 8;
    private static final int LEFT = Integer.SIZE - Byte.SIZE;

    private VncAuthentication() {}

    /** Returns the response to a challenge; only the first eight bytes of the password count. */
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

    /** The bits of each byte are reversed, as in the first implementation and all since. */
    private static byte[] key(String password) {
        var key = Arrays.copyOf(password.getBytes(StandardCharsets.ISO_8859_1), KEY_BYTES);
        for (var i = 0; i < key.length; i++) {
            key[i] = (byte) (Integer.reverse(key[i]) >>> LEFT);
        }
        return key;
    }
}
