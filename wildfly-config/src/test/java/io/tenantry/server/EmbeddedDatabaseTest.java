package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("full")
class EmbeddedDatabaseTest {

    @Test
    void givesEachLoginItsOwnUserAndPath() throws SQLException {
        try (var database = EmbeddedDatabase.scratch()) {
            assertThat(text(
                            database.dataSource(DatabaseUser.RUNTIME),
                            "select current_user || current_setting('search_path')"))
                    .isEqualTo("tenantry\"\"");
            assertThat(text(database.dataSource(DatabaseUser.ADMIN), "select current_user"))
                    .isEqualTo("tenantry_admin");
            assertThat(text(database.dataSource(DatabaseUser.BATCH), "select current_user || current_schema()"))
                    .isEqualTo("tenantry_batchbatch");
        }
    }

    @Test
    void givesRuntimeLoginNoRights() throws SQLException {
        try (var database = EmbeddedDatabase.scratch()) {
            var runtime = database.dataSource(DatabaseUser.RUNTIME);
            assertThatThrownBy(() -> text(runtime, "select count(*) from batch.job_instance"))
                    .hasMessageContaining("permission denied for schema batch");
            assertThatThrownBy(() -> text(runtime, "create schema mine")).hasMessageContaining("permission denied");
            assertThat(text(runtime, "select set_config('role', 'tenantry_auditor', false)"))
                    .isEqualTo("tenantry_auditor");
        }
    }

    @Test
    void letsAdminCreateTenantRole() throws SQLException {
        try (var database = EmbeddedDatabase.scratch();
                var connection = database.dataSource(DatabaseUser.ADMIN).getConnection();
                var statement = connection.createStatement()) {
            statement.execute("create role tn_aurora nologin");
            statement.execute("grant tn_aurora to tenantry");
            statement.execute("create schema t_aurora");
            statement.execute("grant usage on schema t_aurora to tn_aurora");
            assertThat(text(database.dataSource(DatabaseUser.RUNTIME), "select set_config('role', 'tn_aurora', false)"))
                    .isEqualTo("tn_aurora");
        }
    }

    @Test
    void recoversFastAndKeepsDataBetweenStarts(@TempDir Path temporary) throws SQLException {
        var folder = temporary.resolve("a folder");
        try (var database = EmbeddedDatabase.in(folder).start()) {
            assertThat(text(database.superuser(), "show recovery_init_sync_method"))
                    .isEqualTo("syncfs");
            assertThat(text(database.superuser(), "show fsync")).isEqualTo("on");
            text(
                    database.dataSource(DatabaseUser.BATCH),
                    "insert into job_instance (jobname) values ('kept') returning jobname");
            database.crash();
            database.restart();
            assertThat(text(database.dataSource(DatabaseUser.BATCH), "select jobname from job_instance"))
                    .isEqualTo("kept");
        }
        try (var database = EmbeddedDatabase.in(folder).start()) {
            assertThat(text(database.dataSource(DatabaseUser.BATCH), "select jobname from job_instance"))
                    .isEqualTo("kept");
        }
    }

    @Test
    void takesOverFromKilledProcess(@TempDir Path temporary) throws SQLException {
        var orphan = EmbeddedDatabase.in(temporary.resolve("db")).start();
        var pid = orphan.pid();
        try (var database = EmbeddedDatabase.in(temporary.resolve("db")).start()) {
            assertThat(database.pid()).isNotEqualTo(pid);
            assertThat(text(database.dataSource(DatabaseUser.BATCH), "select count(*) from job_instance"))
                    .isEqualTo("0");
        }
    }

    @Test
    void waitsForProcessThatOutlivesPostmaster(@TempDir Path temporary) throws Exception {
        var killed = EmbeddedDatabase.in(temporary.resolve("db")).start();
        var busy = CompletableFuture.supplyAsync(() -> {
            try {
                return text(killed.superuser(), "select count(*) from generate_series(1, 3e6)");
            } catch (SQLException gone) {
                return "gone";
            }
        });
        while (!text(killed.superuser(), "select count(*) from pg_stat_activity where query like '%generate_series%'")
                .equals("2")) {
            Thread.onSpinWait();
        }
        ProcessHandle.of(killed.pid()).orElseThrow().destroyForcibly();

        try (var database = EmbeddedDatabase.in(temporary.resolve("db")).start()) {
            assertThat(text(database.dataSource(DatabaseUser.BATCH), "select count(*) from job_instance"))
                    .isEqualTo("0");
        }
        assertThat(busy).isDone();
    }

    @Test
    void reportsDamagedFolderInOneLine(@TempDir Path temporary) throws Exception {
        EmbeddedDatabase.in(temporary).start().close();
        Files.writeString(temporary.resolve("data/postmaster.pid"), "999999999\n", StandardCharsets.UTF_8);
        EmbeddedDatabase.in(temporary).start().close();

        Files.writeString(temporary.resolve("data/global/pg_control"), "rubbish", StandardCharsets.UTF_8);
        assertThatThrownBy(() -> EmbeddedDatabase.in(temporary).start())
                .isInstanceOf(StartupException.class)
                .hasMessageContaining(temporary.toString())
                .hasMessageContaining("restore the folder from a backup, or remove it")
                .message()
                .doesNotContain("\n");

        Files.delete(temporary.resolve("data/PG_VERSION"));
        assertThatThrownBy(() -> EmbeddedDatabase.in(temporary).start()).hasMessageContaining("is damaged");
    }

    private static String text(DataSource source, String query) throws SQLException {
        try (var connection = source.getConnection();
                var statement = connection.createStatement()) {
            statement.execute(query);
            try (var rows = statement.getResultSet()) {
                if (rows == null || !rows.next()) {
                    return "";
                }
                return rows.getString(1);
            }
        }
    }
}
