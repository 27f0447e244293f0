package io.tenantry.tenancy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.sql.DataSource;

/**
 * Opens connections in the current scope: its database role and its schema are set local to the transaction, so that nothing is left on the
 * connection when it returns to the pool.
 *
 * <p>A connection that nevertheless carries settings is discarded by the pool before it is handed out (the check of {@code install.cli}). If
 * one comes out all the same, it is refused and its backend terminated: with a role set, it would answer even code that forgot the transaction,
 * and with another tenant's rows.
 */
final class ScopedConnections {
    private static final System.Logger LOG = System.getLogger(ScopedConnections.class.getName());

    /** All in one round trip; {@code true} makes the settings local to the transaction. The columns are evaluated from left to right. */
    private static final String BECOME = "select current_setting('role'), current_setting('search_path'),"
            + " set_config('role', ?, true), set_config('search_path', ?, true), pg_backend_pid()";

    /** The identity of a connection without a scope; {@code bootstrap.sql} removes the search path of the user that signs in. */
    private static final Identity NOBODY = new Identity("none", "\"\"");

    /** Only the user that signed in may terminate its backend, so the role is reset first. */
    private static final String END =
            "select set_config('role', 'none', false), pg_terminate_backend(pg_backend_pid())";

    private static final String CONNECTION_FAILURE = "08006";
    private static final String NO_CONNECTION = "08001";

    /** Stays on the connection: the pool checks for it, see {@code install.cli}. */
    private static final String MARK = "select set_config('tenantry.worn', 'yes', false)";

    private static final ServedSchemas SERVED = new ServedSchemas();

    private ScopedConnections() {}

    /**
     * Opens a connection of the current transaction in the current scope. Without a transaction the setting ends with its own statement and the
     * database refuses whatever follows: a forgotten transaction fails closed.
     */
    static Connection open(DataSource source) throws SQLException {
        var scope = Tenancy.scope();
        TransactionScope.bind(scope);
        var connection = connect(source);
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

    /** A pool whose connections are all in use reports this without a state; it is as transient as a database that has none left. */
    private static Connection connect(DataSource source) throws SQLException {
        try {
            return source.getConnection();
        } catch (SQLException failure) {
            if (failure.getSQLState() == null) {
                throw new SQLTransientConnectionException(failure.getMessage(), NO_CONNECTION, failure);
            }
            throw failure;
        }
    }

    static void become(Connection connection, Scope scope) throws SQLException {
        try (var statement = connection.prepareStatement(BECOME)) {
            statement.setString(1, scope.role());
            statement.setString(2, scope.schema());
            try (var row = statement.executeQuery()) {
                row.next();
                var found = new Identity(row.getString(1), row.getString(2));
                if (!found.equals(NOBODY) && !found.equals(Identity.of(scope))) {
                    end(connection, found);
                    throw new SQLException("a pooled connection still had a role", CONNECTION_FAILURE);
                }
                if (SERVED.isWornBy(
                        row.getInt(5),
                        scope.schema(),
                        ConnectionPoolRole.current().schemasMax())) {
                    mark(connection);
                }
            }
        }
    }

    private static void mark(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(MARK);
        }
    }

    /** Terminates the backend; the pool discards a connection whose backend is gone. */
    private static void end(Connection connection, Identity found) {
        LOG.log(System.Logger.Level.ERROR, "a pooled connection still had the role {0}: terminating it", found);
        try (var statement = connection.createStatement()) {
            statement.execute(END);
        } catch (SQLException gone) {
            LOG.log(System.Logger.Level.DEBUG, "the process ended", gone);
        }
    }

    /** The identity of a connection: its role and its search path. */
    private record Identity(String role, String path) {
        static Identity of(Scope scope) {
            return new Identity(scope.role(), scope.schema());
        }
    }
}
