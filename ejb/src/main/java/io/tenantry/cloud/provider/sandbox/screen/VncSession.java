package io.tenantry.cloud.provider.sandbox.screen;

import io.tenantry.cloud.provider.VncAuthentication;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/** One viewer with a separate session, from the handshake to the end (RFC 6143): raw pictures, keys, and nothing else. */
final class VncSession {
    private static final byte[] VERSION = "RFB 003.008\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte BY_PASSWORD = 2;
    private static final int ENCODINGS_MAX = 1_000;
    private static final int TEXT_MAX = 1 << 20;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final DataInputStream in;
    private final DataOutputStream out;
    private final LoginScreen loginScreen;
    private PixelFormat pixelFormat;
    private boolean isWaiting;

    VncSession(DataInputStream in, DataOutputStream out, LoginScreen loginScreen) throws IOException {
        this.in = in;
        this.out = out;
        this.loginScreen = loginScreen;
        pixelFormat = PixelFormat.of(PixelFormat.USUAL);
    }

    /** Runs until the viewer disconnects or violates the protocol. */
    void go(String password, String name) throws IOException {
        if (!greet(password)) {
            return;
        }
        in.readByte(); // The shared flag is irrelevant: each viewer has a separate session.
        out.writeShort(PixelFormat.WIDTH);
        out.writeShort(PixelFormat.HEIGHT);
        out.write(PixelFormat.USUAL);
        var called = name.getBytes(StandardCharsets.UTF_8);
        out.writeInt(called.length);
        out.write(called);
        out.flush();
        for (var type = in.read(); type >= 0; type = in.read()) {
            hear(type);
            show();
        }
    }

    private boolean greet(String password) throws IOException {
        out.write(VERSION);
        out.flush();
        if (!MessageDigest.isEqual(in.readNBytes(VERSION.length), VERSION)) {
            return false;
        }
        out.write(new byte[] {1, BY_PASSWORD});
        out.flush();
        if (in.readByte() != BY_PASSWORD) {
            return false;
        }
        var challenge = new byte[VncAuthentication.CHALLENGE_BYTES];
        RANDOM.nextBytes(challenge);
        out.write(challenge);
        out.flush();
        var isRight = MessageDigest.isEqual(
                in.readNBytes(VncAuthentication.CHALLENGE_BYTES), VncAuthentication.answer(challenge, password));
        out.writeInt(isRight ? 0 : 1);
        if (!isRight) {
            var why = "the password is wrong".getBytes(StandardCharsets.US_ASCII);
            out.writeInt(why.length);
            out.write(why);
        }
        out.flush();
        return isRight;
    }

    private void hear(int type) throws IOException {
        switch (type) {
            case 0 -> {
                in.skipNBytes(3);
                pixelFormat = PixelFormat.of(in.readNBytes(PixelFormat.FORMAT_BYTES));
                loginScreen.sheet().all();
            }
            case 2 -> {
                in.skipNBytes(1);
                in.skipNBytes(4L * atMost(in.readUnsignedShort(), ENCODINGS_MAX));
            }
            case 3 -> {
                if (in.readByte() == 0) {
                    loginScreen.sheet().all();
                }
                in.skipNBytes(8);
                isWaiting = true;
            }
            case 4 -> {
                var isDown = in.readByte() != 0;
                in.skipNBytes(2);
                var key = in.readInt();
                if (isDown) {
                    loginScreen.press(key);
                }
            }
            case 5 -> in.skipNBytes(5);
            case 6 -> {
                in.skipNBytes(3);
                in.skipNBytes(atMost(Math.abs((long) in.readInt()), TEXT_MAX));
            }
            default -> throw new IOException("unexpected message type from a viewer: " + type);
        }
    }

    private static long atMost(long count, long most) throws IOException {
        if (count > most) {
            throw new IOException("a viewer sent too much data");
        }
        return count;
    }

    /** Sends the changed rows, if the viewer waits for them. */
    private void show() throws IOException {
        if (!isWaiting || !loginScreen.sheet().isChanged()) {
            return;
        }
        isWaiting = false;
        var rows = loginScreen.sheet().changed();
        out.writeByte(0);
        out.writeByte(0);
        out.writeShort(rows.size());
        for (int row : rows) {
            out.writeShort(0);
            out.writeShort(row * PixelFormat.rowHeight());
            out.writeShort(PixelFormat.WIDTH);
            out.writeShort(PixelFormat.rowHeight());
            out.writeInt(0);
            out.write(pixelFormat.row(loginScreen.sheet(), row));
        }
        out.flush();
    }
}
