package io.tenantry.kernel.ssh;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;

/** Ed25519 key pairs: as text that can be sealed, and in their public forms. */
public final class SshKeyPair {
    private static final String KIND = "Ed25519";
    private static final String BETWEEN = ":";

    static {
        Ed25519.use();
    }

    private SshKeyPair() {}

    /** Generates a new key pair. */
    public static KeyPair make() {
        try {
            return KeyPairGenerator.getInstance(KIND).generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Returns the public key as a line of authorized_keys. */
    public static String line(KeyPair pair, String comment) {
        return PublicKeyEntry.toString(pair.getPublic()) + " " + comment;
    }

    /** Returns the fingerprint as OpenSSH shows it: {@code SHA256:...}. */
    public static String fingerprint(PublicKey key) {
        return KeyUtils.getFingerPrint(key);
    }

    /** Encodes both keys, the private one first; the result must be sealed. */
    public static String write(KeyPair pair) {
        var encoder = Base64.getEncoder();
        return encoder.encodeToString(pair.getPrivate().getEncoded())
                + BETWEEN
                + encoder.encodeToString(pair.getPublic().getEncoded());
    }

    /** Decodes what {@link #write} wrote. */
    public static KeyPair read(String text) {
        try {
            var at = text.indexOf(BETWEEN);
            var decoder = Base64.getDecoder();
            var factory = KeyFactory.getInstance(KIND);
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(decoder.decode(text.substring(at + 1)))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(text.substring(0, at)))));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a key pair cannot be read", broken);
        }
    }
}
