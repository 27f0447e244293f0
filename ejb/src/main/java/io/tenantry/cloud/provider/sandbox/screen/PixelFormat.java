package io.tenantry.cloud.provider.sandbox.screen;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The pixel format of a viewer (RFC 6143, 7.4): the bytes of a light and of a dark dot.
 *
 * @param light those of a dot of a character
 * @param dark those of all others
 */
record PixelFormat(byte[] light, byte[] dark) {
    static final int WIDTH = 640;
    static final int HEIGHT = 400;

    /** Length of its description in bytes. */
    static final int FORMAT_BYTES = 16;

    private static final int ROW = HEIGHT / TextBuffer.ROWS;
    private static final int COLUMN = WIDTH / TextBuffer.COLUMNS;
    private static final int DOT = 2;
    private static final int LIGHT = 0xcc;
    private static final int BRIGHTEST = 0xff;

    // Offsets within a description.
    private static final int BITS = 0;
    private static final int IS_BIG = 2;
    private static final int IS_TRUE = 3;
    private static final int MOST = 4;
    private static final int SHIFT = 10;
    private static final int COLOURS = 3;

    /** The default format: 32 bits, blue first. */
    static final byte[] USUAL = {32, 24, 0, 1, 0, (byte) 0xff, 0, (byte) 0xff, 0, (byte) 0xff, 16, 8, 0, 0, 0, 0};

    /** Parses a description. */
    static PixelFormat of(byte[] format) throws IOException {
        var received = ByteBuffer.wrap(format);
        int bits = received.get(BITS);
        if (received.get(IS_TRUE) == 0 || (bits != 8 && bits != 16 && bits != 32)) {
            throw new IOException("unsupported color format");
        }
        var isBig = received.get(IS_BIG) != 0;
        var value = 0L;
        for (var i = 0; i < COLOURS; i++) {
            long most = received.getShort(MOST + i * Short.BYTES) & 0xffff;
            value |= (most * LIGHT / BRIGHTEST) << (received.get(SHIFT + i) & 31);
        }
        return new PixelFormat(bytes(value, bits / Byte.SIZE, isBig), new byte[bits / Byte.SIZE]);
    }

    /** Returns one row of pixels of a text row, from left to right and top to bottom. */
    byte[] row(TextBuffer textBuffer, int row) {
        var drawn = ByteBuffer.allocate(WIDTH * rowHeight() * light.length);
        for (var y = 0; y < rowHeight(); y++) {
            for (var x = 0; x < WIDTH; x++) {
                drawn.put(isLight(textBuffer, row, x, y) ? light : dark);
            }
        }
        return drawn.array();
    }

    static int rowHeight() {
        return ROW;
    }

    private static boolean isLight(TextBuffer textBuffer, int row, int x, int y) {
        var column = x / COLUMN;
        if (column >= TextBuffer.COLUMNS) {
            return false;
        }
        if (textBuffer.isCursor(row, column) && y >= ROW - DOT) {
            return true;
        }
        var dotX = x % COLUMN / DOT;
        var dotY = y / DOT;
        return dotX < BitmapFont.WIDTH
                && dotY < BitmapFont.HEIGHT
                && BitmapFont.isDot(textBuffer.at(row, column), dotX, dotY);
    }

    private static byte[] bytes(long value, int count, boolean isBig) {
        var buffer = ByteBuffer.allocate(Long.BYTES).order(isBig ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(isBig ? value << (Long.SIZE - count * Byte.SIZE) : value);
        var bytes = new byte[count];
        System.arraycopy(buffer.array(), 0, bytes, 0, count);
        return bytes;
    }
}
