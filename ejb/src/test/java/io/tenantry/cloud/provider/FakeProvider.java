package io.tenantry.cloud.provider;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import jakarta.json.Json;
import jakarta.json.JsonException;
import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A fake provider on a local port that stores what it receives and fails on demand. Each adapter's tests supply the provider's own paths and
 * messages ({@link #answer}); one request is answered at a time.
 */
public abstract class FakeProvider implements AutoCloseable {
    /** A fault of a request. */
    public enum Fault {
        /** Refused with 500, and not done. */
        FAILS,
        /** Done, and answered with 500. */
        DONE_THEN_ERROR,
        /** Done, and the connection ends without an answer. */
        DONE_WITHOUT_RESPONSE,
        /** Not done, and the connection ends without an answer. */
        SILENT,
        /** Refused with 429 and a retry after one second. */
        RATE_LIMITED,
        /** Refused with 429 and a retry after ten minutes. */
        RATE_LIMITED_LONG,
        /** Answered with 200 and a page of HTML. */
        NOT_JSON
    }

    /** A request as received. */
    public record RecordedCall(
            String method, String path, Map<String, String> query, JsonObject body, Map<String, String> headers) {}

    /** The provider's response to it. */
    public record CannedAnswer(int status, JsonValue body, Map<String, String> headers) {
        /** Returns a response with a body. */
        public static CannedAnswer of(int status, JsonValue body) {
            return new CannedAnswer(status, body, Map.of());
        }

        /** Returns a response without a body. */
        public static CannedAnswer of(int status) {
            return of(status, JsonValue.NULL);
        }
    }

    private record PlannedFault(Predicate<RecordedCall> which, Fault fault) {}

    static {
        // Otherwise each response waits 40 ms for an acknowledgement.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final Deque<PlannedFault> plannedFaults = new ArrayDeque<>();
    private final List<RecordedCall> requests = new ArrayList<>();
    private Predicate<RecordedCall> isDelayed = request -> false;
    private Duration latency = Duration.ZERO;

    private boolean isListening;

    /** Binds a free port; requests are answered from the first {@link #base()} on. */
    protected FakeProvider() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Returns its address. It listens from the first call on, when the object is completely constructed. */
    public URI base() {
        listen();
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private synchronized void listen() {
        if (!isListening) {
            server.createContext("/", this::handle);
            server.setExecutor(Executors.newCachedThreadPool());
            server.start();
            isListening = true;
        }
    }

    /** Makes the next requests fail, one after the other. */
    public synchronized void failNext(Fault... ones) {
        failNext(request -> true, ones);
    }

    /** Makes the next matching requests fail, one after the other; others in between succeed. */
    public synchronized void failNext(Predicate<RecordedCall> which, Fault... ones) {
        for (var one : ones) {
            plannedFaults.add(new PlannedFault(which, one));
        }
    }

    /** Delays matching requests by this duration from now on; all others wait for them in the meantime. */
    public synchronized void delay(Predicate<RecordedCall> which, Duration by) {
        isDelayed = which;
        latency = by;
    }

    /** Returns all requests received, including invalid ones. */
    public synchronized List<RecordedCall> requests() {
        return List.copyOf(requests);
    }

    /** Clears recorded requests and pending faults. */
    public synchronized void forget() {
        requests.clear();
        plannedFaults.clear();
        delay(request -> false, Duration.ZERO);
    }

    /** Returns the provider's response; 404 in its own form for unknown paths. */
    protected abstract CannedAnswer answer(RecordedCall request);

    @Override
    public void close() {
        server.stop(0);
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        var request = read(exchange);
        requests.add(request);
        if (isDelayed.test(request)) {
            pause(latency);
        }
        var first = plannedFaults.peek();
        if (first == null || !first.which().test(request)) {
            respond(exchange, answer(request));
            return;
        }
        plannedFaults.remove();
        switch (first.fault()) {
            case FAILS -> respond(exchange, CannedAnswer.of(500));
            case DONE_THEN_ERROR -> {
                answer(request);
                respond(exchange, CannedAnswer.of(500));
            }
            case DONE_WITHOUT_RESPONSE -> {
                answer(request);
                exchange.close();
            }
            case SILENT -> exchange.close();
            case RATE_LIMITED ->
                respond(exchange, new CannedAnswer(429, JsonValue.EMPTY_JSON_OBJECT, Map.of("Retry-After", "1")));
            case RATE_LIMITED_LONG ->
                respond(exchange, new CannedAnswer(429, JsonValue.EMPTY_JSON_OBJECT, Map.of("Retry-After", "600")));
            case NOT_JSON -> {
                var page = "<html><body>Welcome</body></html>".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(200, page.length);
                exchange.getResponseBody().write(page);
                exchange.close();
            }
        }
    }

    private static void pause(Duration span) {
        var until = System.nanoTime() + span.toNanos();
        for (var left = span.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static RecordedCall read(HttpExchange exchange) throws IOException {
        var bytes = exchange.getRequestBody().readAllBytes();
        JsonObject body = JsonValue.EMPTY_JSON_OBJECT;
        if (bytes.length > 0) {
            try (var reader = Json.createReader(new ByteArrayInputStream(bytes))) {
                body = reader.readObject();
            } catch (JsonException noJson) {
                throw new IOException(noJson);
            }
        }
        var query = new HashMap<String, String>();
        var raw = exchange.getRequestURI().getRawQuery();
        if (raw != null) {
            for (var pair : raw.split("&", -1)) {
                var at = pair.indexOf('=');
                query.put(
                        URLDecoder.decode(pair.substring(0, at), StandardCharsets.UTF_8),
                        URLDecoder.decode(pair.substring(at + 1), StandardCharsets.UTF_8));
            }
        }
        var headers = new HashMap<String, String>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
        return new RecordedCall(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                Map.copyOf(query),
                body,
                Map.copyOf(headers));
    }

    private static void respond(HttpExchange exchange, CannedAnswer cannedAnswer) throws IOException {
        cannedAnswer.headers().forEach(exchange.getResponseHeaders()::add);
        if (cannedAnswer.body() == JsonValue.NULL) {
            exchange.sendResponseHeaders(cannedAnswer.status(), -1);
        } else {
            var bytes = cannedAnswer.body().toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(cannedAnswer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        }
        exchange.close();
    }
}
