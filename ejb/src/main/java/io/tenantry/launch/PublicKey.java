package io.tenantry.launch;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECFieldFp;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A public SSH key: what of a typed line is the key, and nothing else.
 *
 * @param line kind and key as in authorized_keys, without anything before or behind
 * @param fingerprint SHA-256, as {@code ssh-keygen -l} tells it
 * @param comment what stood behind the key: often who made it, and where
 */
public record PublicKey(String line, String fingerprint, String comment) {
    private static final String ED25519 = "ssh-ed25519";
    private static final int ED25519_BYTES = 32;
    private static final Set<String> KINDS =
            Set.of(ED25519, "ssh-rsa", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521");
    private static final Pattern KIND = Pattern.compile("(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+");

    /** Heads of files with the private half, and how the body of OpenSSH's begins. */
    private static final Pattern PRIVATE =
            Pattern.compile("PRIVATE KEY|PuTTY-User-Key-File|b3BlbnNzaC1rZXktdj", Pattern.CASE_INSENSITIVE);

    private static final int TEXT_MAX = 8_000;
    private static final int RSA_BITS_MIN = 2_048;
    private static final int RSA_BITS_MAX = 16_384;
    private static final int RSA_EXPONENT_BITS_MAX = 64;

    /** Why a text is not taken. */
    public enum Fault {
        /** It has the private half, which is nobody's but the person's. */
        PRIVATE,
        /** Something stands before the key that would decide what may be done with it. */
        OPTIONS,
        /** There are several lines. */
        SEVERAL,
        /** It is a key of a kind that we do not take. */
        KIND,
        /** It is too short to be safe. */
        WEAK,
        /** It is no key, or not a whole one. */
        BROKEN
    }

    /** What came of reading a text. */
    public sealed interface Reading {
        /** There is a key. */
        record Read(PublicKey key) implements Reading {}

        /** There is none that we take. */
        record Refused(Fault fault) implements Reading {}
    }

    /** Reads what somebody typed or pasted: one key as in authorized_keys or in a file that ends in .pub. */
    public static Reading read(String typed) {
        var text = typed.strip();
        if (PRIVATE.matcher(text).find()) {
            return new Reading.Refused(Fault.PRIVATE);
        }
        if (text.lines().filter(line -> !line.isBlank()).count() > 1) {
            return new Reading.Refused(Fault.SEVERAL);
        }
        var parts = text.split("[ \\t]+", 3);
        if (!KINDS.contains(parts[0])) {
            return new Reading.Refused(otherFault(text, parts[0]));
        }
        if (parts.length < 2 || text.length() > TEXT_MAX) {
            return new Reading.Refused(Fault.BROKEN);
        }
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(parts[1]);
        } catch (IllegalArgumentException noBase64) {
            return new Reading.Refused(Fault.BROKEN);
        }
        return fault(parts[0], blob)
                .<Reading>map(Reading.Refused::new)
                .orElseGet(() -> new Reading.Read(of(parts[0], blob, parts.length > 2 ? parts[2] : "")));
    }

    private static PublicKey of(String kind, byte[] blob, String comment) {
        return new PublicKey(
                kind + " " + Base64.getEncoder().encodeToString(blob),
                fingerprint(blob),
                comment.replaceAll("\\p{Cntrl}", " ").strip());
    }

    private static Fault otherFault(String text, String first) {
        if (KIND.matcher(first).matches()) {
            return Fault.KIND;
        }
        var isBehind = Arrays.stream(text.split("\\s+", -1))
                .skip(1)
                .anyMatch(part -> KIND.matcher(part).matches());
        return isBehind ? Fault.OPTIONS : Fault.BROKEN;
    }

    /** Somebody may have made the bytes on purpose: whatever the library stumbles over is no key. */
    private static Optional<Fault> fault(String kind, byte[] blob) {
        var buffer = new ByteArrayBuffer(blob);
        try {
            if (kind.equals(ED25519)) {
                var isOne = buffer.getString(StandardCharsets.UTF_8).equals(kind)
                        && buffer.getBytes().length == ED25519_BYTES
                        && buffer.available() == 0;
                return isOne ? Optional.empty() : Optional.of(Fault.BROKEN);
            }
            var key = buffer.getRawPublicKey();
            var again = new ByteArrayBuffer();
            again.putRawPublicKey(key);
            if (!kind.equals(KeyUtils.getKeyType(key)) || !Arrays.equals(blob, again.getCompactData())) {
                return Optional.of(Fault.BROKEN);
            }
            if (key instanceof RSAPublicKey rsa) {
                return fault(rsa);
            }
            return key instanceof ECPublicKey curve && isOnCurve(curve) ? Optional.empty() : Optional.of(Fault.BROKEN);
        } catch (IOException | RuntimeException broken) {
            return Optional.of(Fault.BROKEN);
        }
    }

    private static Optional<Fault> fault(RSAPublicKey key) {
        var exponent = key.getPublicExponent();
        var isSound = exponent.testBit(0)
                && exponent.bitLength() > 1
                && exponent.bitLength() <= RSA_EXPONENT_BITS_MAX
                && key.getModulus().testBit(0)
                && key.getModulus().signum() > 0
                && key.getModulus().bitLength() <= RSA_BITS_MAX;
        if (!isSound) {
            return Optional.of(Fault.BROKEN);
        }
        return key.getModulus().bitLength() < RSA_BITS_MIN ? Optional.of(Fault.WEAK) : Optional.empty();
    }

    /** The JDK takes any two numbers; a point that is none would only be found by whoever cannot sign in. */
    private static boolean isOnCurve(ECPublicKey key) {
        var curve = key.getParams().getCurve();
        if (!(curve.getField() instanceof ECFieldFp field)) {
            return false;
        }
        var prime = field.getP();
        var x = key.getW().getAffineX();
        var y = key.getW().getAffineY();
        var right = x.modPow(BigInteger.valueOf(3), prime)
                .add(curve.getA().multiply(x))
                .add(curve.getB())
                .mod(prime);
        return x.compareTo(prime) < 0
                && y.compareTo(prime) < 0
                && y.modPow(BigInteger.TWO, prime).equals(right);
    }

    private static String fingerprint(byte[] blob) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(blob);
            return "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
