package io.tenantry.people.identity;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The most common passwords, in lower case: a Bloom filter (its sources are in {@code passwords.md} beside it) and a short list of our own. It
 * contains every password of its lists, and reports one in ten thousand others by mistake.
 */
final class CommonPasswords {
    private static final String FILTER = "common-passwords.bloom";
    private static final String OWN = "common-passwords.txt";

    private final Set<String> own;
    private final byte[] bits;
    private final int hashes;

    private CommonPasswords(Set<String> own, int hashes, byte[] bits) {
        this.own = own;
        this.hashes = hashes;
        this.bits = bits;
    }

    /** Loads the files beside this class. */
    static CommonPasswords shipped() {
        return read(
                OWN,
                list -> read(FILTER, filter -> {
                    var own = new String(list.readAllBytes(), StandardCharsets.UTF_8)
                            .lines()
                            .map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                            .collect(Collectors.toUnmodifiableSet());
                    return new CommonPasswords(own, filter.readInt(), filter.readAllBytes());
                }));
    }

    /** Whether the lists contain it; in lower case. */
    boolean has(String password) {
        return own.contains(password)
                || Arrays.stream(positions(password, hashes, bits.length * 8))
                        .allMatch(position -> (bits[position / 8] & 1 << position % 8) != 0);
    }

    /** Returns the bits of a filter that represent a password. */
    static int[] positions(String password, int hashes, int size) {
        try {
            var digest = ByteBuffer.wrap(
                    MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8)));
            var first = digest.getLong();
            var step = digest.getLong() | 1;
            var positions = new int[hashes];
            for (var i = 0; i < hashes; i++) {
                positions[i] = (int) Long.remainderUnsigned(first + i * step, size);
            }
            return positions;
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Reads a file; may fail. */
    private interface Reading<T> {
        T from(DataInputStream file) throws IOException;
    }

    private static <T> T read(String name, Reading<T> reading) {
        try (InputStream found = CommonPasswords.class.getResourceAsStream(name)) {
            if (found == null) {
                throw new IllegalStateException(name + " is missing beside CommonPasswords");
            }
            return reading.from(new DataInputStream(found));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
