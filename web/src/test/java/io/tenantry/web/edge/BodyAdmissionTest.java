package io.tenantry.web.edge;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In an Undertow with six workers, over the wire. */
class BodyAdmissionTest {
    private static final int WORKERS = 6;
    private static final int OF_ONE_NETWORK = 2;
    private static final Duration ALLOWED = Duration.ofSeconds(2);
    private static final Duration AT_ONCE = Duration.ofMillis(1_500);
    private static final int LARGE = 1_000_000;

    private final List<Socket> open = new ArrayList<>();
    private Undertow server;

    @BeforeEach
    void start() {
        var admission = new BodyAdmission(bytes -> ALLOWED, OF_ONE_NETWORK);
        server = Undertow.builder()
                .addHttpListener(
                        0, "127.0.0.1", admission.buffering(new BlockingHandler(admission.counting(exchange -> {
                            var length = exchange.getInputStream().readAllBytes().length;
                            exchange.getResponseSender().send("read " + length);
                        }))))
                .setIoThreads(1)
                .setWorkerThreads(WORKERS)
                .build();
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        for (var socket : open) {
            socket.close();
        }
        server.stop();
    }

    @Test
    void manySmallBodiesThatStopTakeNoWorker() throws IOException {
        for (var number = 0; number < WORKERS * 10; number++) {
            begin(100, "a=");
        }
        assertThat(askAtOnce("hello")).endsWith("read 5");
    }

    @Test
    void aSmallBodyThatStopsIsAnsweredInTime() throws IOException {
        assertThat(answer(begin(100, "a="))).startsWith("HTTP/1.1 408").contains("Cache-Control: no-store");
    }

    @Test
    void aSmallBodyInPiecesIsReadAsAWhole() throws IOException {
        var socket = begin(10, "01234");
        socket.getOutputStream().write("56789".getBytes(US_ASCII));
        assertThat(answer(socket)).endsWith("read 10");
    }

    @Test
    void largeBodiesOfOneNetworkAreCountedAndOthersAnswered() throws IOException {
        var first = begin(LARGE, "x".repeat(1_000));
        begin(LARGE, "x");
        assertThat(answer(begin(LARGE, "x"))).startsWith("HTTP/1.1 503").contains("Retry-After: 5");
        assertThat(askAtOnce("hello")).endsWith("read 5");
        first.getOutputStream().write("x".repeat(LARGE - 1_000).getBytes(US_ASCII));
        assertThat(answer(first)).endsWith("read " + LARGE);
    }

    @Test
    void whoIsGoneIsNotCountedAnyLonger() throws IOException {
        begin(LARGE, "x").close();
        begin(LARGE, "x").close();
        var third = begin(LARGE, "x".repeat(LARGE));
        assertThat(answer(third)).endsWith("read " + LARGE);
    }

    @Test
    void oneWithoutALengthAndOneThatWaitsForAWordAreCountedToo() throws IOException {
        send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        send("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 5\r\n\r\n");
        assertThat(answer(begin(LARGE, "x"))).startsWith("HTTP/1.1 503");
    }

    private Socket begin(int length, String part) throws IOException {
        return send("POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + length + "\r\n\r\n" + part);
    }

    private String askAtOnce(String body) throws IOException {
        var begin = System.nanoTime();
        var answer = answer(begin(body.length(), body));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(AT_ONCE);
        return answer;
    }

    private Socket send(String text) throws IOException {
        var socket = new Socket();
        open.add(socket);
        socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(20));
        socket.connect(new InetSocketAddress(
                InetAddress.getLoopbackAddress(),
                ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort()));
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        return socket;
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }
}
