package io.tenantry.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.isolation.Wire;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a load balancer reads at {@code /healthz}, and Kubernetes at {@code /health/ready}, in the life of a node. */
@Tag("full")
class HealthIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int OK = 200;
    private static final int ERROR = 500;
    private static final int UNAVAILABLE = 503;

    @TempDir
    Path folder;

    @Test
    void aNodeIsUpWhileItIsDeployedAndHasItsDatabase() throws IOException {
        try (var database = EmbeddedDatabase.scratchBuilder().careless().start();
                var server = Server.in(Path.of(System.getProperty("tenantry.it.home")), folder.resolve("server"))
                        .environment(database.environment())
                        .environment("TENANTRY_PLATFORM_HOST", "platform.localhost")
                        .output(folder.resolve("console.log"))
                        .start()) {
            var before = new TreeSet<Integer>();
            server.await("a first answer", PATIENCE, () -> before.add(status(server)));
            server.awaitManagement(PATIENCE);
            before.add(status(server));
            assertThat(before).as("while nothing is deployed").containsExactly(UNAVAILABLE);

            var archive = folder.resolve("server/deployments/tenantry.ear");
            Files.copy(Path.of(System.getProperty("tenantry.it.ear")), archive);
            var during = new TreeSet<Integer>();
            server.await("the deployment", PATIENCE, () -> {
                var status = status(server);
                during.add(status);
                return status == OK;
            });
            assertThat(during)
                    .as("before it is ready")
                    .contains(UNAVAILABLE)
                    .allMatch(seen -> seen == OK || seen >= ERROR);
            assertThat(ready(server)).isEqualTo(OK);

            database.crash();
            server.await("the loss of the database", PATIENCE, () -> status(server) == UNAVAILABLE);
            assertThat(ask(server.httpPort(), "/healthz").body()).contains("\"doing\":\"waiting for the database\"");
            assertThat(ready(server)).isEqualTo(UNAVAILABLE);
            database.restart();
            server.await("its return", PATIENCE, () -> status(server) == OK);
            assertThat(ready(server)).isEqualTo(OK);

            Files.delete(archive);
            server.await("the end of the deployment", PATIENCE, () -> status(server) == UNAVAILABLE);
        }
        assertThat(folder.resolve("console.log"))
                .content()
                .contains("the database cannot be reached: ", "the database can be reached again");
    }

    private static int status(Server server) throws IOException {
        return ask(server.httpPort(), "/healthz").status();
    }

    private static int ready(Server server) throws IOException {
        return ask(server.managementPort(), "/health/ready").status();
    }

    private static Wire.Answer ask(int port, String path) throws IOException {
        try (var wire = new Wire(port)) {
            return wire.sendAlone("GET " + path + " HTTP/1.1\r\nHost: platform.localhost\r\n\r\n");
        }
    }
}
