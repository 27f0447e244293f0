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

/** A database that holds tenants, inspected and disturbed by its superuser. */
record Cell(EmbeddedDatabase database) {
    private static final String CHANGELOG = "db/tenant/changelog.xml";
    private static final Set<String> OF_THE_PLATFORM = Set.of(
            "schemas-identical",
            "tenant-has-schema",
            "job-executions-alive",
            "settlement-ledger",
            "reseller-privileges");

    /** Runs the first step of the application's startup. */
    void prepare() {
        schemas().migrateWork("db/work/changelog.xml");
        schemas().migratePlatform("db/platform/changelog.xml");
        schemas().announce(CHANGELOG);
    }

    /** Creates a tenant's role and schema as the application does. */
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

    /** Returns the first column of all rows. */
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

    /**
     * Returns row count and hash of each table of a schema, and the positions of its sequences; excludes tables written only for the transfer.
     */
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

    /** Returns count and hash of a tenant's runs and slices, in the given tables, ignoring their numbers. */
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

    /** Returns the violations of the auditor's invariants for a tenant, queried with the auditor's rights. */
    List<String> violations(TenantId tenant) {
        return violations(tenant.schema(), false);
    }

    /** Returns the violations for the platform. */
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
