package io.tenantry.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.it.Deployments;
import io.tenantry.it.RunningServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import org.jboss.arquillian.container.test.api.RunAsClient;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A proxy forwards {@code Upgrade} for WebSockets and does not see what follows a 101. If HTTP/2 were spoken without TLS, every page of every
 * host could be reached past the proxy's rules (h2c smuggling, CWE-444).
 */
@RunAsClient
@Tag("full")
class ProtocolUpgradeIT extends Deployments {
    private static final int PATIENCE_MILLIS = 5_000;
    private static final int SWITCHING_PROTOCOLS = 101;

    /** The preface of an HTTP/2 client, with an empty SETTINGS frame (RFC 9113, 3.4). */
    private static final String PREFACE =
            "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\u0000\u0000\u0000\u0004\u0000\u0000\u0000\u0000\u0000";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n",
                "Connection: Upgrade\r\nUpgrade: h2c\r\n",
                "Connection: upgrade,http2-settings\r\nUpgrade: H2C\r\n",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: websocket, h2c\r\n",
                "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c-14\r\n",
                "Connection: Upgrade\r\nUpgrade: TLS/1.2\r\n",
                "Connection: Upgrade\r\nUpgrade: jboss-remoting\r\n"
            })
    void upgradesToWebSocketOnly(String upgrade) {
        try (var rawConnection = new RawConnection(port())) {
            for (var path : new String[] {"/sign-in", "/live", "/healthz", "/api/v1/openapi.json"}) {
                var answer = send(rawConnection, path, upgrade);
                assertThat(answer.status())
                        .as(path)
                        .isNotEqualTo(SWITCHING_PROTOCOLS)
                        .isPositive();
            }
        }
    }

    @Test
    void rejectsHttp2WithPriorKnowledge() throws IOException {
        assertThat(hear(PREFACE))
                .satisfiesAnyOf(
                        answer -> assertThat(answer).isEmpty(),
                        answer -> assertThat(answer).startsWith("HTTP/1.1 4"));
    }

    private static RawConnection.Answer send(RawConnection rawConnection, String path, String upgrade) {
        try {
            return rawConnection.send("GET " + path + " HTTP/1.1\r\nHost: platform.localhost\r\n" + upgrade
                    + "HTTP2-Settings: AAMAAABk\r\n\r\n");
        } catch (IOException failure) {
            throw new AssertionError(path, failure);
        }
    }

    private static String hear(String bytes) throws IOException {
        var received = new ByteArrayOutputStream();
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            for (var next = socket.getInputStream().read();
                    next >= 0;
                    next = socket.getInputStream().read()) {
                received.write(next);
            }
        } catch (SocketTimeoutException | SocketException quiet) {
            // The bytes received until then are checked.
        }
        return received.toString(StandardCharsets.ISO_8859_1);
    }

    private static int port() {
        return Integer.getInteger(RunningServer.HTTP_PORT);
    }
}
