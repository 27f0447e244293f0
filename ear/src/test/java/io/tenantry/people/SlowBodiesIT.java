package io.tenantry.people;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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
    private static final Duration PATIENCE = Duration.ofSeconds(5);

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
        var last = send("203.0.113.21", LARGE, PIECE);
        for (int i = 0; i < 16; i++) {
            last = send("203.0.113.21", LARGE, PIECE);
        }
        assertThat(new String(last.getInputStream().readNBytes(12), US_ASCII)).isEqualTo("HTTP/1.1 429");
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
