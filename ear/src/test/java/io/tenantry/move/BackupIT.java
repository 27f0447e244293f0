package io.tenantry.move;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantry.server.DatabaseUser;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.tenancy.TenantId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dump and restore commands of docs/operations.md, run verbatim with the programs of a PostgreSQL on this machine: skipped where there is
 * none, since the embedded one has no pg_dump.
 */
@Tag("full")
class BackupIT {
    private static final Path DOCUMENT = Path.of("..", "docs", "operations.md");
    private static final Pattern COMMANDS = Pattern.compile("```sh\\n(.*?)```", Pattern.DOTALL);
    private static final TenantId TENANT = new TenantId("kept");
    private static final String GIVEN = "tenantry.pg.bin";

    private static final String RIGHTS = """
            select n.nspname || '.' || c.relname || ' ' || coalesce((select string_agg(x::text, ',' order by x::text) from unnest(c.relacl) x), '')
              from pg_class c
              join pg_namespace n on n.oid = c.relnamespace
             where n.nspname in ('platform', 'work', 't_kept') and c.relkind in ('r', 'v', 'S')
             order by 1
            """;

    @TempDir
    Path folder;

    @Test
    void documentedBackupIsRestoredWithAllRights() throws IOException, InterruptedException, SQLException {
        var programs = programs();
        assumeTrue(programs.isPresent(), "no PostgreSQL with pg_dump on this machine");
        var commands = commands();
        assertThat(commands).as("to dump, and to restore").hasSize(2);
        var before = System.getProperty(GIVEN, "");
        System.setProperty(GIVEN, programs.get().toString());
        try (var old = EmbeddedDatabase.scratch();
                var fresh = EmbeddedDatabase.scratch()) {
            var cell = new Cell(old);
            cell.prepare();
            cell.makeSchema(TENANT);
            cell.run(
                    "insert into platform.tenant (slug, name, state, currency, zone, locale, created_at)"
                            + " values ('kept', 'Kept', 'ACTIVE', 'EUR', 'UTC', 'en', now())",
                    "insert into t_kept.organization (id, name, billing_email, country, created_at)"
                            + " values (gen_random_uuid(), 'Kiosk', 'billing@kiosk.example', 'DE', now())");
            empty(fresh);

            run(programs.get(), commands.get(0), old, fresh);
            var stated = run(programs.get(), commands.get(1), old, fresh);

            assertThat(stated).isEmpty();
            var restored = new Cell(fresh);
            for (var schema : List.of("platform", "work", "t_kept")) {
                assertThat(restored.contents(schema)).as(schema).isEqualTo(cell.contents(schema));
            }
            assertThat(restored.texts(RIGHTS)).isEqualTo(cell.texts(RIGHTS)).isNotEmpty();
            actsAsTheTenant(fresh, old.password(DatabaseUser.RUNTIME));
        } finally {
            if (before.isEmpty()) {
                System.clearProperty(GIVEN);
            } else {
                System.setProperty(GIVEN, before);
            }
        }
    }

    /** Connects with the application's login and its former password. */
    private static void actsAsTheTenant(EmbeddedDatabase restored, String password) throws SQLException {
        try (var connection = DriverManager.getConnection(restored.url(), "tenantry", password);
                var statement = connection.createStatement()) {
            statement.execute("set role tn_kept");
            assertThat(Cell.texts(connection, "select name from t_kept.organization"))
                    .containsExactly("Kiosk");
        }
    }

    /** Puts the database into the state before bootstrap.sql. */
    private static void empty(EmbeddedDatabase database) throws SQLException {
        var url = database.url().replaceFirst("/tenantry", "/postgres");
        try (var connection = DriverManager.getConnection(
                        url, "postgres", database.superuserEnvironment().get("PGPASSWORD"));
                var statement = connection.createStatement()) {
            statement.execute("drop database tenantry with (force)");
            for (var role : Cell.texts(
                    connection, "select quote_ident(rolname) from pg_roles where rolname ~ '^(tenantry|tn_)'")) {
                statement.execute("drop role " + role);
            }
        }
    }

    private String run(Path programs, String commands, EmbeddedDatabase old, EmbeddedDatabase fresh)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder("bash", "-eu", "-c", commands)
                .directory(folder.toFile())
                .redirectErrorStream(true);
        builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
        builder.environment().put("OLD", connection(old, "tenantry"));
        builder.environment().put("NEW", connection(fresh, "postgres"));
        var process = builder.start();
        var stated = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(stated).isZero();
        return stated;
    }

    private static String connection(EmbeddedDatabase database, String name) {
        var facts = database.superuserEnvironment();
        return "host=127.0.0.1 port=" + database.port() + " user=postgres dbname=" + name + " password="
                + facts.get("PGPASSWORD");
    }

    private static List<String> commands() throws IOException {
        var text = Files.readString(DOCUMENT);
        var begin = text.indexOf("### A dump of everything");
        var section = text.substring(begin, text.indexOf("\n## ", begin));
        return COMMANDS.matcher(section)
                .results()
                .map(MatchResult::group)
                .map(block -> block.replaceAll("```(sh)?", ""))
                .toList();
    }

    /** Returns the programs of the newest supported version on this machine. */
    private static Optional<Path> programs() throws IOException {
        var given = System.getProperty(GIVEN, "");
        if (!given.isBlank()) {
            return Optional.of(Path.of(given));
        }
        var all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return Optional.empty();
        }
        try (var versions = Files.list(all)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin ->
                            Files.isExecutable(bin.resolve("pg_dumpall")) && Files.isExecutable(bin.resolve("initdb")))
                    .max(Comparator.naturalOrder());
        }
    }
}
