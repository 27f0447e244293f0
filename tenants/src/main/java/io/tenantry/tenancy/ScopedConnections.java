package io.tenantry.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/**
 * Opens connections that have become the current scope: its database role and its schema, set local to the transaction, so
 * that nothing is left on the connection when it goes back to the pool.
 */
final class ScopedConnections {
    /** All in one round trip; {@code true} makes the settings local to the transaction. */
    private static final String BECOME =
            "select set_config('role', ?, true), set_config('search_path', ?, true), pg_backend_pid()";

    private static final ServedSchemas SERVED = ServedSchemas.ofApplication();

    private ScopedConnections() {}

    /**
     * A connection of the current transaction, as the current scope. Without a transaction the setting ends with its own
     * statement and whatever follows is refused by the database: forgetting a transaction fails closed.
     */
    static Connection open(DataSource source) throws SQLException {
        var scope = Tenancy.scope();
        TransactionScope.bind(scope);
        var connection = source.getConnection();
        try {
            if (!TransactionScope.isReady()) {
                become(connection, scope);
                TransactionScope.ready();
            }
            return connection;
        } catch (SQLException | RuntimeException failure) {
            connection.close();
            throw failure;
        }
    }

    static void become(Connection connection, Scope scope) throws SQLException {
        try (var statement = connection.prepareStatement(BECOME)) {
            statement.setString(1, scope.role());
            statement.setString(2, scope.schema());
            try (var row = statement.executeQuery()) {
                row.next();
                SERVED.served(row.getInt(3), scope.schema());
            }
        }
    }
}
