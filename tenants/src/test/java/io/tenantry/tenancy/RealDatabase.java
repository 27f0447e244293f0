package io.tenantry.tenancy;

import io.tenantry.server.DatabaseUser;
import io.tenantry.server.EmbeddedDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A real PostgreSQL with the roles and schemas of two tenants, each with one table that it may use. */
final class RealDatabase {
    static final TenantId AURORA = new TenantId("aurora");
    static final TenantId BOREALIS = new TenantId("borealis");

    private static @Nullable EmbeddedDatabase server;

    private RealDatabase() {}

    /** Returns connections of the runtime user, a new one each time: it has no privileges itself. */
    static DataSource runtime() {
        return started().dataSource(DatabaseUser.RUNTIME);
    }

    static DataSource superuser() {
        return started().superuser();
    }

    static void asSuperuser(String... statements) {
        try (var connection = superuser().getConnection();
                var statement = connection.createStatement()) {
            for (var sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns the result of a query, the columns of the first row as texts. */
    static List<String> ask(Connection connection, String query) throws SQLException {
        try (var statement = connection.createStatement();
                var results = statement.executeQuery(query)) {
            var row = new ArrayList<String>();
            results.next();
            for (var column = 1; column <= results.getMetaData().getColumnCount(); column++) {
                row.add(String.valueOf(results.getString(column)));
            }
            return row;
        }
    }

    /** Returns a datasource that always returns this connection. */
    static DataSource always(Connection connection) {
        return (DataSource) Proxy.newProxyInstance(
                RealDatabase.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    return connection;
                });
    }

    /** Returns a handle like a pool's: closing it has no effect. */
    static Connection pooled(Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                RealDatabase.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(connection, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    /** A transaction as a server manages it: all callers share one connection until its end, which rolls back. */
    static final class Transaction implements AutoCloseable {
        private final Connection connection;
        private final Transactions transactions;

        private Transaction(Connection connection) {
            this.connection = connection;
            transactions = Transactions.active();
        }

        static Transaction begin() throws SQLException {
            var connection = runtime().getConnection();
            connection.setAutoCommit(false);
            return new Transaction(connection);
        }

        DataSource source() {
            return always(pooled(connection));
        }

        Connection connection() {
            return connection;
        }

        @Override
        public void close() throws SQLException {
            transactions.close();
            connection.close();
        }
    }

    private static synchronized EmbeddedDatabase started() {
        var known = server;
        if (known == null) {
            known = EmbeddedDatabase.scratch();
            server = known;
            for (var tenant : List.of(AURORA, BOREALIS)) {
                asSuperuser(
                        "create role " + tenant.role() + " nologin",
                        "grant " + tenant.role() + " to tenantry",
                        "create schema " + tenant.schema(),
                        "grant usage on schema " + tenant.schema() + " to " + tenant.role(),
                        "create table " + tenant.schema() + ".note (body text not null unique)",
                        "grant all on " + tenant.schema() + ".note to " + tenant.role());
            }
        }
        return known;
    }
}
