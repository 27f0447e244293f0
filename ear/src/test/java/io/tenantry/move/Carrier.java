package io.tenantry.move;

import io.tenantry.tenancy.TenantId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;

/** Runs the scripts that ship and transfers a tenant's schema from one database to another. */
interface Carrier {
    /** Runs a script; throws its errors. */
    void script(Cell cell, String name, TenantId tenant);

    /** Dumps in one database and restores in the other; the tenant's role exists there. */
    void carry(TenantId tenant, Cell from, Cell to);

    /** Uses PostgreSQL's own programs, exactly as in docs/operations.md. */
    record Programs(Path folder, Path scratch) implements Carrier {
        private static final Path SCRIPTS = Path.of("..", "wildfly-config/src/main/resources/io/tenantry/server");

        @Override
        public void script(Cell cell, String name, TenantId tenant) {
            run(
                    cell,
                    "psql",
                    "-q",
                    "-d",
                    "tenantry",
                    "-v",
                    "tenant=" + tenant,
                    "-f",
                    SCRIPTS.resolve(name).toString());
        }

        @Override
        public void carry(TenantId tenant, Cell from, Cell to) {
            var dump = scratch.resolve(tenant + ".dump").toString();
            run(from, "pg_dump", "-d", "tenantry", "--format=custom", "--schema=" + tenant.schema(), "--file=" + dump);
            run(
                    to,
                    "pg_restore",
                    "-d",
                    "tenantry",
                    "--no-owner",
                    "--role=tenantry_admin",
                    "--single-transaction",
                    dump);
        }

        private void run(Cell cell, String program, String... arguments) {
            var line = new ArrayList<>(List.of(folder.resolve(program).toString()));
            line.addAll(List.of(arguments));
            var builder = new ProcessBuilder(line).redirectErrorStream(true);
            builder.environment().putAll(cell.database().superuserEnvironment());
            try {
                var process = builder.start();
                var stated = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                if (process.waitFor() != 0) {
                    throw new IllegalStateException(program + ": " + stated);
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** Does without them: runs the scripts through the driver, lets the application create the schema, and copies its rows and sequences. */
    record Driver() implements Carrier {
        @Override
        public void script(Cell cell, String name, TenantId tenant) {
            try {
                cell.database().run(name, Map.of("tenant", tenant.value()));
            } catch (SQLException refused) {
                throw new IllegalStateException(refused);
            }
        }

        @Override
        public void carry(TenantId tenant, Cell from, Cell to) {
            var schema = tenant.schema();
            to.makeSchema(tenant);
            to.run("alter schema " + schema + " owner to tenantry_admin", "revoke " + tenant.role() + " from tenantry");
            for (var packed : from.relations(schema, "r")) {
                if (packed.startsWith("moved_")) {
                    to.run(
                            from.text("select 'create table " + schema + "." + packed
                                    + " (' || string_agg(attname || ' ' || format_type(atttypid, atttypmod), ', ' order by attnum) || ')'"
                                    + " from pg_attribute where attrelid = '" + schema + "." + packed
                                    + "'::regclass and attnum > 0"),
                            "alter table " + schema + "." + packed + " owner to tenantry_admin");
                }
            }
            try {
                copy(schema, from, to);
            } catch (SQLException | IOException e) {
                throw new IllegalStateException(e);
            }
            to.run("comment on schema " + schema + " is '"
                    + from.text("select obj_description('" + schema + "'::regnamespace, 'pg_namespace')") + "'");
        }

        private static void copy(String schema, Cell from, Cell to) throws SQLException, IOException {
            var tables = from.relations(schema, "r");
            try (var source = from.connect();
                    var target = to.connect();
                    var statement = target.createStatement()) {
                statement.execute("set session_replication_role = replica");
                statement.execute("truncate " + schema + "." + String.join(", " + schema + ".", tables));
                for (var table : tables) {
                    var columns = schema + "." + table + " ("
                            + from.text(
                                    "select string_agg(attname, ', ' order by attnum) from pg_attribute where attrelid = '"
                                            + schema + "." + table
                                            + "'::regclass and attnum > 0 and not attisdropped and attgenerated = ''")
                            + ")";
                    var rows = new ByteArrayOutputStream();
                    source.unwrap(PGConnection.class).getCopyAPI().copyOut("copy " + columns + " to stdout", rows);
                    target.unwrap(PGConnection.class)
                            .getCopyAPI()
                            .copyIn("copy " + columns + " from stdin", new ByteArrayInputStream(rows.toByteArray()));
                }
                for (var sequence : from.relations(schema, "S")) {
                    statement.execute("select setval('" + schema + "." + sequence + "', "
                            + from.text("select last_value || ', ' || is_called from " + schema + "." + sequence)
                            + ")");
                }
            }
        }
    }
}
