package io.tenantry.cloud.provider.sandbox;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/** The host key of a server: created once, stored as text, the private key before the public one. */
final class HostKey {
    private static final String KIND = "EC";
    private static final String CURVE = "secp256r1";
    private static final String BETWEEN = ":";

    private HostKey() {}

    /** Creates a key pair. */
    static String make() {
        try {
            var generator = KeyPairGenerator.getInstance(KIND);
            generator.initialize(new ECGenParameterSpec(CURVE));
            var pair = generator.generateKeyPair();
            var encoder = Base64.getEncoder();
            return encoder.encodeToString(pair.getPrivate().getEncoded())
                    + BETWEEN
                    + encoder.encodeToString(pair.getPublic().getEncoded());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static KeyPair read(String text) {
        try {
            var at = text.indexOf(BETWEEN);
            var decoder = Base64.getDecoder();
            var factory = KeyFactory.getInstance(KIND);
            return new KeyPair(
                    factory.generatePublic(new X509EncodedKeySpec(decoder.decode(text.substring(at + 1)))),
                    factory.generatePrivate(new PKCS8EncodedKeySpec(decoder.decode(text.substring(0, at)))));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("a host key cannot be read", broken);
        }
    }
}
