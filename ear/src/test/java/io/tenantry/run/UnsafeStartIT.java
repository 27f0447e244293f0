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
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server as it ships refuses to start with invalid settings, and reports this once. */
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
        assertThat(log.lines().filter(line -> line.contains("ConfigurationError")))
                .as("one failure, by the service that failed and by the deployment")
                .hasSizeLessThanOrEqualTo(3);
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
        var output = folder.resolve("console.log");
        try (var server = Server.in(Path.of(System.getProperty("tenantry.it.home")), folder.resolve("server"))
                .environment(database.environment())
                .environment(environment)
                .property("tenantry.log.json", "false")
                .property("tenantry.log.text", "true")
                .output(output)
                .deployment(Path.of(System.getProperty("tenantry.it.ear")))
                .start()) {
            assertThatThrownBy(() -> server.awaitDeployed(PATIENCE)).isInstanceOf(StartupException.class);
            assertThat(server.awaitEnd()).isEqualTo(StartRefusal.EXIT_CODE);
        }
        return Files.readString(output);
    }
}
