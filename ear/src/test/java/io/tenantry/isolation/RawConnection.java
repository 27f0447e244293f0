package io.tenantry.isolation;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A connection that sends raw bytes, including malformed ones, and reads whole responses. Kept alive as long as the server keeps it; reopened
 * when it does not. For one thread.
 */
public final class RawConnection implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int HEAD_MAX = 65_536;

    private final Dialer dialer;
    private final Duration waitMax;
    private Optional<Socket> socket = Optional.empty();
    private InputStream in = InputStream.nullInputStream();

    public RawConnection(int port) {
        this(port, PATIENCE);
    }

    /** Waits at most this long for each piece of a response. */
    public RawConnection(int port, Duration waitMax) {
        this(() -> new Socket(InetAddress.getLoopbackAddress(), port), waitMax);
    }

    /** Uses a custom dialer, for instance with TLS. */
    public RawConnection(Dialer dialer) {
        this(dialer, PATIENCE);
    }

    private RawConnection(Dialer dialer, Duration waitMax) {
        this.dialer = dialer;
        this.waitMax = waitMax;
    }

    /** Opens a connection. */
    public interface Dialer {
        /** Returns a new socket each time. */
        Socket dial() throws IOException;
    }

    /**
     * A response.
     *
     * @param status 0 if the server closed the connection without one
     * @param text head and body, each byte a character
     */
    public record Answer(int status, String text) {
        static final Answer NONE = new Answer(0, "");

        public String body() {
            var end = text.indexOf("\r\n\r\n");
            return end < 0 ? "" : text.substring(end + 4);
        }

        /** All values of a header, as received. */
        public List<String> header(String name) {
            var values = new ArrayList<String>();
            for (var line :
                    text.substring(0, Math.max(0, text.indexOf("\r\n\r\n"))).split("\r\n", -1)) {
                if (line.toLowerCase(Locale.ROOT).startsWith(name + ":")) {
                    values.add(line.substring(name.length() + 1).strip());
                }
            }
            return values;
        }
    }

    /** Sends a request of characters below 256 and reads the response. */
    public Answer send(String request) throws IOException {
        var bytes = request.getBytes(StandardCharsets.ISO_8859_1);
        var isFresh = socket.isEmpty();
        try {
            var answer = exchange(bytes);
            // A kept-alive connection may have been closed in the meantime.
            return answer.status() == 0 && !isFresh ? exchange(bytes) : answer;
        } catch (IOException e) {
            close();
            if (isFresh) {
                throw e;
            }
            return exchange(bytes);
        }
    }

    /** Sends once, on a new connection: for requests after which the start of the next one is undefined. */
    public Answer sendAlone(String request) throws IOException {
        close();
        try {
            return exchange(request.getBytes(StandardCharsets.ISO_8859_1));
        } finally {
            close();
        }
    }

    private Answer exchange(byte[] request) throws IOException {
        var open = socket.isPresent() ? socket.get() : open();
        open.getOutputStream().write(request);
        var answer = read(new String(request, 0, 5, StandardCharsets.ISO_8859_1).startsWith("HEAD "));
        if (answer.status() == 0 || answer.header("connection").contains("close")) {
            close();
        }
        return answer;
    }

    private Socket open() throws IOException {
        var opened = dialer.dial();
        opened.setTcpNoDelay(true);
        opened.setSoTimeout((int) waitMax.toMillis());
        in = new BufferedInputStream(opened.getInputStream());
        socket = Optional.of(opened);
        return opened;
    }

    private Answer read(boolean isHead) throws IOException {
        var head = head();
        if (head.isEmpty()) {
            return Answer.NONE;
        }
        var status = Integer.parseInt(head.substring(9, 12));
        var bare = new Answer(status, head);
        if (isHead || status == 101 || status == 204 || status == 304) {
            return bare;
        }
        var length = bare.header("content-length");
        byte[] body;
        if (!length.isEmpty()) {
            var whole = Integer.parseInt(length.get(0));
            body = in.readNBytes(whole);
            if (body.length < whole) {
                throw new EOFException("the end came after " + body.length + " of " + whole + " bytes");
            }
        } else if (bare.header("transfer-encoding").contains("chunked")) {
            body = chunks();
        } else {
            body = in.readAllBytes();
            close();
        }
        return new Answer(status, head + new String(body, StandardCharsets.ISO_8859_1));
    }

    private String head() throws IOException {
        var head = new StringBuilder();
        while (head.length() < HEAD_MAX) {
            var line = line();
            if (line.isEmpty()) {
                return head.isEmpty() ? "" : head.append("\r\n").toString();
            }
            head.append(line.get()).append("\r\n");
            if (line.get().isEmpty()) {
                return head.toString();
            }
        }
        throw new IOException("a head of more than " + HEAD_MAX + " bytes");
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (true) {
            var size = Integer.parseInt(
                    line().orElseThrow(EOFException::new).split(";", 2)[0].strip(), 16);
            body.write(in.readNBytes(size));
            line();
            if (size == 0) {
                return body.toByteArray();
            }
        }
    }

    /** Returns a line without its end; empty at the end of the stream. */
    private Optional<String> line() throws IOException {
        var line = new StringBuilder();
        for (var next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return Optional.of(line.toString());
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.isEmpty() ? Optional.empty() : Optional.of(line.toString());
    }

    @Override
    public void close() {
        socket.ifPresent(open -> {
            try {
                open.close();
            } catch (IOException e) {
                // The connection is no longer usable.
            }
        });
        socket = Optional.empty();
    }
}
