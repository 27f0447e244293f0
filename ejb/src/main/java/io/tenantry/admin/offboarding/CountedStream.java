package io.tenantry.admin.offboarding;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes the bytes that pass through, and reports each write. */
final class CountedStream extends FilterOutputStream {
    private final MessageDigest digest;
    private final Runnable passing;
    private long bytes;

    CountedStream(OutputStream out, Runnable passing) {
        super(out);
        this.passing = passing;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void write(int one) throws IOException {
        write(new byte[] {(byte) one}, 0, 1);
    }

    @Override
    public void write(byte[] part, int from, int length) throws IOException {
        passing.run();
        out.write(part, from, length);
        digest.update(part, from, length);
        bytes += length;
    }

    long bytes() {
        return bytes;
    }

    /** Returns the hash of all bytes; may be called once. */
    String sha256() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
