package io.tenantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.StartRefusal;
import io.tenantry.isolation.RawConnection;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.Server;
import io.tenantry.tenancy.AdvisoryLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The readiness endpoints during the life of a node, {@code /healthz} for load balancers and {@code /health/ready} for Kubernetes, and the log
 * for its operator.
 */
@Tag("full")
class HealthIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration PROMPTLY = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    /** Two ticks of each permanent timer. */
    private static final Duration SOME_TICKS = Duration.ofSeconds(32);

    @TempDir
    Path folder;

    private ServerLog log;

    @BeforeEach
    void prepare() {
        log = new ServerLog(folder.resolve("console.log"));
    }

    @Test
    void nodeIsUpWhileDeployedAndConnectedToDatabase() throws IOException, SQLException {
        try (var database = EmbeddedDatabase.scratchBuilder().start();
                var server = server(database).start()) {
            var before = new TreeSet<Integer>();
            server.await("a first answer", PATIENCE, () -> before.add(status(server)));
            server.awaitManagement(PATIENCE);
            before.add(status(server));
            assertThat(before).as("while nothing is deployed").containsExactly(UNAVAILABLE);

            var archive = folder.resolve("server/deployments/tenantry.ear");
            var during = new TreeSet<Integer>();
            try (var otherNode = database.superuser().getConnection();
                    var statement = otherNode.createStatement()) {
                statement.execute(
                        "select pg_advisory_lock(" + AdvisoryLock.MIGRATION.space() + ", hashtext('platform'))");
                Files.copy(Path.of(System.getProperty("tenantry.it.ear")), archive);
                server.await("the wait for another node that makes the schemas", PATIENCE, () -> {
                    var answer = ask(server.httpPort(), "/healthz");
                    during.add(answer.status());
                    return answer.body()
                            .equals(
                                    "{\"status\":\"DOWN\",\"doing\":\"bringing the schemas up to date\",\"failed\":false}");
                });
                assertThat(ask(server.httpPort(), "/").status()).isEqualTo(UNAVAILABLE);
            }
            server.await("the deployment", PATIENCE, () -> {
                var status = status(server);
                during.add(status);
                return status == OK;
            });
            assertThat(during).as("before and when it is ready").containsExactly(OK, UNAVAILABLE);
            assertThat(ready(server)).isEqualTo(OK);

            loseAndFindTheDatabase(database, server);

            Files.delete(archive);
            server.await("the end of the deployment", PATIENCE, () -> status(server) == UNAVAILABLE);
        }
    }

    private void loseAndFindTheDatabase(EmbeddedDatabase database, Server server) throws IOException {
        var whole = log.length();
        database.crash();
        server.await("the loss of the database", PATIENCE, () -> status(server) == UNAVAILABLE);
        assertThat(ask(server.httpPort(), "/healthz").body()).contains("\"doing\":\"waiting for the database\"");
        assertThat(ready(server)).isEqualTo(UNAVAILABLE);
        pass(server, SOME_TICKS);
        database.restart();
        server.await("its return", PATIENCE, () -> status(server) == OK);
        assertThat(ready(server)).isEqualTo(OK);
        pass(server, SOME_TICKS);
        assertThat(log.troubles(whole))
                .filteredOn(ServerLog::isUnexpectedWithoutDatabase)
                .singleElement()
                .asString()
                .contains("WARN", "the database cannot be reached: ");
        assertThat(log.count("the database can be reached again")).isOne();
    }

    @Test
    void startingNodeWaitsForDatabase() throws IOException {
        try (var database = EmbeddedDatabase.scratchBuilder().start()) {
            database.crash();
            try (var server = server(database)
                    .deployment(Path.of(System.getProperty("tenantry.it.ear")))
                    .start()) {
                server.await("the start that waits", PATIENCE, () -> log.count("the start waits up to") > 0);
                assertThat(status(server)).isEqualTo(UNAVAILABLE);
                pass(server, SOME_TICKS);
                assertThat(status(server)).isEqualTo(UNAVAILABLE);
                database.restart();
                server.await("the end of the start", PATIENCE, () -> status(server) == OK);
                pass(server, SOME_TICKS);
                assertThat(ready(server))
                        .as("its job repository is there as well")
                        .isEqualTo(OK);
                assertThat(log.troubles(0))
                        .filteredOn(ServerLog::isUnexpectedWithoutDatabase)
                        .singleElement()
                        .asString()
                        .contains("WARN", "the start waits up to");
                assertThat(log.count("the database can be reached again")).isOne();
            }
        }
    }

    @Test
    void nodeExitsForRestartWhenDatabaseStaysUnavailable() throws IOException, InterruptedException {
        try (var database = EmbeddedDatabase.scratchBuilder().start()) {
            database.crash();
            try (var server = server(database)
                    .environment("TENANTRY_DB_WAIT", "PT5S")
                    .deployment(Path.of(System.getProperty("tenantry.it.ear")))
                    .start()) {
                assertThat(server.awaitEnd()).isEqualTo(StartRefusal.AGAIN_EXIT_CODE);
            }
        }
        assertThat(log.count("the database could not be reached for 5 s, the server ends"))
                .isOne();
    }

    @Test
    void nodeWaitingForDatabaseCanBeStopped() throws IOException {
        try (var database = EmbeddedDatabase.scratchBuilder().start()) {
            database.crash();
            try (var server = server(database)
                    .environment("TENANTRY_DB_WAIT", "PT4M")
                    .deployment(Path.of(System.getProperty("tenantry.it.ear")))
                    .start()) {
                server.await("the start that waits", PATIENCE, () -> log.count("the start waits up to") > 0);
                server.process().destroy();
                assertThat(server.process().onExit())
                        .as("its end, long before that of the wait")
                        .succeedsWithin(PROMPTLY);
            }
        }
        assertThat(log.count("the database could not be reached for")).isZero();
    }

    @Test
    void reportsMissingJobRepository() throws IOException, SQLException {
        try (var database = EmbeddedDatabase.scratchBuilder().start()) {
            try (var connection = database.superuser().getConnection();
                    var statement = connection.createStatement()) {
                statement.execute("revoke all on schema batch from tenantry_batch");
                statement.execute("alter schema batch owner to postgres");
            }
            try (var server = server(database)
                    .deployment(Path.of(System.getProperty("tenantry.it.ear")))
                    .start()) {
                server.await("the verdict", PATIENCE, () -> {
                    var body = ask(server.httpPort(), "/healthz").body();
                    return body.contains("\"failed\":true") && body.contains("the job repository was not opened");
                });
                assertThat(status(server)).isEqualTo(UNAVAILABLE);
                assertThat(ready(server)).isEqualTo(UNAVAILABLE);
            }
        }
    }

    @Test
    void startsAndStopsWithoutWarnings() throws IOException, SQLException {
        try (var database = EmbeddedDatabase.scratchBuilder().start()) {
            try (var server = server(database)
                    .deployment(Path.of(System.getProperty("tenantry.it.ear")))
                    .start()) {
                server.await("the end of the start", PATIENCE, () -> status(server) == OK);
                pass(server, SOME_TICKS);
            }
            assertThat(stoppedNodes(database))
                    .as("nodes that said that they stop")
                    .isOne();
        }
        assertThat(log.troubles(0)).filteredOn(ServerLog::isUnexpected).isEmpty();
        assertThat(log.count("WFLYSRV0050")).as("the server's last line").isOne();
    }

    private static int stoppedNodes(EmbeddedDatabase database) throws SQLException {
        try (var connection = database.superuser().getConnection();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("select count(*) from work.node where stopped_at is not null")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private Server.Builder server(EmbeddedDatabase database) throws IOException {
        return Server.in(Path.of(System.getProperty("tenantry.it.home")), folder.resolve("server"))
                .environment(database.environment())
                .environment("TENANTRY_PLATFORM_HOST", "platform.localhost")
                .environment("TENANTRY_SECRET_KEYS_FILE", keys().toString())
                .output(log.file());
    }

    private Path keys() throws IOException {
        var file = folder.resolve("secret.keys");
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Files.writeString(file, "first=" + Base64.getEncoder().encodeToString(new byte[32]) + "\n");
        }
        return file;
    }

    private static void pass(Server server, Duration time) {
        var until = System.nanoTime() + time.toNanos();
        server.await("some ticks of the clock", PATIENCE, () -> System.nanoTime() > until);
    }

    private static int status(Server server) throws IOException {
        return ask(server.httpPort(), "/healthz").status();
    }

    private static int ready(Server server) throws IOException {
        return ask(server.managementPort(), "/health/ready").status();
    }

    private static RawConnection.Answer ask(int port, String path) throws IOException {
        try (var rawConnection = new RawConnection(port)) {
            return rawConnection.sendAlone("GET " + path + " HTTP/1.1\r\nHost: platform.localhost\r\n\r\n");
        }
    }
}
