package io.tenantry.faults;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** A page that is open at a node, as far as it is live: it hears what has changed, and says nothing. */
final class OpenPage implements AutoCloseable {
    private static final int TEXT = 0x81;
    private static final int SWITCHING = 101;

    private final Socket socket;
    private final DataInputStream in;

    /**
     * Of the one to whom the session belongs.
     *
     * @param age how many milliseconds ago the page asked for what it shows
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
            // Nothing of it matters.
        }
    }

    /** Whether it hears one of those words; what else it hears meanwhile does not matter. */
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
