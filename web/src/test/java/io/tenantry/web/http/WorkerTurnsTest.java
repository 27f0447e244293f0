package io.tenantry.web.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.server.handlers.BlockingHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs in an Undertow, over the wire. The host is the holder. */
class WorkerTurnsTest {
    private static final int WORKERS = 16;
    private static final int EACH = 10;
    private static final int ALL = 14;
    private static final int EACH_WAITING = 20;
    private static final int MANY = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** A permit lets one slow request of that host continue. */
    private final Map<String, Semaphore> gates = new ConcurrentHashMap<>();

    private final AtomicInteger held = new AtomicInteger();
    private final List<String> order = new ArrayList<>();
    private final HttpHandler working = new BlockingHandler(exchange -> {
        if (exchange.getRequestPath().endsWith("/slow")) {
            held.incrementAndGet();
            gate(exchange.getHostName()).acquire();
        }
        synchronized (order) {
            order.add(exchange.getHostName());
        }
        if (exchange.getRequestPath().endsWith("/fails")) {
            throw new IllegalStateException("on purpose");
        }
        exchange.getResponseSender().send("done " + exchange.getInputStream().readAllBytes().length);
    });
    private final WorkerTurns turns = new WorkerTurns(
            working,
            exchange -> exchange.getHostName().equals("platform") ? WorkerTurns.PLATFORM : exchange.getHostName(),
            new WorkerTurns.Limits(EACH_WAITING, 30, PATIENCE));
    private final BodyBuffers buffers =
            new BodyBuffers(turns, new BodyDeadline(Duration.ofMinutes(1), 4_000_000), 32 * 1024 * 1024);
    private final List<Socket> open = new ArrayList<>();
    private final Undertow server = Undertow.builder()
            .addHttpListener(0, "127.0.0.1", buffers)
            .setIoThreads(1)
            .setWorkerThreads(WORKERS)
            .build();

    @BeforeEach
    void start() {
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        openGates();
        for (var socket : open) {
            socket.close();
        }
        server.stop();
    }

    private Semaphore gate(String host) {
        return gates.computeIfAbsent(host, first -> new Semaphore(0));
    }

    private void openGates() {
        gates.values().forEach(gate -> gate.release(MANY));
    }

    private Socket send(String text) throws IOException {
        var address = (InetSocketAddress) server.getListenerInfo().get(0).getAddress();
        var socket = new Socket(address.getAddress(), address.getPort());
        open.add(socket);
        socket.setSoTimeout(10_000);
        socket.getOutputStream().write(text.getBytes(US_ASCII));
        return socket;
    }

