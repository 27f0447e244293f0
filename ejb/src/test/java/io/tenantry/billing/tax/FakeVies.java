package io.tenantry.billing.tax;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tenantry.config.Settings;
import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A fake VIES over HTTP, which can be as unreliable as the real one. */
final class FakeVies implements AutoCloseable {
    static final String VALID = """
            {"countryCode": "${state}", "vatNumber": "${digits}", "requestDate": "2026-10-10T12:20:00.000Z", "valid": true,
             "requestIdentifier": "WAPIAAAAZ1", "name": "NORDWIND SAS", "address": "1 RUE DE LA MER\\n75001 PARIS"}
            """;

    static final String INVALID = VALID.replace("true", "false").replace("NORDWIND SAS", "---");

    /** Timeouts shorter than a slow reply. */
    private static final HttpGateway.Timeouts SHORT =
            new HttpGateway.Timeouts(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(5));

    final List<String> questions = Collections.synchronizedList(new ArrayList<>());
    final HttpGateway httpGateway = new HttpGateway(AddressPolicy.ANY, SHORT);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private volatile Reply reply = exchange -> send(exchange, 200, VALID);

    /** The handling of one request. */
    interface Reply {
        void send(HttpExchange exchange) throws IOException;
    }

    FakeVies() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
        server.setExecutor(threads);
        server.createContext("/rest-api/check-vat-number", exchange -> {
            questions.add(exchange.getRequestMethod() + " "
                    + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            reply.send(exchange);
            exchange.close();
        });
        server.start();
    }

    Vies client() {
        var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/rest-api";
        return new Vies(new Settings(Map.of("tenantry.vies.url", url)::get, name -> null), httpGateway);
    }

    void reply(int status, String body) {
        reply = exchange -> send(exchange, status, body);
    }

    void handle(Reply other) {
        reply = other;
    }

    private void send(HttpExchange exchange, int status, String body) throws IOException {
        var question = questions.get(questions.size() - 1);
        var state = question.replaceAll("(?s).*\"countryCode\":\"([^\"]*)\".*", "$1");
        var digits = question.replaceAll("(?s).*\"vatNumber\":\"([^\"]*)\".*", "$1");
        var bytes = body.replace("${state}", state).replace("${digits}", digits).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        httpGateway.close();
    }
}
