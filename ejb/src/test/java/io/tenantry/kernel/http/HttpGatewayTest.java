package io.tenantry.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.tenantry.server.Ports;
import io.tenantry.testing.WithinTenant;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(WithinTenant.class)
class HttpGatewayTest {
    private static final HttpGateway.Timeouts SHORT =
            new HttpGateway.Timeouts(Duration.ofSeconds(1), Duration.ofMillis(500), Duration.ofSeconds(1));

    private final HttpGateway httpGateway = new HttpGateway(AddressPolicy.ANY, SHORT);
    private HttpServer server = server();

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @BeforeEach
    void listen() {
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    @AfterEach
    void close() {
        server.stop(0);
        httpGateway.close();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    private static HttpCall get(URI uri) {
        return new HttpCall("GET", uri, Map.of("Authorization", "Bearer secret"), Optional.empty());
    }

    private void respond(String path, int status, String body) {
        server.createContext(path, exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("X-Kind", "test");
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
    }

    @Test
    void returnsAResponseOfAnyStatus() {
        respond("/fine", 200, "{\"a\": \"ä\"}");
        respond("/bad", 503, "");
        var fine = httpGateway.send(get(at("/fine")));
        assertThat(fine.isFine()).isTrue();
        assertThat(fine.text()).isEqualTo("{\"a\": \"ä\"}");
        assertThat(fine.header("x-KIND")).contains("test");
        assertThat(httpGateway.send(get(at("/bad"))).status()).isEqualTo(503);
    }

    @Test
    void followsNoRedirects() {
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", at("/there").toString());
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        respond("/there", 200, "no");
        assertThat(httpGateway.send(get(at("/moved"))).status()).isEqualTo(302);
    }

    @Test
    void reportsATimeoutAsPossiblyDone() {
        server.createContext("/silent", exchange -> {
            try {
                exchange.getRequestBody().readAllBytes();
                java.util.concurrent.locks.LockSupport.parkNanos(2_000_000_000L);
            } finally {
                exchange.close();
            }
        });
        assertThatThrownBy(() -> httpGateway.send(get(at("/silent"))))
                .isInstanceOfSatisfying(HttpFailure.class, failure -> {
                    assertThat(failure.maybeDone()).isTrue();
                    assertThat(failure).hasMessageNotContaining("secret");
                });
    }

    @Test
    void abortsASlowResponse() {
        server.createContext("/drips", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (var out = exchange.getResponseBody()) {
                for (var i = 0; i < 100; i++) {
                    out.write('a');
                    out.flush();
                    java.util.concurrent.locks.LockSupport.parkNanos(100_000_000L);
                }
            }
        });
        var started = System.nanoTime();
        assertThatThrownBy(() -> httpGateway.send(get(at("/drips")))).isInstanceOf(HttpFailure.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void limitsTheSizeOfAResponse() {
        server.createContext("/endless", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            var piece = new byte[1024 * 1024];
            try (var out = exchange.getResponseBody()) {
                for (var i = 0; i < 64; i++) {
                    out.write(piece);
                }
            }
        });
        assertThatThrownBy(() -> httpGateway.send(get(at("/endless"))))
                .isInstanceOf(HttpFailure.class)
                .hasMessageContaining("more than");
    }

    @Test
    void reportsARefusedConnectionAsNotDone() {
        assertThatThrownBy(() -> httpGateway.send(get(URI.create("http://127.0.0.1:" + Ports.free() + "/"))))
                .isInstanceOfSatisfying(
                        HttpFailure.class,
                        failure -> assertThat(failure.maybeDone()).isFalse());
    }

    /** Staff enter addresses and read the failure: it must not reveal which names of the internal network exist. */
    @Test
    void doesNotRevealWhetherARefusedNameExists() {
        try (var strict = new HttpGateway(AddressPolicy.PUBLIC, SHORT)) {
            for (var host : List.of("localhost", "127.0.0.1", "10.0.0.1", "missing.invalid")) {
                assertThatThrownBy(() -> strict.send(get(URI.create("https://" + host + ":8443/"))))
                        .isInstanceOf(HttpFailure.class)
                        .hasMessage(host + ":8443 cannot be reached or is not allowed");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "localhost",
                "2130706433",
                "127.1",
                "0.0.0.0",
                "[::1]",
                "[::ffff:127.0.0.1]",
                "[0:0:0:0:0:ffff:7f00:1]",
                "LOCALHOST",
                "localhost."
            })
    void refusesAllSpellingsOfLoopback(String host) {
        respond("/", 200, "inside");
        try (var strict = new HttpGateway(AddressPolicy.PUBLIC, SHORT)) {
            var httpCall =
                    get(URI.create("http://" + host + ":" + server.getAddress().getPort() + "/"));
            assertThatThrownBy(() -> strict.send(httpCall))
                    .isInstanceOfSatisfying(
                            HttpFailure.class,
                            failure -> assertThat(failure.maybeDone()).isFalse());
        }
    }
}
