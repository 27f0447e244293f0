package io.tenantry.cloud.launch;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.sshd.common.util.buffer.ByteArrayBuffer;

/**
 * Public keys between header and footer lines: the SSH format of RFC 4716 (PuTTY, commercial SSH), and the PEM formats SubjectPublicKeyInfo
 * (RFC 5280) and PKCS #1 for RSA keys.
 */
final class WrappedKey {
    private static final Pattern HEAD = Pattern.compile("^-{4,5} ?BEGIN ([A-Z0-9 ]+?) ?-{4,5}$");
    private static final Pattern TAIL = Pattern.compile("^-{4,5} ?END ([A-Z0-9 ]+?) ?-{4,5}$");
    private static final Pattern COMMENT = Pattern.compile("(?i)^comment:[ \\t]*\"?([^\"]*)\"?$");
    private static final Pattern HEADER = Pattern.compile("^[A-Za-z0-9-]{1,64}:.*");

    /** The bytes before the 32 bytes of an Ed25519 key in SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] ED25519 = HexFormat.of().parseHex("302a300506032b6570032100");

    /** The algorithm identifier rsaEncryption without parameters, in DER. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private static final int KIND_MAX = 64;

    private WrappedKey() {}

    static boolean isWrapped(String text) {
        return HEAD.matcher(text.lines().findFirst().orElse("").strip()).matches();
    }

    /** Returns the key as a line of authorized_keys; empty if it is not a key that SSH supports. */
    static Optional<String> line(String text) {
        var lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        var head = HEAD.matcher(lines.get(0));
        var tail = TAIL.matcher(lines.get(lines.size() - 1));
        if (!head.matches() || !tail.matches() || !head.group(1).equals(tail.group(1))) {
            return Optional.empty();
        }
        try {
            var within = lines.subList(1, lines.size() - 1);
            return switch (head.group(1)) {
                case "SSH2 PUBLIC KEY" -> ofSsh(unfolded(within));
                case "PUBLIC KEY" -> ofInfo(Base64.getDecoder().decode(String.join("", within)), "");
                case "RSA PUBLIC KEY" -> ofInfo(info(Base64.getDecoder().decode(String.join("", within))), "");
                default -> Optional.empty();
            };
        } catch (IllegalArgumentException | GeneralSecurityException | IOException broken) {
            return Optional.empty();
        }
    }

    /** A header line that continues in the next one ends in a backslash. */
    private static List<String> unfolded(List<String> lines) {
        return String.join("\n", lines).replace("\\\n", "").lines().toList();
    }

    private static Optional<String> ofSsh(List<String> lines) {
        var comment = lines.stream()
                .map(COMMENT::matcher)
                .filter(found -> found.matches())
                .map(found -> found.group(1))
                .findFirst()
                .orElse("");
        var blob = Base64.getDecoder()
                .decode(lines.stream()
                        .filter(line -> !HEADER.matcher(line).matches())
                        .collect(Collectors.joining()));
        return kind(blob).map(kind -> line(kind, blob, comment));
    }

    private static Optional<String> ofInfo(byte[] info, String comment) throws GeneralSecurityException, IOException {
        var blob = new ByteArrayBuffer();
        if (info.length == ED25519.length + 32 && Arrays.equals(info, 0, ED25519.length, ED25519, 0, ED25519.length)) {
            blob.putString("ssh-ed25519");
            blob.putBytes(info, ED25519.length, 32);
        } else {
            blob.putRawPublicKey(key(info));
        }
        var bytes = blob.getCompactData();
        return kind(bytes).map(kind -> line(kind, bytes, comment));
    }

    private static PublicKey key(byte[] info) throws GeneralSecurityException {
        try {
            return KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(info));
        } catch (GeneralSecurityException other) {
            return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(info));
        }
    }

    /** The first string within an SSH key is its type. */
    private static Optional<String> kind(byte[] blob) {
        if (blob.length < Integer.BYTES) {
            return Optional.empty();
        }
        var length = ByteBuffer.wrap(blob).getInt();
        return length > 0 && length <= KIND_MAX && length <= blob.length - Integer.BYTES
                ? Optional.of(new String(blob, Integer.BYTES, length, StandardCharsets.US_ASCII))
                : Optional.empty();
    }

    private static String line(String kind, byte[] blob, String comment) {
        return (kind + " " + Base64.getEncoder().encodeToString(blob) + " " + comment).strip();
    }

    /** Wraps a PKCS #1 RSA key in SubjectPublicKeyInfo. */
    private static byte[] info(byte[] rsa) {
        var bits = new byte[rsa.length + 1];
        System.arraycopy(rsa, 0, bits, 1, rsa.length);
        var text = der(0x03, bits);
        var both = Arrays.copyOf(RSA, RSA.length + text.length);
        System.arraycopy(text, 0, both, RSA.length, text.length);
        return der(0x30, both);
    }

    private static byte[] der(int tag, byte[] content) {
        var length = content.length;
        var head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : length < 0x100
                        ? new byte[] {(byte) tag, (byte) 0x81, (byte) length}
                        : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        var all = Arrays.copyOf(head, head.length + length);
        System.arraycopy(content, 0, all, head.length, length);
        return all;
    }
}
