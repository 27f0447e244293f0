package io.tenantry.people;

import io.tenantry.it.RunningServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** Requests a WebSocket with raw bytes, with arbitrary host, origin and cookie: no client library allows such forgeries. */
final class RawWebSocket {
    private final String host;
    private final int port = URI.create(RunningServer.url("127.0.0.1")).getPort();

    RawWebSocket(String host) {
        this.host = host;
    }

    /** The status of the answer: 101 if the socket is open. */
    int status(String origin, String cookie) {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(15_000);
            var request = "GET /live HTTP/1.1\r\nHost: " + host + ":" + port + "\r\nUpgrade: websocket\r\n"
                    + "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
                    + (origin.isEmpty() ? "" : "Origin: " + origin + ":" + port + "\r\n")
                    + (cookie.isEmpty() ? "" : "Cookie: " + cookie + "\r\n") + "\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            var reader = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
            return Integer.parseInt(String.valueOf(reader.readLine()).split(" ", -1)[1]);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
