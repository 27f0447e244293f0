package io.tenantry.kernel.secret;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM and opens them again, and signs texts with HMAC-SHA-256. A secret is bound to its <em>place</em> (its owner
 * and purpose): copied into another row or another tenant's schema, it does not open.
 */
public final class Vault {
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final KeyRing keyRing;

    private Vault(KeyRing keyRing) {
        this.keyRing = keyRing;
    }

    /**
     * Creates a vault with the keys of these lines of a file, the current one first.
     *
     * @throws IllegalArgumentException stating which line is wrong and why, but not its content
     */
    public static Vault of(List<String> lines) {
        return new Vault(KeyRing.read(lines));
    }

    /** Whether there is a key to seal with; without one no secret can be stored. */
    public boolean isReady() {
        return !keyRing.all().isEmpty();
    }

    /**
     * Seals a secret.
     *
     * @param place the same when it is opened, such as {@code tenant/provider-account/id}
     * @throws VaultException if the installation has no key
     */
    public EncryptedSecret seal(String secret, String place) {
        if (!isReady()) {
            throw new VaultException("there is no key to seal secrets with: set tenantry.secret.keys-file");
        }
        var key = keyRing.all().get(0);
        var nonce = new byte[NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        try {
            var sealed =
                    cipher(Cipher.ENCRYPT_MODE, key, nonce, place).doFinal(secret.getBytes(StandardCharsets.UTF_8));
            var both = Arrays.copyOf(nonce, NONCE_BYTES + sealed.length);
            System.arraycopy(sealed, 0, both, NONCE_BYTES, sealed.length);
            return new EncryptedSecret(key.id(), both);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Opens a secret.
     *
     * @throws VaultException if its key is missing, or if it was sealed for another place or changed
     */
    public String open(EncryptedSecret encryptedSecret, String place) {
        var key = keyRing.all().stream()
                .filter(one -> one.id().equals(encryptedSecret.keyId()))
                .findFirst()
                .orElseThrow(() ->
                        new VaultException("key " + encryptedSecret.keyId() + " is not in tenantry.secret.keys-file"));
        if (encryptedSecret.content().length < NONCE_BYTES) {
            throw new VaultException("a secret of " + place + " is too short");
        }
        var nonce = Arrays.copyOf(encryptedSecret.content(), NONCE_BYTES);
        try {
            var open = cipher(Cipher.DECRYPT_MODE, key, nonce, place)
                    .doFinal(encryptedSecret.content(), NONCE_BYTES, encryptedSecret.content().length - NONCE_BYTES);
            return new String(open, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException broken) {
            throw new VaultException(
                    "a secret of " + place + " cannot be decrypted with key " + encryptedSecret.keyId(), broken);
        }
    }

    /** Returns the name of the current key; empty if there is no key at all. */
    public Optional<String> current() {
        return keyRing.all().stream().findFirst().map(KeyRing.Key::id);
    }

    /** Whether it was sealed by the current key; if not, it should be re-encrypted. */
    public boolean isCurrent(EncryptedSecret encryptedSecret) {
        return isReady() && keyRing.all().get(0).id().equals(encryptedSecret.keyId());
    }

    /**
     * Signs a text; empty if there is no key.
     *
     * @param purpose what it is signed for; the signature is invalid for any other purpose
     */
    public Optional<Signature> sign(String purpose, String text) {
        return keyRing.all().stream().findFirst().map(key -> new Signature(key.id(), mac(key, purpose, text)));
    }

    /** Whether the key of that name exists. */
    public boolean has(String keyId) {
        return keyRing.all().stream().anyMatch(key -> key.id().equals(keyId));
    }

    /** Whether the signature is valid for that text; not if the text was changed or the key is missing. */
    public boolean isSigned(Signature signature, String purpose, String text) {
        return keyRing.all().stream()
                .filter(key -> key.id().equals(signature.keyId()))
                .anyMatch(key -> MessageDigest.isEqual(mac(key, purpose, text), signature.mac()));
    }

    /** Uses a derived key: the encryption key itself signs nothing. */
    private static byte[] mac(KeyRing.Key key, String purpose, String text) {
        return hmac(hmac(key.bytes(), "tenantry signature: " + purpose), text);
    }

    private static byte[] hmac(byte[] key, String text) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Cipher cipher(int mode, KeyRing.Key key, byte[] nonce, String place)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(place.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
