package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The assembled server, without the application, which is replaced by one small page. Every path that becomes an option contains blanks. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServerTest {
    private static final Path HOME = Path.of("target/wildfly");

    private EmbeddedDatabase database;
    private Server server;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        var war = temporary.resolve("page.war");
        try (var zip = new ZipOutputStream(Files.newOutputStream(war))) {
            zip.putNextEntry(new ZipEntry("index.html"));
            zip.write("<p>here</p>".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("WEB-INF/jboss-web.xml"));
            zip.write("<jboss-web><context-root>/</context-root></jboss-web>".getBytes(StandardCharsets.UTF_8));
        }
        database = EmbeddedDatabase.scratch();
        var home = Files.createSymbolicLink(temporary.resolve("home of it"), HOME.toAbsolutePath());
        System.setProperty(
                Server.CLASSES, temporary.resolve("no classes of it.jsa").toString());
        System.setProperty(Server.OPTIONS, "-Xss2m \"-Dtenantry.quoted=" + temporary + "/a b\"");
        server = Server.in(home, temporary.resolve("base of it"))
                .environment(database.environment())
                .deployment(war)
                .heap("256m")
                .start();
        server.awaitDeployed(Duration.ofMinutes(2));
    }

    @AfterAll
    void stop() {
        System.clearProperty(Server.CLASSES);
        System.clearProperty(Server.OPTIONS);
        server.close();
        database.close();
    }

    @Test
    void answersEveryHostAndSendsTheSecurityHeaders() throws Exception {
        var answer = get(server.httpPort(), "/");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).contains("here");
        assertThat(raw("GET / HTTP/1.1\r\nHost: somebody.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200")
                .contains("X-Content-Type-Options: nosniff")
                .contains("Referrer-Policy: strict-origin-when-cross-origin")
                .contains("X-Frame-Options: DENY")
                .contains("Cross-Origin-Resource-Policy: same-origin")
                .doesNotContain("Server:")
                .doesNotContain("X-Powered-By");
    }

    @Test
    void sendsSecurityHeadersWithErrors() throws Exception {
        var answer = get(server.httpPort(), "/nowhere");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void rejectsHeaderLineStartingWithSpace() throws IOException {
        assertThat(raw("GET / HTTP/1.1\r\n X-First: 1\r\nHost: a.example\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void rejectsBareLineFeeds() throws IOException {
        assertThat(raw("GET / HTTP/1.1\nHost: a.example\nConnection: close\n\n"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void rejectsAmbiguousRequests() throws IOException {
        assertThat(
                        raw(
                                "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd"))
                .startsWith("HTTP/1.1 400");
        assertThat(raw("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n")).startsWith("HTTP/1.1 400");
        assertThat(raw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc"))
                .startsWith("HTTP/1.1 400");
    }

    @Test
    void rejectsBodiesWithoutContentLength() throws IOException {
        assertThat(raw("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"))
                .startsWith("HTTP/1.1 411")
                .contains("Connection: close")
                .contains("X-Content-Type-Options: nosniff")
                .contains("Cross-Origin-Resource-Policy: same-origin");
        assertThat(raw("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: other\r\n\r\n"))
                .startsWith("HTTP/1.1 411")
                .contains("Connection: close");
        assertThat(raw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551616\r\n\r\n"))
                .startsWith("HTTP/1.1 400")
                .contains("Connection: close");
        assertThat(raw("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nConnection: close\r\n\r\nab"))
                .startsWith("HTTP/1.1 ")
                .doesNotStartWith("HTTP/1.1 400");
    }

    @Test
    void showsMetricsAndHealthOnTheManagementPortOnly() throws Exception {
        assertThat(get(server.managementPort(), "/prometheus").statusCode()).isEqualTo(200);
        assertThat(get(server.managementPort(), "/health/live").statusCode()).isEqualTo(200);
        assertThat(get(server.httpPort(), "/prometheus").statusCode()).isEqualTo(404);
        assertThat(get(server.httpPort(), "/wildfly-services").statusCode()).isEqualTo(404);
    }

    @Test
    void logsJson() throws IOException {
        assertThat(Files.readAllLines(server.base().resolve("log/server.log"), StandardCharsets.UTF_8))
                .filteredOn(line -> line.contains("WFLYSRV0025"))
                .singleElement()
                .asString()
                .startsWith("{\"")
                .contains("\"mdc\":{");
    }

    @Test
    void logsJsonFromFirstLine() throws IOException {
        assertThat(Files.readAllLines(server.base().resolve("log/server.log"), StandardCharsets.UTF_8))
                .allSatisfy(line -> assertThat(line).startsWith("{"));
    }

    @Test
    void startsWithoutWarning() throws IOException {
        assertThat(Files.readAllLines(server.base().resolve("log/server.log"), StandardCharsets.UTF_8))
                .filteredOn(line -> line.contains("\"level\":\"WARN\"") || line.contains("\"level\":\"ERROR\""))
                .isEmpty();
    }

    private static HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                                .timeout(Duration.ofSeconds(10))
                                .build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    /** Sends bytes unchanged, and reads until the server closes the connection. */
    private String raw(String request) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.httpPort())) {
            socket.setSoTimeout(5_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();
            var bytes = new byte[8192];
            var count = socket.getInputStream().read(bytes);
            return new String(bytes, 0, Math.max(count, 0), StandardCharsets.US_ASCII);
        }
    }
}
