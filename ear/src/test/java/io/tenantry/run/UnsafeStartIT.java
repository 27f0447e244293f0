package io.tenantry.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.config.StartRefusal;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.server.Server;
import io.tenantry.server.StartupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as it ships refuses to start with invalid settings, reports this once, and ends. */
@Tag("full")
class UnsafeStartIT {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @TempDir
    Path folder;

    @Test
    void reportsAllConfigurationErrorsOnceBeforeStart() throws IOException, InterruptedException {
        var log = refused(Map.of(
                "TENANTRY_PLATFORM_HOST", "admin.example",
                "TENANTRY_TLS", "false",
                "TENANTRY_MAIL_HOST", "smtp.example",
                "TENANTRY_CHARGING_WORKERS", "many"));
        assertThat(log)
                .contains("configuration refused")
                .contains("tenantry.tls (TENANTRY_TLS): must be true")
                .contains("tenantry.secret.keys-file (TENANTRY_SECRET_KEYS_FILE): must be set with a mail server")
                .contains("tenantry.charging.workers (TENANTRY_CHARGING_WORKERS): found \"many\"")
                .doesNotContain("schemas are up to date");
    }

    /** WildFly itself rejects an empty value, so no datasource exists then. */
    @Test
    void emptyDatabaseVariablesAreMissingOnes() throws IOException, InterruptedException {
        assertThat(refusedWith(Map.of(
                        "TENANTRY_DB_URL", "",
                        "TENANTRY_DB_PASSWORD", "",
                        "TENANTRY_DB_ADMIN_PASSWORD", " ",
                        "TENANTRY_DB_BATCH_PASSWORD", "hunter2")))
                .contains("configuration refused: TENANTRY_DB_URL: must be set")
                .contains("TENANTRY_DB_PASSWORD: must be set")
                .contains("TENANTRY_DB_ADMIN_PASSWORD: must be set")
                .doesNotContain("TENANTRY_DB_BATCH_PASSWORD: must be set")
                .doesNotContain("hunter2");
    }

    /** The halted process leaves markers of an unfinished deployment behind, which must not prevent the next one. */
    @Test
    void missingDatabaseVariablesEndProcessAndCorrectedStartDeploys() throws IOException, InterruptedException {
        assertThat(refusedWith(Map.of("TENANTRY_DB_ADMIN_PASSWORD", "hunter2")))
                .contains("configuration refused: TENANTRY_DB_URL: must be set")
                .contains("TENANTRY_DB_PASSWORD: must be set")
                .contains("TENANTRY_DB_BATCH_PASSWORD: must be set")
                .doesNotContain("TENANTRY_DB_ADMIN_PASSWORD: must be set")
                .doesNotContain("hunter2");
        try (var database = EmbeddedDatabase.scratchBuilder().careless().start();
                var server = server().environment(database.environment())
                        .keepDeployments()
                        .start()) {
            server.awaitDeployed(PATIENCE);
            try (var markers = Files.list(server.base().resolve("deployments"))) {
                assertThat(markers.map(file -> file.getFileName().toString()))
                        .noneMatch(name -> name.endsWith(".failed") || name.endsWith(".isdeploying"))
                        .anyMatch(name -> name.endsWith(".deployed"));
            }
        }
    }

    @Test
    void invalidKeysFilePreventsStartAndUnknownVariableWarns() throws IOException, InterruptedException {
        var keys = Files.writeString(Files.createTempFile(folder, "secret", ".keys"), "k1=abc=\n");
        var log = refused(Map.of("TENANTRY_SECRET_KEYS_FILE", keys.toString(), "TENANTRY_PLATFORM_HOSTS", "x.example"));
        assertThat(log)
                .contains("line 1: key k1 has 2 bytes, 32 are needed")
                .contains("TENANTRY_PLATFORM_HOSTS is set, but nothing reads it; did you mean TENANTRY_PLATFORM_HOST?")
                .doesNotContain("schemas are up to date");
    }

    @Test
    void leavesDatabaseOfPreReleaseVersionUnchanged() throws Exception {
        try (var database = EmbeddedDatabase.scratchBuilder().careless().start();
                var connection = database.superuser().getConnection();
                var statement = connection.createStatement()) {
            statement.execute(
                    "create schema work; create table work.databasechangelog (id text, author text, filename text,"
                            + " orderexecuted integer); insert into work.databasechangelog"
                            + " values ('0001', 'charging-run', 'db/work/0001-charging-run.sql', 1);"
                            + " alter schema work owner to tenantry_admin; alter table work.databasechangelog owner to tenantry_admin");
            var log = refused(database, Map.of());
            assertThat(log)
                    .contains("This database was made by a version before the first release")
                    .contains("in schema work there is change charging-run:0001")
                    .contains("Use a new database; of a demo, delete its folder")
                    .doesNotContain("schemas are up to date");
            try (var tables =
                    statement.executeQuery("select count(*) from pg_tables where schemaname in ('work', 'platform')")) {
                tables.next();
                assertThat(tables.getInt(1)).isOne();
            }
        }
    }

    private String refused(Map<String, String> environment) throws IOException, InterruptedException {
        try (var database = EmbeddedDatabase.scratchBuilder().careless().start()) {
            return refused(database, environment);
        }
    }

    private String refused(EmbeddedDatabase database, Map<String, String> environment)
            throws IOException, InterruptedException {
        var all = new HashMap<>(database.environment());
        all.putAll(environment);
        return refusedWith(all);
    }

    /** Returns the log, in which the reason is the last error. */
    private String refusedWith(Map<String, String> environment) throws IOException, InterruptedException {
        try (var server = server().environment(environment)
                .deployment(Path.of(System.getProperty("tenantry.it.ear")))
                .start()) {
            assertThatThrownBy(() -> server.awaitDeployed(PATIENCE)).isInstanceOf(StartupException.class);
            assertThat(server.awaitEnd()).isEqualTo(StartRefusal.EXIT_CODE);
        }
        var log = Files.readString(output());
        var reasons = log.lines().filter(line -> line.contains("StartRefusal")).toList();
        assertThat(reasons).as("the reason, once").hasSize(1);
        assertThat(log.substring(log.indexOf(reasons.get(0)) + reasons.get(0).length()))
                .as("after the reason")
                .doesNotContain("ERROR", "WARN", "Exception", "\tat ");
        return log;
    }

    private Server.Builder server() {
        return Server.in(Path.of(System.getProperty("tenantry.it.home")), folder.resolve("server"))
                .property("tenantry.log.json", "false")
                .property("tenantry.log.text", "true")
                .output(output());
    }

    private Path output() {
        return folder.resolve("console.log");
    }
}
