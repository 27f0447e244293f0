package io.tenantry.tenancy;

import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Reads large parts of a tenant as of one moment: in one read-only, repeatable-read transaction under the tenant's own role. It is not a JTA
 * transaction, whose timeout it would exceed; each statement has its own timeout instead.
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

    /** Work on the connection, which remains the caller's until it returns. */
    @FunctionalInterface
    public interface Reading<T> {
        T from(Connection connection) throws SQLException, IOException;
    }

    /**
     * Reads a tenant.
     *
     * @param statement the timeout of each statement
     * @throws IllegalStateException within a transaction
     */
    public <T> T read(TenantId tenant, Duration statement, Reading<T> reading) throws IOException {
        if (TransactionScope.isActive()) {
            throw new IllegalStateException("a snapshot is read outside of a transaction");
        }
        var given = source;
        try (var connection = (given == null ? DatabaseCells.application() : given).getConnection()) {
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

    /** Restores the connection to its initial state. If that fails, it is broken, and the pool detects that. */
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
