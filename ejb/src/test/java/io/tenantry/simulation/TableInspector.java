package io.tenantry.simulation;

import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the tables directly, as their owner, without any code of the product. */
final class TableInspector implements AutoCloseable {
    private final Connection connection;

    TableInspector() {
        try {
            connection = Database.administration().getConnection();
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Maps a row. */
    interface Mapper<T> {
        T of(ResultSet row) throws SQLException;
    }

    /** Returns all rows of a query about a tenant, whose schema is written {@code $.} and whose name {@code $tenant}. */
    <T> List<T> all(TenantId tenant, String query, Mapper<T> mapper) {
        var text = query.replace("$tenant", "'" + tenant.value() + "'").replace("$.", tenant.schema() + ".");
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(text)) {
            var all = new ArrayList<T>();
            while (row.next()) {
                all.add(mapper.of(row));
            }
            return all;
        } catch (SQLException failure) {
            throw new IllegalStateException(text, failure);
        }
    }

    /** Returns the first column of a query, as texts. */
    List<String> texts(TenantId tenant, String query) {
        return all(tenant, query, row -> row.getString(1));
    }

    static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    /** Executes changes that only a test may make: with all triggers and foreign keys disabled, in one transaction. */
    void change(List<String> statements) {
        try (var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try {
                statement.execute("set local session_replication_role = replica");
                for (var one : statements) {
                    statement.execute(one);
                }
                connection.commit();
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(String.join("; ", statements), failure);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException gone) {
            // Intended.
        }
    }
}
