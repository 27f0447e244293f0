package io.tenantry.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.xnio.Options;

/** Runs in an Undertow, over the wire. The header {@code From} represents a client's address. */
@Tag("full")
class SlowReadersTest {
    private static final int WORKERS = 8;
    private static final int ALL_MAX = WORKERS / 2;
    private static final int OF_ADDRESS_MAX = ALL_MAX / 2;
    private static final int LARGE = 8 * 1024 * 1024;
    private static final Duration STALL_MAX = Duration.ofSeconds(2);
    private static final Duration WITHOUT_SHARE_MAX = Duration.ofMillis(300);

    private final SlowReaders readers = new SlowReaders(STALL_MAX, WITHOUT_SHARE_MAX);
    private final AtomicInteger broken = new AtomicInteger();
    private final HttpHandler writing = new BlockingHandler(exchange -> {
        var piece = new byte[64 * 1024];
        try {
            exchange.setResponseContentLength(exchange.getRequestPath().equals("/large") ? LARGE : 1);
            if (exchange.getRequestPath().equals("/large")) {
                for (int sent = 0; sent < LARGE; sent += piece.length) {
                    exchange.getOutputStream().write(piece);
                }
            } else {
                exchange.getOutputStream().write('x');
            }
            exchange.getOutputStream().close();
        } catch (IOException gone) {
            broken.incrementAndGet();
            throw gone;
        }
    });
    private final List<Socket> open = new ArrayList<>();
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1", exchange -> {
                var from = exchange.getRequestHeaders().getFirst("From");
                exchange.setSourceAddress(new InetSocketAddress(InetAddress.getByName(from), 0));
                readers.around(writing).handleRequest(exchange);
            })
            .setSocketOption(Options.SEND_BUFFER, 64 * 1024)
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

    private Socket ask(String from, String path) throws IOException {
        var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        var socket = new Socket();
        open.add(socket);
        socket.setReceiveBufferSize(32 * 1024);
        socket.connect(address);
        socket.setSoTimeout(10_000);
        var request = "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nFrom: " + from + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(US_ASCII));
        return socket;
    }

    private static void await(BooleanSupplier done) {
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    @Test
    void limitsWaitingResponsesPerAddress() throws IOException {
        for (int i = 0; i < WORKERS * 2; i++) {
            ask("192.0.2.1", "/large");
        }
        await(() -> broken.get() >= WORKERS * 2 - OF_ADDRESS_MAX);
        assertThat(readers.waiting()).isLessThanOrEqualTo(OF_ADDRESS_MAX);
        assertThat(ask("192.0.2.2", "/small").getInputStream().readAllBytes()).endsWith('x');
    }

    @Test
    void limitsWaitingResponsesToHalfOfWorkers() throws IOException {
        for (int i = 1; i <= WORKERS * 2; i++) {
            ask("192.0.2." + i, "/large");
        }
        await(() -> broken.get() >= WORKERS * 2 - ALL_MAX);
        assertThat(readers.waiting()).isLessThanOrEqualTo(ALL_MAX);
        assertThat(ask("192.0.2.99", "/small").getInputStream().readAllBytes()).endsWith('x');
    }

    @Test
    void abortsResponseThatNobodyReads() throws IOException {
        var begin = System.nanoTime();
        ask("192.0.2.1", "/large");
        await(() -> broken.get() == 1);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(STALL_MAX);
        assertThat(readers.waiting()).isZero();
    }

    @Test
    void completesResponseForSteadySlowReader() throws IOException {
        var begin = System.nanoTime();
        var stream = ask("192.0.2.1", "/large").getInputStream();
        long read = 0;
        // Takes longer in total than the limit for reading nothing.
        for (var piece = stream.readNBytes(LARGE / 16); piece.length > 0; piece = stream.readNBytes(LARGE / 16)) {
            read += piece.length;
            LockSupport.parkNanos(STALL_MAX.toNanos() / 8);
        }
        assertThat(read).isGreaterThan(LARGE);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(STALL_MAX);
        assertThat(broken).hasValue(0);
    }
}
