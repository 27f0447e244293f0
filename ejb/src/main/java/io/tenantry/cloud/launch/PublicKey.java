package io.tenantry.cloud.launch;

import io.tenantry.text.InputText;
import io.tenantry.text.UnacceptableText;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * A public SSH key parsed from user input.
 *
 * @param line type and key as in authorized_keys, without options and comment
 * @param fingerprint SHA-256, in the format of {@code ssh-keygen -l}
 * @param comment the text after the key, which often names its creator and machine
 */
public record PublicKey(String line, String fingerprint, String comment) {
    private static final String ED25519 = "ssh-ed25519";
    private static final int ED25519_BYTES = 32;
    private static final String NISTP256 = "ecdsa-sha2-nistp256";
    private static final String SK_ED25519 = "sk-ssh-ed25519@openssh.com";
    private static final String SK_NISTP256 = "sk-ecdsa-sha2-nistp256@openssh.com";
    private static final Set<String> KINDS =
            Set.of(ED25519, "ssh-rsa", NISTP256, "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521", SK_ED25519, SK_NISTP256);
    private static final Pattern KIND = Pattern.compile("(?:ssh|ecdsa|sk-ssh|sk-ecdsa)-[a-z0-9@.-]+");

    /** Header lines of files with a private key, and the beginning of OpenSSH's body. */
    private static final Pattern PRIVATE =
            Pattern.compile("PRIVATE KEY|PuTTY-User-Key-File|b3BlbnNzaC1rZXktdj", Pattern.CASE_INSENSITIVE);

    private static final Pattern CERTIFICATE =
            Pattern.compile("BEGIN (?:TRUSTED )?CERTIFICATE|^[a-z0-9-]+-cert-v0[01]@openssh\\.com\\b");

    private static final int TEXT_MAX = 8_000;
    private static final int RSA_BITS_MIN = 2_048;
    private static final int RSA_BITS_MAX = 16_384;
    private static final int RSA_EXPONENT_BITS_MAX = 64;

    /** Why a text is refused. */
    public enum Fault {
        /** It contains the private key, which must remain with its owner. */
        PRIVATE,
        /** It has options before the key that would restrict or extend its use. */
        OPTIONS,
        /** It has several lines. */
        MULTIPLE,
        /** The type of key is not supported. */
        KIND,
        /** It is a certificate, which a server trusts by its authority and not on its own. */
        CERTIFICATE,
        /** It is an OpenPGP key, or some other content in the same kind of envelope. */
        FOREIGN,
        /** It is too short to be secure. */
        WEAK,
        /** It is not a key, or incomplete. */
        BROKEN
    }

    /** The result of parsing a text. */
    public sealed interface ParseResult {
        /** A key. */
        record Read(PublicKey key) implements ParseResult {}

        /** No supported key. */
        record Refused(Fault fault) implements ParseResult {}
    }

    /**
     * Parses typed or pasted text: one key as in authorized_keys or a .pub file, also if a terminal has wrapped its line, or in the formats of
     * other programs (RFC 4716, PEM).
     */
    public static ParseResult read(String typed) {
        String text;
        List<String> lines;
        try {
            text = InputText.lines(typed);
            lines = text.lines()
                    .map(InputText::line)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (UnacceptableText refused) {
            return new ParseResult.Refused(Fault.BROKEN);
        }
        if (PRIVATE.matcher(text).find()) {
            return new ParseResult.Refused(Fault.PRIVATE);
        }
        if (CERTIFICATE.matcher(text).find()) {
            return new ParseResult.Refused(Fault.CERTIFICATE);
        }
        if (WrappedKey.isWrapped(text)) {
            return text.length() > TEXT_MAX
                    ? new ParseResult.Refused(Fault.BROKEN)
                    : WrappedKey.line(text)
                            .map(PublicKey::readLine)
                            .orElseGet(() -> new ParseResult.Refused(Fault.FOREIGN));
        }
        return lines.size() <= 1 ? readLine(lines.isEmpty() ? "" : lines.get(0)) : readBroken(lines);
    }

    /** Several lines are one key if they can be joined to one, and otherwise several keys or none. */
    private static ParseResult readBroken(List<String> lines) {
        var whole = String.join("\n", lines);
        var isOneKey = KIND.matcher(lines.get(0).split("[ \\t]", 2)[0]).matches()
                && lines.stream()
                        .skip(1)
                        .noneMatch(
                                line -> KIND.matcher(line.split("[ \\t]", 2)[0]).matches());
        if (!isOneKey || whole.length() > TEXT_MAX) {
            return new ParseResult.Refused(Fault.MULTIPLE);
        }
        var first = KINDS.contains(lines.get(0)) ? lines.get(0) + " " : lines.get(0);
        var found = new LinkedHashSet<ParseResult>();
        for (var of = 1; of <= lines.size(); of++) {
            var key = first + String.join("", lines.subList(1, of));
            var comment = String.join(" ", lines.subList(of, lines.size()));
            var parseResult = readLine(key + " " + comment);
            if (parseResult instanceof ParseResult.Read || parseResult.equals(new ParseResult.Refused(Fault.WEAK))) {
                found.add(parseResult);
            }
        }
        return found.size() == 1 ? found.iterator().next() : new ParseResult.Refused(Fault.MULTIPLE);
    }

    private static ParseResult readLine(String text) {
        var parts = text.split("[ \\t]+", 3);
        if (!KINDS.contains(parts[0])) {
            return new ParseResult.Refused(otherFault(text, parts[0]));
        }
        if (parts.length < 2 || text.length() > TEXT_MAX) {
            return new ParseResult.Refused(Fault.BROKEN);
        }
        byte[] blob;
        try {
            blob = Base64.getDecoder().decode(parts[1]);
        } catch (IllegalArgumentException noBase64) {
            return new ParseResult.Refused(Fault.BROKEN);
        }
        return fault(parts[0], blob)
                .<ParseResult>map(ParseResult.Refused::new)
                .orElseGet(() -> new ParseResult.Read(of(parts[0], blob, parts.length > 2 ? parts[2] : "")));
    }

    private static PublicKey of(String kind, byte[] blob, String comment) {
        return new PublicKey(
                kind + " " + Base64.getEncoder().encodeToString(blob),
                fingerprint(blob),
                InputText.foreignLine(comment));
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

    /** The bytes may be crafted: any failure of the library means that it is not a key. */
    private static Optional<Fault> fault(String kind, byte[] blob) {
        var buffer = new ByteArrayBuffer(blob);
        try {
            if (kind.equals(SK_ED25519)) {
                var isOne = buffer.getString(StandardCharsets.UTF_8).equals(kind)
                        && buffer.getBytes().length == ED25519_BYTES
                        && isApplication(buffer);
                return isOne ? Optional.empty() : Optional.of(Fault.BROKEN);
            }
            if (kind.equals(SK_NISTP256)) {
                var isOne = buffer.getString(StandardCharsets.UTF_8).equals(kind);
                var plain = new ByteArrayBuffer();
                plain.putString(NISTP256);
                plain.putBytes(buffer.getBytes());
                plain.putBytes(buffer.getBytes());
                return isOne && isApplication(buffer)
                        ? fault(NISTP256, plain.getCompactData())
                        : Optional.of(Fault.BROKEN);
            }
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

    /** A hardware-backed key ends with its application, such as {@code ssh:}. */
    private static boolean isApplication(ByteArrayBuffer buffer) {
        return !buffer.getString(StandardCharsets.UTF_8).isEmpty() && buffer.available() == 0;
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

    /** The JDK accepts any two numbers; a point off the curve would only be noticed at a failed login. */
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
