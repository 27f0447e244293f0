package io.tenantry.cloud.provider;

import io.tenantry.kernel.http.AddressPolicy;
import io.tenantry.kernel.http.HttpGateway;
import io.tenantry.server.Ports;
import jakarta.json.Json;
import jakarta.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A provider's own contract, served by Prism: it answers as the contract specifies, and reports violations by a request. A relay between it and
 * the adapter records Prism's reports, so that no violation can be missed.
 *
 * <p>Only for tests tagged {@code contracts} (profile {@code contracts}): they need Node and the folder of contracts.
 */
public final class Prism implements AutoCloseable {
    private static final Duration START_MAX = Duration.ofMinutes(3);
    private static final String READY = "Prism is listening";

    private final Process process;
    private final Relay relay;

    private Prism(Process process, Relay relay) {
        this.process = process;
        this.relay = relay;
    }

    /**
     * Serves a contract.
     *
     * @param file within the folder of contracts
     */
    public static Prism serve(String file) {
        var contract =
                Path.of(System.getProperty("contracts.dir", "")).resolve(file).toAbsolutePath();
        if (!Files.isRegularFile(contract)) {
            throw new IllegalStateException("no contract " + contract + "; the profile contracts says where they are");
        }
        try {
            var port = Ports.free();
            var command = new ArrayList<>(
                    List.of(System.getProperty("contracts.prism").split(" ", -1)));
            command.addAll(List.of("mock", "-h", "127.0.0.1", "-p", String.valueOf(port), contract.toString()));
            var log = Files.createTempFile("prism", ".log");
            log.toFile().deleteOnExit();
            var process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            awaitReady(process, log);
            return new Prism(process, new Relay(URI.create("http://127.0.0.1:" + port)));
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }

    /** Returns the address for adapters. */
    public URI base() {
        return relay.base();
    }

    /** Returns the client that sends requests to it. */
    public HttpGateway outbound() {
        return new HttpGateway(AddressPolicy.ANY, HttpGateway.Timeouts.USUAL);
    }

    /** Returns the violations by requests since the last call: each with method and path. Errors in the provider's examples are excluded. */
    public List<String> violations() {
        return relay.violations();
    }

    /** Returns the requests since the last call, such as {@code GET /v4/regions}, so that a test that requested nothing cannot pass. */
    public List<String> requests() {
        return relay.requests();
    }

    @Override
    public void close() {
        relay.close();
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Determined by its own log output: another process may answer at the port. */
    private static void awaitReady(Process process, Path log) throws IOException {
        var deadline = System.nanoTime() + START_MAX.toNanos();
        while (System.nanoTime() < deadline && process.isAlive()) {
            if (Files.readString(log, StandardCharsets.ISO_8859_1).contains(READY)) {
                return;
            }
            Backoff.wait(Duration.ofMillis(100));
        }
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        throw new IllegalStateException("Prism did not start: " + Files.readString(log, StandardCharsets.ISO_8859_1));
    }

    /** Forwards requests and records Prism's reports on them. */
    private static final class Relay implements AutoCloseable {
        private final com.sun.net.httpserver.HttpServer server;
        private final URI target;
        private final HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        private final List<String> violations = new ArrayList<>();
        private final List<String> asked = new ArrayList<>();

        Relay(URI target) throws IOException {
            this.target = target;
            server = com.sun.net.httpserver.HttpServer.create(
                    new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/", this::handle);
            server.start();
        }

        URI base() {
            return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
        }

        synchronized List<String> violations() {
            var all = List.copyOf(violations);
            violations.clear();
            return all;
        }

        synchronized List<String> requests() {
            var all = List.copyOf(asked);
            asked.clear();
            return all;
        }

        private synchronized void handle(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
            var what = exchange.getRequestMethod() + " " + exchange.getRequestURI();
            asked.add(what);
            var request = HttpRequest.newBuilder(
                            URI.create(target + exchange.getRequestURI().toString()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (var name : List.of("Authorization", "Accept", "Content-Type", "X-Filter", "X-LSW-Auth", "Prefer")) {
                var value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            try {
                var response = forward(request.build());
                judge(what, response);
                var body = response.body().readAllBytes();
                note(what, response.statusCode(), body);
                response.headers()
                        .firstValue("content-type")
                        .ifPresent(type -> exchange.getResponseHeaders().add("Content-Type", type));
                exchange.sendResponseHeaders(response.statusCode(), body.length == 0 ? -1 : body.length);
                if (body.length > 0) {
                    exchange.getResponseBody().write(body);
                }
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            } finally {
                exchange.close();
            }
        }

        /** Sends a request again whose connection Prism has closed meanwhile; Prism has no state. */
        private HttpResponse<InputStream> forward(HttpRequest request) throws IOException, InterruptedException {
            try {
                return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            } catch (IOException closed) {
                return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
            }
        }

        private void judge(String what, HttpResponse<InputStream> response) {
            response.headers().firstValue("sl-violations").ifPresent(text -> {
                try (var reader = Json.createReader(new StringReader(text))) {
                    for (var one : reader.readArray().getValuesAs(JsonObject.class)) {
                        if (one.getJsonArray("location").getString(0, "").equals("request")) {
                            violations.add(what + ": " + one);
                        }
                    }
                }
            });
        }

        /** Records Prism's own refusals, and the contract's responses to a rejected request. */
        private void note(String what, int status, byte[] body) {
            if (status == 422 || status == 400 || status == 404 || status == 405) {
                violations.add(what + " -> " + status + " " + new String(body, StandardCharsets.UTF_8));
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
