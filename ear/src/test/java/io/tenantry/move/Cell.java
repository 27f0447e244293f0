package io.tenantry.move;

import io.tenantry.admin.auditor.Auditor;
import io.tenantry.server.DatabaseUser;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.TenantId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A database that holds tenants, looked at and disturbed by its superuser. */
record Cell(EmbeddedDatabase database) {
    private static final String CHANGELOG = "db/tenant/changelog.xml";
    private static final Set<String> OF_THE_PLATFORM =
            Set.of("schemas-alike", "tenant-has-schema", "executions-alive", "settlement-books", "reseller-rights");

    /** What the application does first when it starts. */
    void prepare() {
        schemas().migrateWork("db/work/changelog.xml");
        schemas().migratePlatform("db/platform/changelog.xml");
        schemas().announce(CHANGELOG);
    }

    /** A tenant's role and schema, as the application makes them. */
    void makeSchema(TenantId tenant) {
        schemas().migrate(tenant, CHANGELOG);
    }

    private Schemas schemas() {
        return new Schemas(database.dataSource(DatabaseUser.ADMIN), Cell.class.getClassLoader());
    }

    Connection connect() throws SQLException {
        return database.superuser().getConnection();
    }

    void run(String... statements) {
        try (var connection = connect();
                var running = connection.createStatement()) {
            for (var statement : statements) {
                running.execute(statement);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The first column of all rows. */
    List<String> texts(String query) {
        try (var connection = connect()) {
            return texts(connection, query);
        } catch (SQLException failure) {
            throw new IllegalStateException(query, failure);
        }
    }

    static List<String> texts(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var all = new ArrayList<String>();
            while (rows.next()) {
                all.add(rows.getString(1));
            }
            return all;
        }
    }

    String text(String query) {
        return texts(query).get(0);
    }

    /** Number and hash of the rows of each table of a schema, and how far its sequences are; without what is only packed. */
    Map<String, String> contents(String schema) {
        var contents = new TreeMap<String, String>();
        for (var table : relations(schema, "r")) {
            if (!table.startsWith("moved_")) {
                contents.put(table, hash("to_jsonb(t) - 'created_in'", schema + "." + table + " t"));
            }
        }
        for (var sequence : relations(schema, "S")) {
            contents.put(sequence, text("select last_value || ' ' || is_called from " + schema + "." + sequence));
        }
        return contents;
    }

    List<String> relations(String schema, String kind) {
        return texts("select relname from pg_class where relnamespace = '" + schema + "'::regnamespace and relkind = '"
                + kind + "' order by relname");
    }

    /** Number and hash of a tenant's runs and slices, wherever they are, but for their numbers. */
    String work(TenantId tenant, String runs, String slices) {
        return hash("to_jsonb(r) - 'id'", runs + " r where r.tenant = '" + tenant + "'")
                + hash(
                        "(to_jsonb(s) - 'id' - 'run_id') || jsonb_build_object('until', r.until)",
                        slices + " s join " + runs + " r on r.id = s.run_id where r.tenant = '" + tenant + "'");
    }

    private String hash(String row, String from) {
        return text("select count(*) || ' ' || md5(coalesce(string_agg(h, '' order by h), '')) from (select md5((" + row
                + ")::text) h from " + from + ") x");
    }

    /** What the auditor's invariants find of a tenant, asked with the auditor's rights. */
    List<String> violations(TenantId tenant) {
        return violations(tenant.schema(), false);
    }

    /** What they find of the platform. */
    List<String> violationsOfThePlatform() {
        return violations("platform", true);
    }

    private List<String> violations(String schema, boolean isPlatform) {
        var found = new ArrayList<String>();
        try (var connection = connect();
                var statement = connection.createStatement()) {
            statement.execute("set role tenantry_auditor");
            statement.execute("set search_path to " + schema);
            for (var invariant : new Auditor().invariants()) {
                if (OF_THE_PLATFORM.contains(invariant.name()) == isPlatform) {
                    texts(connection, "select v.detail from (" + invariant.sql() + ") v").stream()
                            .map(detail -> invariant.name() + ": " + detail)
                            .forEach(found::add);
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
        return found;
    }
}