    private Socket get(String host, String path) throws IOException {
        return send("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
    }

    private static String answer(Socket socket) throws IOException {
        return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    }

    private static void await(BooleanSupplier done) {
        var end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
    }

    private List<Socket> occupy(String host, int number) throws IOException {
        var sockets = new ArrayList<Socket>();
        for (var one = 0; one < number; one++) {
            sockets.add(get(host, "/slow"));
        }
        return sockets;
    }

    @Test
    void divisionLeavesWorkersToOthers() {
        assertThat(WorkerTurns.each(WORKERS)).isEqualTo(EACH);
        assertThat(WorkerTurns.all(WORKERS)).isEqualTo(ALL);
        assertThat(WorkerTurns.each(1)).isOne();
        assertThat(WorkerTurns.all(1)).isOne();
    }

    @Test
    void slowRequestsOfOneResellerLeaveWorkersToOthers() throws IOException {
        var slow = occupy("aurora", EACH + 5);
        await(() -> held.get() == EACH && turns.waiting() == 5);
        assertThat(answer(get("borealis", "/"))).startsWith("HTTP/1.1 200").endsWith("done 0");
        assertThat(held).hasValue(EACH);
        openGates();
        for (var socket : slow) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void allResellersTogetherLeaveWorkersToPlatformAndHealth() throws IOException {
        occupy("aurora", EACH);
        occupy("borealis", EACH);
        await(() -> held.get() == ALL);
        assertThat(answer(get("platform", "/"))).startsWith("HTTP/1.1 200");
        assertThat(answer(get("aurora", Health.PATH))).startsWith("HTTP/1.1 200");
        assertThat(held).hasValue(ALL);
    }

    @Test
    void resellerWithFewestWorkersIsNext() throws IOException {
        occupy("aurora", EACH + 1);
        await(() -> held.get() == EACH && turns.waiting() == 1);
        occupy("borealis", ALL - EACH);
        await(() -> held.get() == ALL);
        get("cirrus", "/");
        await(() -> turns.waiting() == 2);
        gate("aurora").release();
        await(() -> {
            synchronized (order) {
                return order.size() == 2;
            }
        });
        assertThat(order).as("one that waits longer has more workers").containsExactly("aurora", "cirrus");
    }

    /** Otherwise a reseller whose requests never stop waiting would always be next. */
    @Test
    void ofResellersWithEquallyFewWorkersTheOneThatWaitsLongestIsNext() throws IOException {
        occupy("busy", EACH);
        occupy("other", ALL - EACH);
        await(() -> held.get() == ALL);
        var arriving = List.of("aurora", "borealis", "aurora", "borealis");
        for (var one = 0; one < arriving.size(); one++) {
            get(arriving.get(one), "/");
            var waiting = one + 1;
            await(() -> turns.waiting() == waiting);
        }
        gate("other").release();
        await(() -> {
            synchronized (order) {
                return order.size() == 1 + arriving.size();
            }
        });
        assertThat(order).containsExactly("other", "aurora", "borealis", "aurora", "borealis");
    }

    @Test
    void requestThatWaitedTooLongIsRefusedWithRetryAfter() throws IOException {
        occupy("aurora", EACH);
        await(() -> held.get() == EACH);
        var page = get("aurora", "/");
        var program = get("aurora", "/api/v1/plans");
        assertThat(answer(page))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 10\r\n", "Cache-Control: no-store\r\n", "text/plain")
                .contains("Too many requests to this site are being processed");
        assertThat(answer(program))
                .startsWith("HTTP/1.1 503")
                .contains("Retry-After: 10\r\n", "application/problem+json", "\"status\":503");
        assertThat(turns.waiting()).isZero();
    }

    @Test
    void requestsBeyondThoseThatMayWaitAreRefusedAtOnce() throws IOException {
        var sockets = occupy("aurora", EACH + EACH_WAITING);
        await(() -> held.get() == EACH && turns.waiting() == EACH_WAITING);
        assertThat(answer(get("aurora", "/"))).startsWith("HTTP/1.1 503");
        assertThat(turns.waiting()).isEqualTo(EACH_WAITING);
        openGates();
        for (var socket : sockets) {
            assertThat(answer(socket)).startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void refusedConnectionWithoutPendingBodyStaysOpen() throws IOException {
        occupy("aurora", EACH);
        await(() -> held.get() == EACH);
        var socket = send("GET / HTTP/1.1\r\nHost: aurora\r\n\r\n");
        var start = new String(socket.getInputStream().readNBytes("HTTP/1.1 503".length()), US_ASCII);
        assertThat(start).isEqualTo("HTTP/1.1 503");
        openGates();
        socket.getOutputStream()
                .write("GET / HTTP/1.1\r\nHost: borealis\r\nConnection: close\r\n\r\n".getBytes(US_ASCII));
        assertThat(answer(socket)).contains("HTTP/1.1 200");
    }

    @Test
    void failedRequestsReleaseTheirWorker() throws IOException {
        for (var one = 0; one <= EACH; one++) {
            assertThat(answer(get("aurora", "/fails"))).startsWith("HTTP/1.1 500");
        }
        assertThat(answer(get("aurora", "/"))).startsWith("HTTP/1.1 200");
    }

    @Test
    void bodiesOfWaitingRequestsArriveWhole() throws IOException {
        occupy("aurora", EACH);
        await(() -> held.get() == EACH);
        var socket = send("POST / HTTP/1.1\r\nHost: aurora\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n"
                + "x".repeat(100_000));
        await(() -> turns.waiting() == 1);
        openGates();
        assertThat(answer(socket)).startsWith("HTTP/1.1 200").endsWith("done 100000");
    }

    @Test
    void workersThatReadSlowBodiesCount() throws IOException {
        var large = 1_000_000;
        var start = "POST / HTTP/1.1\r\nHost: aurora\r\nContent-Length: " + large + "\r\n\r\n"
                + "x".repeat(BodyBuffers.BYTES_MAX + 1);
        send(start);
        send(start);
        await(() -> buffers.placesTaken() == 2);
        occupy("aurora", EACH);
        await(() -> held.get() == EACH - 2 && turns.waiting() == 2);
        assertThat(answer(get("borealis", "/"))).startsWith("HTTP/1.1 200");
    }
}
