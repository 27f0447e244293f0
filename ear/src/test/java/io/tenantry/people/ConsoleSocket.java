package io.tenantry.people;

import io.tenantry.it.RunningServer;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.ReentrantLock;

/** The page's end of a console socket, frame by frame, including frames that no browser would send. */
final class ConsoleSocket implements AutoCloseable {
    static final int TEXT = 1;
    static final int BYTES = 2;
    static final int CLOSE = 8;

    private static final int PORT = Integer.getInteger(RunningServer.HTTP_PORT, 0);
    private static final int PATIENCE_MILLIS = 30_000;
    private static final int LAST = 0x80;
    private static final int MASKED = 0x80;

    private final Socket socket;
    private final DataInputStream in;
    private final OutputStream out;
    private final ReentrantLock sending = new ReentrantLock();
    private final int status;

    /** A complete frame. */
    record Frame(int kind, byte[] content) {
        String text() {
            return new String(content, StandardCharsets.UTF_8);
        }

        /** The close code of a close frame. */
        int code() {
            return content.length < 2 ? 0 : (content[0] & 0xff) << 8 | (content[1] & 0xff);
        }
    }

    /** Connects with these cookies, from a page of that origin. */
    ConsoleSocket(String host, String origin, String cookies) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), PORT);
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        out = socket.getOutputStream();
        out.write(("GET /console HTTP/1.1\r\nHost: " + host + ":" + PORT + "\r\nUpgrade: websocket\r\n"
                        + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                        + "Sec-WebSocket-Version: 13\r\nOrigin: " + origin + ":" + PORT + "\r\nCookie: " + cookies
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        status = Integer.parseInt(line().split(" ", -1)[1]);
        for (var head = line(); !head.isEmpty(); head = line()) {
            // The headers do not matter.
        }
    }

    /** The response status: 101 if the socket is open. */
    int status() {
        return status;
    }

    void send(String words) throws IOException {
        send(TEXT, words.getBytes(StandardCharsets.UTF_8));
    }

    void type(String keys) throws IOException {
        send(BYTES, keys.getBytes(StandardCharsets.UTF_8));
    }

    private void send(int kind, byte[] content) throws IOException {
        var frame = new ByteArrayOutputStream(content.length + 14);
        frame.write(LAST | kind);
        if (content.length < 126) {
            frame.write(MASKED | content.length);
        } else {
            frame.write(MASKED | 126);
            frame.write(content.length >> 8);
            frame.write(content.length);
        }
        frame.writeBytes(new byte[4]); // A zero mask leaves the content unchanged.
        frame.writeBytes(content);
        sending.lock();
        try {
            out.write(frame.toByteArray());
        } finally {
            sending.unlock();
        }
    }

    Frame next() throws IOException {
        var kind = in.readUnsignedByte() & 0x0f;
        long length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        return new Frame(kind, in.readNBytes(Math.toIntExact(length)));
    }

    /** Reads until that text is shown; messages about the window are skipped. */
    String await(String words) throws IOException {
        var shown = new StringBuilder();
        while (shown.indexOf(words) < 0) {
            var frame = next();
            if (frame.kind() == CLOSE) {
                throw new IOException("closed with " + frame.code() + " after: " + shown);
            }
            if (frame.kind() == BYTES) {
                shown.append(frame.text());
            }
        }
        return shown.toString();
    }

    /** Reads until the socket is closed, and returns the close code. */
    int awaitClose() throws IOException {
        var frame = next();
        while (frame.kind() != CLOSE) {
            frame = next();
        }
        return frame.code();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
