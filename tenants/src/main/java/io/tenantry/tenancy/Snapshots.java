package io.tenantry.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads much of a tenant as it was at one moment: in one transaction that repeats what it reads and writes nothing, by the tenant's own role. It is no
 * transaction of the server's, whose timeout it would exceed; each statement has a timeout of its own instead.
 */
@ApplicationScoped
public class Snapshots {
    private static final System.Logger LOG = System.getLogger(Snapshots.class.getName());

    private static final String LIMITS = """
            select set_config('statement_timeout', ?, true),
                   set_config('idle_in_transaction_session_timeout', ?, true),
                   set_config('timezone', 'UTC', true),
                   set_config('datestyle', 'ISO, YMD', true),
                   set_config('intervalstyle', 'iso_8601', true),
                   set_config('bytea_output', 'hex', true),
                   set_config('extra_float_digits', '1', true)
            """;

    private final @Nullable DataSource source;

    /** For the container. */
    public Snapshots() {
        source = null;
    }

    /** For use outside a container. */
    public Snapshots(DataSource source) {
        this.source = source;
    }

    /** What is done with the connection, which stays the caller's until it returns. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(Connection connection) throws SQLException, IOException;
    }

    /**
     * Reads a tenant.
     *
     * @param statement how long a statement may take
     * @throws IllegalStateException within a transaction
     */
    public <T> T read(TenantId tenant, Duration statement, Reading<T> reading) throws IOException {
        if (TransactionScope.isActive()) {
            throw new IllegalStateException("a snapshot is read outside of a transaction");
        }
        var given = source;
        try (var connection =
                (given == null ? DatabaseCells.application(ConnectionPoolRole.REQUESTS) : given).getConnection()) {
            try {
                connection.setAutoCommit(false);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setReadOnly(true);
                ScopedConnections.become(connection, Scope.of(tenant));
                limit(connection, statement);
                return reading.from(connection);
            } finally {
                giveUp(connection);
            }
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        }
    }

    private static void limit(Connection connection, Duration statement) throws SQLException {
        try (var limits = connection.prepareStatement(LIMITS)) {
            limits.setString(1, String.valueOf(statement.toMillis()));
            limits.setString(2, String.valueOf(statement.toMillis()));
            limits.execute();
        }
    }

    /** As it came from the pool. A connection that cannot is broken, and the pool finds that. */
    private static void giveUp(Connection connection) {
        try {
            connection.rollback();
            connection.setReadOnly(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(true);
        } catch (SQLException broken) {
            LOG.log(System.Logger.Level.WARNING, "the connection of a snapshot is broken: {0}", broken.getMessage());
        }
    }
}
