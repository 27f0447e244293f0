package io.tenantry.faults;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The live connection of a page that is open at a node: receives changes and sends nothing. */
final class OpenPage implements AutoCloseable {
    private static final int TEXT = 0x81;
    private static final int SWITCHING = 101;

    private final Socket socket;
    private final DataInputStream in;

    /**
     * Opens the page of the session's owner.
     *
     * @param age milliseconds since the page requested its content
     */
    OpenPage(int port, String host, String session, int age) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.getOutputStream()
                .write(("GET /live?age=" + age + " HTTP/1.1\r\nHost: " + host + ":" + port
                                + "\r\nUpgrade: websocket\r\n"
                                + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                                + "Sec-WebSocket-Version: 13\r\nOrigin: http://" + host + ":" + port
                                + "\r\nCookie: session=" + session + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        var answer = line();
        if (!answer.contains(" " + SWITCHING + " ")) {
            throw new IOException("no socket at " + host + ": " + answer);
        }
        while (!line().isEmpty()) {
            // The headers do not matter.
        }
    }

    /** Returns whether one of these words arrives; other messages are ignored. */
    boolean hears(Set<String> words, int withinMillis) throws IOException {
        socket.setSoTimeout(withinMillis);
        try {
            while (true) {
                var kind = in.readUnsignedByte();
                var content = new byte[in.readUnsignedByte()];
                in.readFully(content);
                if (kind == TEXT && words.contains(new String(content, StandardCharsets.UTF_8))) {
                    return true;
                }
            }
        } catch (SocketTimeoutException silent) {
            return false;
        }
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (var next = in.readByte(); next != '\n'; next = in.readByte()) {
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
