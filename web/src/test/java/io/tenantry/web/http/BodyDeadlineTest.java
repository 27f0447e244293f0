package io.tenantry.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpServerExchange;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xnio.StreamConnection;
import org.xnio.channels.Channels;

/** Runs in an Undertow, over the wire. */
@Tag("full")
class BodyDeadlineTest {
    private static final Duration LEAST = Duration.ofSeconds(1);
    private static final Duration LONGER = Duration.ofMillis(2_500);
    private static final BodyDeadline DEADLINE = new BodyDeadline(LEAST, 4 * 1024 * 1024);

    private static final Undertow SERVER = Undertow.builder()
            .addHttpListener(0, "127.0.0.1", DEADLINE.around(BodyDeadlineTest::answer))
            .setIoThreads(1)
            .setWorkerThreads(4)
            .build();

    @BeforeAll
    static void start() {
        SERVER.start();
    }

    @AfterAll
    static void stop() {
        SERVER.stop();
    }

    private static void answer(HttpServerExchange exchange) throws Exception {
        switch (exchange.getRequestPath()) {
            case "/socket" -> exchange.upgradeChannel((connection, closing) -> speakLate(connection));
            case "/unread" ->
                new BlockingHandler(late -> {
                            LockSupport.parkNanos(LONGER.toNanos());
                            late.getResponseSender().send("unread");
                        })
                        .handleRequest(exchange);
            default ->
                new BlockingHandler(reading -> {
                            var length = reading.getInputStream().readAllBytes().length;
                            LockSupport.parkNanos(reading.getRequestPath().equals("/late") ? LONGER.toNanos() : 0);
                            reading.getResponseSender().send("read " + length);
                        })
                        .handleRequest(exchange);
        }
    }

    private static void speakLate(StreamConnection connection) {
        connection
                .getIoThread()
                .executeAfter(
                        () -> {
                            try {
                                Channels.writeBlocking(
                                        connection.getSinkChannel(), ByteBuffer.wrap("late".getBytes(US_ASCII)));
                                connection.getSinkChannel().shutdownWrites();
                                Channels.flushBlocking(connection.getSinkChannel());
                                connection.close();
                            } catch (IOException failure) {
                                throw new IllegalStateException(failure);
                            }
                        },
                        LONGER.toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    @Test
    void allowsLongerForLargeBodies() {
        assertThat(DEADLINE.allowed(0)).isEqualTo(Duration.ofSeconds(1));
        assertThat(DEADLINE.allowed(500 * 1024)).isEqualTo(Duration.ofSeconds(11));
        assertThat(DEADLINE.allowed(-1)).isEqualTo(Duration.ofSeconds(82));
        assertThat(DEADLINE.allowed(Long.MAX_VALUE)).isEqualTo(Duration.ofSeconds(82));
    }

    @Test
    void endsTricklingBody() throws IOException {
        assertThat(dribble("/read", 1_000)).isLessThan(LEAST.multipliedBy(4));
    }

    @Test
    void answersStalledBodyWith408() throws IOException {
        assertThat(ask("POST /read HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab"))
                .startsWith("HTTP/1.1 408");
    }

    @Test
    void endsUnreadTricklingBody() throws IOException {
        assertThat(dribble("/unread", 1_000)).isLessThan(LONGER.plus(LEAST.multipliedBy(4)));
    }

    @Test
    void readsBodySentInTime() throws IOException {
        assertThat(ask("POST /read HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nabcde"))
                .endsWith("read 5");
    }

    @Test
    void appliesNoDeadlineToResponse() throws IOException {
        assertThat(ask("POST /late HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nabcde"))
                .endsWith("read 5");
        assertThat(ask("POST /unread HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nabcde"))
                .endsWith("unread");
    }

    @Test
    void appliesNoDeadlineToUpgradedConnection() throws IOException {
        assertThat(ask("GET /socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: any\r\n\r\n"))
                .startsWith("HTTP/1.1 101")
                .endsWith("late");
    }

    /** Returns how long the server accepts a body sent at one byte per 100 ms. */
    private static Duration dribble(String path, int length) throws IOException {
        var begin = System.nanoTime();
        try (var socket = connect()) {
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + "\r\n\r\n")
                            .getBytes(US_ASCII));
            for (var sent = 0; sent < length; sent++) {
                socket.getOutputStream().write('x');
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        } catch (SocketException closed) {
            // Expected.
        }
        return Duration.ofNanos(System.nanoTime() - begin);
    }

    private static String ask(String request) throws IOException {
        try (var socket = connect()) {
            socket.getOutputStream().write(request.getBytes(US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        }
    }

    private static Socket connect() throws IOException {
        var address = (InetSocketAddress) SERVER.getListenerInfo().get(0).getAddress();
        var socket = new Socket(InetAddress.getLoopbackAddress(), address.getPort());
        socket.setSoTimeout(30_000);
        return socket;
    }
}
