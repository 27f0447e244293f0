package io.tenantry.people;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Anonymous clients that send bodies slowly, over many connections, do not affect others. */
@RunAsClient
class SlowBodiesIT extends Deployments {
    private static final String BRAND = "slow-bodies";
    private static final String HOST = BRAND + ".localhost";

    /** More than the workers of any server that runs tests; it has sixteen per processor. */
    private static final int CONNECTIONS =
            Math.max(200, 20 * Runtime.getRuntime().availableProcessors());

    private static final int PIECE = 256 * 1024 + 1;
    private static final int LARGE = 4_000_000;
    private static final int OF_ADDRESS_MAX = 8;
    private static final String BUSY = "HTTP/1.1 503";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BRIEFLY = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<Socket> open = new ArrayList<>();

    @BeforeAll
    static void makeBrand() {
        BrowserTestSetup.brand(BRAND);
        try (var stranger = new Reader(HOST, "en")) {
            stranger.get("/");
            stranger.get("/sign-in");
        }
    }

    @AfterEach
    void close() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    /** The server notices only after a while that the clients of the previous test are gone, and then has workers for large bodies again. */
    @BeforeEach
    void awaitWorkers() throws IOException {
        var until = System.nanoTime() + LONG.toNanos();
        while (!isRead()) {
            assertThat(System.nanoTime()).as("no worker is free").isLessThan(until);
        }
    }

    private boolean isRead() throws IOException {
        try {
            return !status(send("203.0.113.19", LARGE, LARGE), PATIENCE)
                    .orElse(BUSY)
                    .equals(BUSY);
        } catch (SocketException refusedWhileSending) {
            return false;
        }
    }

    /** Returns the beginning of the answer; empty if there is none in that time. */
    private static Optional<String> status(Socket socket, Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        try {
            return Optional.of(new String(socket.getInputStream().readNBytes(BUSY.length()), US_ASCII));
        } catch (SocketTimeoutException none) {
            return Optional.empty();
        }
    }

    private Socket send(String from, int length, int sent) throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger(RunningServer.HTTP_PORT));
        open.add(socket);
        socket.setSoTimeout((int) PATIENCE.toMillis());
        var head = "POST /sign-in HTTP/1.1\r\nHost: " + HOST + "\r\nX-Forwarded-For: " + from
                + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                + length + "\r\n\r\n";
        socket.getOutputStream().write((head + "a".repeat(sent)).getBytes(US_ASCII));
        return socket;
    }

    private static void othersAreAnswered() throws IOException {
        try (var rawConnection = new RawConnection(Integer.getInteger(RunningServer.HTTP_PORT), PATIENCE)) {
            for (var path : List.of("/", "/sign-in")) {
                assertThat(rawConnection
                                .send("GET " + path + " HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n")
                                .status())
                        .as(path)
                        .isEqualTo(200);
            }
            assertThat(rawConnection
                            .send("POST /sign-in HTTP/1.1\r\nHost: " + HOST
                                    + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\n"
                                    + "Content-Length: 3\r\n\r\na=b")
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void stalledSmallBodiesDelayNobody() throws IOException {
        for (int i = 0; i < CONNECTIONS; i++) {
            send("203.0.113.20", 1000, 2);
        }
        othersAreAnswered();
    }

    @Test
    void limitsStalledLargeBodiesPerAddress() throws IOException {
        var waiting = new ArrayList<Socket>();
        for (int i = 0; i < 17; i++) {
            waiting.add(send("203.0.113.21", LARGE, PIECE));
        }

        var until = System.nanoTime() + LONG.toNanos();
        while (waiting.size() > OF_ADDRESS_MAX && System.nanoTime() < until) {
            for (var socket : List.copyOf(waiting)) {
                var status = status(socket, BRIEFLY);
                status.ifPresent(text -> assertThat(text).isEqualTo("HTTP/1.1 429"));
                status.ifPresent(text -> waiting.remove(socket));
            }
        }
        assertThat(waiting).as("bodies that are being read").hasSizeBetween(1, OF_ADDRESS_MAX);
        othersAreAnswered();
    }

    @Test
    void largeBodiesOfManyAddressesLeaveWorkersForOthers() throws IOException {
        for (int i = 0; i < 60; i++) {
            send("203.0.113." + (30 + i), LARGE, PIECE);
        }
        othersAreAnswered();
    }

    @Test
    void readsLargeBodySentInTime() throws IOException {
        var answer = send("203.0.113.22", LARGE, LARGE).getInputStream().readNBytes(12);
        assertThat(new String(answer, US_ASCII)).startsWith("HTTP/1.1 ").doesNotContain("429", "503", "408");
    }
}
