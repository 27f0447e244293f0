package io.tenantry.people;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Anonymous clients that open connections and send nothing, or half a head, do not affect others. */
@Tag("full")
@RunAsClient
class IdleConnectionsIT extends Deployments {
    private static final String BRAND = "idle-connections";
    private static final String HOST = BRAND + ".localhost";
    private static final int CONNECTIONS = 2_000;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final List<Socket> open = new ArrayList<>();

    @BeforeAll
    static void makeBrand() {
        BrowserTestSetup.brand(BRAND);
        try (var stranger = new Reader(HOST, "en")) {
            stranger.get("/");
        }
    }

    @AfterEach
    void close() throws IOException {
        for (var socket : open) {
            socket.close();
        }
    }

    @Test
    void thousandsOfIdleConnectionsDelayNobody() throws IOException {
        for (var number = 0; number < CONNECTIONS; number++) {
            var socket = new Socket(InetAddress.getLoopbackAddress(), Integer.getInteger(RunningServer.HTTP_PORT));
            open.add(socket);
            if (number % 2 == 0) {
                socket.getOutputStream().write(("GET / HTTP/1.1\r\nHost: " + HOST + "\r\nX-Slow: ").getBytes(US_ASCII));
            }
        }
        try (var other = new Reader(HOST, "en")) {
            var begin = System.nanoTime();
            assertThat(other.get("/").status()).isEqualTo(200);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(PATIENCE);
        }
        var half = open.get(0);
        half.setSoTimeout((int) Duration.ofSeconds(60).toMillis());
        assertThat(half.getInputStream().readAllBytes())
                .as("half a head is given fifteen seconds")
                .asString(US_ASCII)
                .doesNotContain(" 200 ");
    }
}
