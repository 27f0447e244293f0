package io.tenantry.cloud.console;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Random data that no valid screen or page sends, or data close to valid; the same for each seed. */
final class RandomOutput {
    private static final List<String> VERSIONS = List.of(
            "RFB 003.008\n", "RFB 003.007\n", "RFB 003.003\n", "RFB 003.889\n", "RFB 004.001\n", "RFB 002.000\n");

    private final Random random;

    RandomOutput(long seed) {
        random = new Random(seed);
    }

    /** Returns a server's messages: complete, truncated, with other bytes in between, or pure noise. */
    byte[] server() {
        return corrupted(random.nextInt(8) == 0 ? noise(200) : dialogue());
    }

    /** Returns a page's messages. */
    byte[] page() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(bytes(random.nextInt(4) == 0 ? VERSIONS.get(random.nextInt(VERSIONS.size())) : VERSIONS.get(0)));
        all.write(random.nextInt(4) == 0 ? random.nextInt(256) : RfbClientHandshake.NONE);
        all.writeBytes(noise(60));
        return corrupted(random.nextInt(8) == 0 ? noise(40) : all.toByteArray());
    }

    /** Returns the same data in pieces, as it may arrive. */
    List<byte[]> pieces(byte[] whole) {
        var pieces = new ArrayList<byte[]>();
        for (var from = 0; from < whole.length; ) {
            var until = Math.min(whole.length, from + random.nextInt(20));
            pieces.add(Arrays.copyOfRange(whole, from, until)); // Some are empty.
            from = until;
        }
        return pieces;
    }

    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Returns a valid server dialogue of any version, with any number at each place. */
    private byte[] dialogue() {
        var all = new ByteArrayOutputStream();
        all.writeBytes(bytes(VERSIONS.get(random.nextInt(VERSIONS.size()))));
        switch (random.nextInt(4)) {
            case 0 -> all.writeBytes(number(random.nextInt(4)));
            case 1 -> all.writeBytes(new byte[] {1, (byte) random.nextInt(4)});
            case 2 -> {
                var types = noise(255);
                all.write(types.length);
                all.writeBytes(types);
            }
            default -> all.write(0);
        }
        all.writeBytes(random.nextBoolean() ? new byte[16] : noise(17));
        all.writeBytes(number(random.nextInt(3)));
        all.writeBytes(number(random.nextBoolean() ? random.nextInt() : random.nextInt(2_000)));
        all.writeBytes(noise(1_200));
        return all.toByteArray();
    }

    private byte[] corrupted(byte[] whole) {
        var corrupted = random.nextInt(3) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length + 1)) : whole.clone();
        for (var times = random.nextInt(4) - 2; times > 0 && corrupted.length > 0; times--) {
            corrupted[random.nextInt(corrupted.length)] = (byte) random.nextInt();
        }
        return corrupted;
    }

    private byte[] noise(int max) {
        var noise = new byte[random.nextInt(max + 1)];
        random.nextBytes(noise);
        return noise;
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
