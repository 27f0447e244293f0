package io.tenantry.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantry.isolation.RawConnection;
import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The configurations in docs/proxies in front of the server, each with its real program: skipped where that is not installed. Traefik is not
 * included, as Debian does not package it.
 */
@RunAsClient
@Tag("full")
class ProxiesIT extends Deployments {
    private static final String BRAND = "proxied";
    private static final String HOST = BRAND + ".localhost";
    private static final String OTHER = "proxied-other";
    private static final int SWITCHING_PROTOCOLS = 101;
    private static final int PERMANENT_REDIRECT = 308;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int ASKED_MAX = 3_000;
    private static final int SLOW = 20 * Runtime.getRuntime().availableProcessors();

    private static final String LIES = "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-Host: " + OTHER
            + ".localhost\r\nX-Forwarded-Port: 6666\r\nX-Forwarded-Proto: ftp\r\nForwarded: for=6.6.6.6;host=" + OTHER
            + ".localhost\r\nX-Real-IP: 6.6.6.6\r\n";

    @BeforeAll
    static void makeBrands() {
        BrowserTestSetup.brand(BRAND);
        BrowserTestSetup.brand(OTHER);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx.conf", "nginx-two-nodes.conf", "haproxy.cfg", "Caddyfile"})
    void documentedProxyForwardsOnlyWhatItShould(String file, @TempDir Path folder)
            throws IOException, GeneralSecurityException {
        assumeTrue(
                FrontProxy.program(file).isPresent(),
                () -> "docs/proxies/" + file + " was not tried: its program is not installed");
        try (var proxy = new FrontProxy(folder, file, HOST, node(), Math.max(100, 3 * SLOW))) {
            servesPagesAndReplacesClientHeaders(proxy);
            passesOnWebSockets(proxy);
            passesOnNoOtherUpgrade(proxy);
            redirectsPagesToTlsAndRejectsPrograms(proxy);
            slowBodiesDelayNobody(proxy);
            if (!file.equals("Caddyfile")) {
                limitsRequestsPerAddress(proxy);
            }
        }
    }

    /** Caddy has no such limit. */
    private static void limitsRequestsPerAddress(FrontProxy proxy) throws IOException {
        try (var rawConnection = proxy.wire()) {
            var request = "GET /healthz HTTP/1.1\r\nHost: " + HOST + ":" + proxy.port() + "\r\n\r\n";
            var asked = 0;
            while (rawConnection.send(request).status() == 200) {
                asked++;
                assertThat(asked).isLessThan(ASKED_MAX);
            }
            assertThat(rawConnection.send(request).status()).isEqualTo(TOO_MANY_REQUESTS);
        }
    }

    private static void servesPagesAndReplacesClientHeaders(FrontProxy proxy) {
        try (var plain = new Reader(HOST, "en", proxy.port(), proxy.wire());
                var liar = new Reader(HOST, "en", proxy.port(), proxy.wire()).with(LIES)) {
            assertThat(plain.get("/home").status()).isEqualTo(200);
            assertThat(plain.get("/nowhere").status()).isEqualTo(404);
            assertThat(liar.get("/site.webmanifest").body())
                    .isEqualTo(plain.get("/site.webmanifest").body());
            liar.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            assertThat(liar.get("/portal/me").body()).contains("127.0.0.1").doesNotContain("6.6.6.6");
        }
    }

    private static void passesOnWebSockets(FrontProxy proxy) {
        try (var olga = new Reader(HOST, "en", proxy.port(), proxy.wire())) {
            olga.signIn("olga@kiosk.example", BrowserTestSetup.PASSWORD);
            var answer = olga.get(
                    "/live",
                    "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                            + "Sec-WebSocket-Version: 13\r\nOrigin: https://" + HOST + ":" + proxy.port() + "\r\n");
            assertThat(answer.status()).isEqualTo(SWITCHING_PROTOCOLS);
        }
    }

    private static void passesOnNoOtherUpgrade(FrontProxy proxy) throws IOException {
        for (var upgrade : new String[] {
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n",
            "Connection: Upgrade\r\nUpgrade: h2c\r\n",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: websocket, h2c\r\n",
            "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nUpgrade: websocket\r\n"
        }) {
            for (var path : new String[] {"/live", "/sign-in"}) {
                try (var rawConnection = proxy.wire()) {
                    var answer = rawConnection.send("GET " + path + " HTTP/1.1\r\nHost: " + HOST + ":" + proxy.port()
                            + "\r\n" + upgrade + "HTTP2-Settings: AAMAAABk\r\n\r\n");
                    assertThat(answer.status()).as(path + " " + upgrade).isNotEqualTo(SWITCHING_PROTOCOLS);
                }
            }
        }
    }

    private static void redirectsPagesToTlsAndRejectsPrograms(FrontProxy proxy) throws IOException {
        try (var rawConnection = proxy.plainWire()) {
            var page = rawConnection.sendAlone("GET /sign-in HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
            assertThat(page.status()).isEqualTo(PERMANENT_REDIRECT);
            assertThat(page.header("location")).containsExactly("https://" + HOST + "/sign-in");
            var program = rawConnection.sendAlone("GET /api/v1/health HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
            assertThat(program.status()).isEqualTo(FORBIDDEN);
        }
    }

    /** Some fill the proxy's buffer; each kind exceeds the number of the node's workers. */
    private static void slowBodiesDelayNobody(FrontProxy proxy) throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < SLOW; i++) {
                for (int sent : new int[] {2, 40_000}) {
                    var socket = proxy.dial();
                    slow.add(socket);
                    var head = "POST /sign-in HTTP/1.1\r\nHost: " + HOST + ":" + proxy.port()
                            + "\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                            + 100 * sent + "\r\n\r\n";
                    socket.getOutputStream().write((head + "a".repeat(sent)).getBytes(StandardCharsets.US_ASCII));
                }
            }
            var begin = System.nanoTime();
            try (var direct = new Reader(OTHER + ".localhost", "en");
                    var other = new Reader(HOST, "en", proxy.port(), proxy.wire())) {
                assertThat(direct.get("/sign-in").status()).isEqualTo(200);
                assertThat(other.get("/sign-in").status()).isEqualTo(200);
            }
            // The node's timeout for a body is more than ten seconds.
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    /** HAProxy's health check of each node: HTTP/1.0 without a host. */
    @Test
    void healthCheckNeedsNoHost() throws IOException {
        try (var rawConnection = new RawConnection(node())) {
            assertThat(rawConnection.sendAlone("GET /healthz HTTP/1.0\r\n\r\n").status())
                    .isEqualTo(200);
        }
    }

    private static int node() {
        return Integer.getInteger(RunningServer.HTTP_PORT);
    }
}
