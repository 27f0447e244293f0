package io.tenantry.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import io.undertow.server.handlers.HttpContinueReadHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs in an Undertow, over the wire. The header {@code From} represents a client's address. */
@Tag("full")
class BodyBuffersTest {
    private static final int WORKERS = 8;
    private static final int LARGE_MAX = WORKERS / 2;
    private static final int OF_ADDRESS_MAX = LARGE_MAX / 2;
    private static final int LARGE = 1024 * 1024;
    private static final Duration LEAST = Duration.ofSeconds(2);
    private static final int BUFFER = 16_384;
    private static final int MEMORY = 32 * 1024 * 1024;

    private BodyDeadline deadline = new BodyDeadline(LEAST, LARGE);
    private final HttpHandler reading = new BlockingHandler(exchange -> {
        if (FormEncoding.isUndecodable(exchange)) {
            exchange.getResponseSender().send("refused");
            return;
        }
        var isLate = exchange.getRequestHeaders().contains("Late");
        LockSupport.parkNanos(isLate ? LEAST.multipliedBy(2).toNanos() : 0);
        try {
            exchange.getResponseSender()
                    .send("read " + exchange.getInputStream().readAllBytes().length);
        } catch (IOException unreadable) {
            assertThat(FormEncoding.isUndecodable(exchange)).isTrue();
            exchange.getResponseSender().send("failed");
        }
    });
    private BodyBuffers buffers = new BodyBuffers(reading, deadline, MEMORY);
    private final List<Socket> open = new ArrayList<>();
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1", new HttpContinueReadHandler(exchange -> {
                var from = exchange.getRequestHeaders().getFirst("From");
                if (from != null) {
                    exchange.setSourceAddress(new InetSocketAddress(InetAddress.getByName(from), 0));
                }
                deadline.around(buffers).handleRequest(exchange);
            }))
            .setBufferSize(BUFFER)
            .setIoThreads(1)
            .setWorkerThreads(WORKERS)
            .build();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : open) {
            socket.close();
        }
        server.stop();
    }

    private Socket send(String text) throws IOException {
        var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        var socket = new Socket(address.getAddress(), address.getPort());
        open.add(socket);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        return socket;
    }

    private static String post(String from, int length, String heads) {
        return "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nFrom: " + from + "\r\nContent-Length: " + length
                + "\r\n" + heads + "\r\n";
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    /** Sends enough of a large body to reach a worker. */
    private Socket stuck(String from) throws IOException {
        return send(post(from, LARGE, "") + "x".repeat(BodyBuffers.BYTES_MAX + 1));
    }

    private static void await(BooleanSupplier done) {
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private void fill(String... addresses) throws IOException {
        for (var address : addresses) {
            for (int i = 0; i < OF_ADDRESS_MAX; i++) {
                stuck(address);
            }
        }
        await(() -> buffers.placesTaken() == (long) OF_ADDRESS_MAX * addresses.length);
    }

    @Test
    void slowBodiesOccupyNoWorker() throws IOException {
        for (int i = 0; i < WORKERS * 3; i++) {
            send(post("192.0.2.1", 1000, "") + "a=");
        }
        assertThat(answer(send(post("192.0.2.1", 3, "") + "a=b"))).endsWith("read 3");
    }

    @Test
    void passesOnWholeBodies() throws IOException {
        for (int length : new int[] {1, 16_384, 16_385, 100_000, 262_143, 262_144, 262_145, LARGE}) {
            var socket = send(post("192.0.2.1", length, "") + "x".repeat(length / 2));
            socket.getOutputStream().write("x".repeat(length - length / 2).getBytes(US_ASCII));
            assertThat(answer(socket)).endsWith("read " + length);
        }
        await(() -> buffers.bytesTaken() == 0 && buffers.placesTaken() == 0);
    }

    @Test
    void formIsInspectedToItsEnd() throws IOException {
        var many = "x".repeat(BodyBuffers.BYTES_MAX + 3 * BUFFER);
        assertThat(form("a=%c3%a4")).endsWith("read 8");
        assertThat(form("a=%zz")).endsWith("refused");
        assertThat(form("%ff" + many)).endsWith("refused");
        assertThat(form(many + "&b=%c3%a4")).endsWith("read " + (many.length() + 9));
        assertThat(form(many + "&b=%zz" + many)).endsWith("failed");
        assertThat(form(many + "&b=%ff")).endsWith("failed");
        assertThat(form(many + "&b=%4")).endsWith("failed");
        for (int before = BodyBuffers.BYTES_MAX - 6; before <= BodyBuffers.BYTES_MAX; before++) {
            var part = "x".repeat(before);
            assertThat(form(part + "%c3%a4" + many))
                    .as("before " + before)
                    .endsWith("read " + (before + 6 + many.length()));
            assertThat(form(part + "%c3%4z" + many)).as("before " + before).containsPattern("(refused|failed)$");
        }
        await(() -> buffers.bytesTaken() == 0 && buffers.placesTaken() == 0);
    }

    private String form(String body) throws IOException {
        return answer(
                send(post("192.0.2.1", body.length(), "Content-Type: application/x-www-form-urlencoded\r\n") + body));
    }

    @Test
    void passesOnChunkedBodies() throws IOException {
        var socket =
                send("POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nab");
        socket.getOutputStream().write("c\r\n2\r\nde\r\n0\r\n\r\n".getBytes(US_ASCII));
        assertThat(answer(socket)).endsWith("read 5");
        assertThat(
                        answer(
                                send(
                                        "POST /a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n")))
                .endsWith("read 0");
    }

    @Test
    void sendsContinueWhenExpected() throws IOException {
        for (int length : new int[] {3, LARGE}) {
            var socket = send(post("192.0.2.1", length, "Expect: 100-continue\r\n"));
            var told = new String(socket.getInputStream().readNBytes(25), US_ASCII);
            assertThat(told).startsWith("HTTP/1.1 100 ");
            socket.getOutputStream().write("x".repeat(length).getBytes(US_ASCII));
            assertThat(answer(socket)).startsWith("HTTP/1.1 200 ").endsWith("read " + length);
        }
    }

    @Test
    void keepsConnectionForSeveralRequests() throws IOException {
        var kept = "POST /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\n\r\n";
        assertThat(answer(send(kept + "abc" + kept + "def" + post("192.0.2.1", 4, "") + "abcd")))
                .contains("read 3")
                .endsWith("read 4");
    }

    @Test
    void answersStalledBodyWith408() throws IOException {
        var answer = answer(send(post("192.0.2.1", 5, "") + "ab"));
        assertThat(answer).startsWith("HTTP/1.1 408 ").contains("was not there in time");
        await(() -> buffers.bytesTaken() == 0 && buffers.placesTaken() == 0);
    }

    @Test
    void bufferedBodyMayBeReadLate() throws IOException {
        assertThat(answer(send(post("192.0.2.1", 5, "Late: yes\r\n") + "abcde")))
                .endsWith("read 5");
    }

    @Test
    void stalledLargeBodyReleasesItsSlot() throws IOException {
        deadline = new BodyDeadline(LEAST, 0);
        buffers = new BodyBuffers(reading, deadline, MEMORY);
        fill("192.0.2.1");
        await(() -> buffers.placesTaken() == 0 && buffers.bytesTaken() == 0);
    }

    @Test
    void limitsLargeBodiesPerAddress() throws IOException {
        fill("192.0.2.1");
        assertThat(answer(stuck("192.0.2.1")))
                .startsWith("HTTP/1.1 429 ")
                .contains("Retry-After: 10")
                .contains("this network address");
        assertThat(answer(send(post("192.0.2.2", LARGE, "") + "x".repeat(LARGE))))
                .endsWith("read " + LARGE);
        assertThat(answer(send(post("192.0.2.1", 3, "") + "a=b"))).endsWith("read 3");
    }

    @Test
    void countsIpv6NetworkAsOneAddress() throws IOException {
        fill("2001:db8::1");
        assertThat(answer(stuck("2001:db8::2"))).startsWith("HTTP/1.1 429 ");
    }

    @Test
    void limitsLargeBodiesInTotal() throws IOException {
        fill("192.0.2.1", "192.0.2.2");
        assertThat(answer(stuck("192.0.2.3"))).startsWith("HTTP/1.1 503 ").contains("Retry-After: 10");
        assertThat(answer(send(post("192.0.2.3", 3, "") + "a=b"))).endsWith("read 3");
    }

    @Test
    void releasesSlotsWhenClientDisconnects() throws IOException {
        fill("192.0.2.1", "192.0.2.2");
        send(post("192.0.2.3", 1000, "") + "a=");
        await(() -> buffers.bytesTaken() == 4L * BodyBuffers.BYTES_MAX + BUFFER);
        for (var socket : open) {
            socket.close();
        }
        await(() -> buffers.bytesTaken() == 0 && buffers.placesTaken() == 0);
        assertThat(answer(send(post("192.0.2.1", LARGE, "") + "x".repeat(LARGE))))
                .endsWith("read " + LARGE);
    }

    @Test
    void limitsMemoryPerAddress() throws IOException {
        buffers = new BodyBuffers(reading, deadline, 8L * 2 * BUFFER);
        for (int i = 0; i < 2; i++) {
            send(post("192.0.2.1", 1000, "") + "a=");
        }
        await(() -> buffers.bytesTaken() == 2 * BUFFER);
        assertThat(answer(send(post("192.0.2.1", 1000, "") + "a="))).startsWith("HTTP/1.1 429 ");
        assertThat(answer(send(post("192.0.2.2", 3, "") + "a=b"))).endsWith("read 3");
    }
}
