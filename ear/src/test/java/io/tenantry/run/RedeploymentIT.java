package io.tenantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.isolation.RawConnection;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What visitors and programs read while the archive is replaced in a running node: to come back later, never that something is broken. */
@Tag("full")
class RedeploymentIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final String HOST = "platform.localhost";

    /** It is for load balancers, which ask again in any case. */
    private static final String HEALTH = "/healthz";

    private static final List<String> PATHS =
            List.of("/sign-in", "/api/v1/openapi.json", "/admin", "/unbranded.css", HEALTH);

    /** 302 leads to the page for signing in. */
    private static final Set<Integer> EXPECTED = Set.of(200, 302, 503);

    /** The page of WildFly for hosts without an application. */
    private static final String OF_SERVER = "503 - Service Unavailable";

    @TempDir
    Path folder;

    private final ConcurrentSkipListMap<String, String> answers = new ConcurrentSkipListMap<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void replacedArchiveAnswersOnlyWithRetryLater() throws Exception {
        var ear = Path.of(System.getProperty("tenantry.it.ear"));
        try (var database = EmbeddedDatabase.scratchBuilder().careless().start();
                var server = Server.in(Path.of(System.getProperty("tenantry.it.home")), folder.resolve("server"))
                        .environment(database.environment())
                        .environment("TENANTRY_PLATFORM_HOST", HOST)
                        .environment("TENANTRY_CHARGING_TIMER", "false")
                        .deployment(ear)
                        .start()) {
            server.awaitDeployed(PATIENCE);
            var visitors = Executors.newFixedThreadPool(PATHS.size());
            try {
                var visits = new ArrayList<Future<?>>();
                PATHS.forEach(path -> visits.add(visitors.submit(() -> visit(server, path))));
                replace(ear, server);
                isOver.set(true);
                for (var visit : visits) {
                    visit.get();
                }
            } finally {
                isOver.set(true);
                visitors.shutdown();
            }
        }
        assertThat(answers.keySet()).as("the archive was away").anyMatch(answer -> answer.startsWith("503 "));
        assertThat(answers.keySet())
                .as("answers by status, path, whether they ask to come back, and whether they are the server's own")
                .allMatch(answer -> EXPECTED.contains(Integer.parseInt(answer.substring(0, 3))))
                .filteredOn(answer -> !answer.contains(" " + HEALTH + " ") && !answer.endsWith("server"))
                .allMatch(answer -> answer.startsWith("503 ") == answer.contains(" later "));
    }

    private void replace(Path ear, Server server) throws IOException {
        var deployed = folder.resolve("server/deployments").resolve(ear.getFileName());
        var copy = Files.copy(ear, folder.resolve("next.ear"), StandardCopyOption.REPLACE_EXISTING);
        var log = new ServerLog(folder.resolve("server/log/console.log"));
        Files.move(copy, deployed, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        server.await("the replacement", PATIENCE, () -> log.count("WFLYSRV0016") > 0 || log.count("WFLYSRV0010") > 1);
        server.await("its readiness", PATIENCE, () -> status(server, HEALTH) == 200);
    }

    /** Visits as often as possible; keeps one answer of each kind. */
    private Void visit(Server server, String path) throws IOException {
        while (!isOver.get()) {
            try (var connection = new RawConnection(server.httpPort())) {
                var answer = connection.send("GET " + path + " HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n");
                answers.putIfAbsent(
                        answer.status() + " " + path
                                + (answer.header("retry-after").isEmpty() ? " " : " later ")
                                + (answer.body().contains(OF_SERVER) ? "server" : ""),
                        answer.text());
            }
        }
        return null;
    }

    private static int status(Server server, String path) throws IOException {
        try (var connection = new RawConnection(server.httpPort())) {
            return connection
                    .send("GET " + path + " HTTP/1.1\r\nHost: " + HOST + "\r\n\r\n")
                    .status();
        }
    }
}
