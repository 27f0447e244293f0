package io.tenantry.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.WithinTenant;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Servers that answer without end, slowly, or not at all harm neither the memory of a node nor other tenants. */
@Tag("full")
@ExtendWith(WithinTenant.class)
class HttpGatewayBoundsTest {
    private static final HttpGateway.Timeouts SHORT =
            new HttpGateway.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(1), Duration.ofSeconds(2));
    private static final int LOTS = 4096;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final ServerSocket server = open();
    private final HttpGateway httpGateway = new HttpGateway(AddressPolicy.ANY, SHORT);

    /** What the server writes to each connection. */
    @FunctionalInterface
    private interface Script {
        void play(OutputStream out) throws IOException;
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @AfterEach
    void close() throws IOException {
        httpGateway.close();
        server.close();
        threads.shutdownNow();
    }

    private void serve(Script script) {
        threads.execute(() -> {
            while (!server.isClosed()) {
                try {
                    var socket = server.accept();
                    threads.execute(() -> play(socket, script));
                } catch (IOException closed) {
                    return;
                }
            }
        });
    }

    private static void play(Socket socket, Script script) {
        try (socket) {
            var unused = socket.getInputStream().read(new byte[LOTS]);
            script.play(socket.getOutputStream());
        } catch (IOException left) {
            // The client closed the connection, as it should.
        }
    }

    private HttpCall get() {
        var uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
        return new HttpCall("GET", uri, Map.of(), Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Test
    void abortsOnAnEndlessHeaderLine() {
        serve(out -> {
            out.write(bytes("HTTP/1.1 200 OK\r\nX: "));
            var piece = bytes("a".repeat(LOTS));
            for (var i = 0; i < LOTS * 16; i++) {
                out.write(piece);
            }
        });
        assertThatThrownBy(() -> httpGateway.send(get()))
                .isInstanceOf(HttpFailure.class)
                .hasMessageContaining("line length");
    }

    @Test
    void abortsOnEndlessHeaders() {
        serve(out -> {
            out.write(bytes("HTTP/1.1 200 OK\r\n"));
            for (var i = 0; i < LOTS * LOTS; i++) {
                out.write(bytes("X-" + i + ": " + "a".repeat(LOTS) + "\r\n"));
            }
        });
        assertThatThrownBy(() -> httpGateway.send(get()))
                .isInstanceOf(HttpFailure.class)
                .hasMessageContaining("header count");
    }

    @Test
    void abortsOnSlowHeaders() {
        assertSlowResponseIsAborted("HTTP/1.1 200 OK\r\n", "X: a\r\n");
    }

    @Test
    void abortsOnEndlessProvisionalResponses() {
        assertSlowResponseIsAborted("", "HTTP/1.1 103 Early Hints\r\n\r\n");
    }

    @Test
    void abortsOnSlowChunks() {
        assertSlowResponseIsAborted("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1", ";a");
    }

    private void assertSlowResponseIsAborted(String first, String again) {
        serve(out -> {
            out.write(bytes(first));
            while (true) {
                out.write(bytes(again));
                out.flush();
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            }
        });
        var start = System.nanoTime();
        assertThatThrownBy(() -> httpGateway.send(get()))
                .isInstanceOf(HttpFailure.class)
                .hasMessageContaining("takes more than PT2S");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void refusesCallsThatBelongToNoOne() {
        for (var scope : List.of(Scope.WORK, Scope.audit(new TenantId("slow-panel")))) {
            assertThatThrownBy(() -> Tenancy.in(scope, () -> httpGateway.send(get())))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining(scope.label());
        }
        Tenancy.clear();
        assertThatThrownBy(() -> httpGateway.send(get())).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aTenantWhoseServerIsSlowUsesItsOwnShareOnly()
            throws InterruptedException, ExecutionException, TimeoutException {
        var asked = new CountDownLatch(HttpGateway.TENANT_SHARE);
        var isReleased = new CountDownLatch(1);
        serve(out -> {
            asked.countDown();
            try {
                isReleased.await();
            } catch (InterruptedException over) {
                return;
            }
            out.write(bytes("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"));
        });
        var patient = new HttpGateway.Timeouts(Duration.ofMillis(300), Duration.ofMinutes(1), Duration.ofMinutes(1));
        try (var shared = new HttpGateway(AddressPolicy.ANY, patient)) {
            var slow = new ArrayList<Future<HttpAnswer>>();
            for (var i = 0; i < HttpGateway.TENANT_SHARE; i++) {
                slow.add(threads.submit(() -> Tenancy.in(new TenantId("slow-panel"), () -> shared.send(get()))));
            }
            assertThat(asked.await(30, TimeUnit.SECONDS)).isTrue();

            assertThatThrownBy(() -> Tenancy.in(new TenantId("slow-panel"), () -> shared.send(get())))
                    .isInstanceOfSatisfying(
                            HttpFailure.class,
                            failure -> assertThat(failure.maybeDone()).isFalse())
                    .hasMessageContaining("connections of this tenant");
            var other = threads.submit(() -> Tenancy.in(new TenantId("other-panel"), () -> shared.send(get())));
            var platform = threads.submit(() -> Tenancy.in(Scope.PLATFORM, () -> shared.send(get())));
            isReleased.countDown();
            assertThat(other.get(30, TimeUnit.SECONDS).status()).isEqualTo(204);
            assertThat(platform.get(30, TimeUnit.SECONDS).status()).isEqualTo(204);
            for (var one : slow) {
                assertThat(one.get(30, TimeUnit.SECONDS).status()).isEqualTo(204);
            }
        }
    }
}
