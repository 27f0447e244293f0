package io.tenantry.tenancy;

import io.tenantry.text.InputText;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Plain SQL in the current transaction and scope, for what is clearer as a set than as objects: charging, the ledger, lists and statements.
 * Shares the transaction's connection with JPA; flush the EntityManager first where it matters.
 *
 * <p>Statements name no schema (except {@code work}): the scope decides. Parameters may be UUID, text, numbers, booleans, Instant, LocalDate,
 * Currency, enums (by name), {@code byte[]}, UUID[] and String[]. A text with NUL, which PostgreSQL cannot store, is refused before anything is
 * sent ({@link io.tenantry.text.UnacceptableText}); input validation refuses it earlier.
 */
@ApplicationScoped
public class Sql {
    private final @Nullable DataSource source;
    private final Map<Integer, DataSource> found = new ConcurrentHashMap<>();

    /** For the container: looks up the datasource of the tenant's cell on first use. */
    public Sql() {
        source = null;
    }

    /** For use outside a container. */
    public Sql(DataSource source) {
        this.source = source;
    }

    /** Returns all rows of a query, each mapped. */
    public <T> List<T> query(String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
        return with(sql, parameters, statement -> {
            try (var results = statement.executeQuery()) {
                var row = new Row(results);
                var all = new ArrayList<T>();
                while (results.next()) {
                    all.add(mapper.apply(row));
                }
                return List.copyOf(all);
            }
        });
    }

    /** Returns the first row of a query, if there is one. */
    public <T> Optional<T> first(String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
        return query(sql, mapper, parameters).stream().findFirst();
    }

    /** Returns the only row of a query that always has one. */
    public <T> T one(String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
        return first(sql, mapper, parameters)
                .orElseThrow(() -> new IllegalStateException("query returned no row: " + sql));
    }

    /** Executes an update and returns the number of affected rows. */
    public int update(String sql, @Nullable Object... parameters) {
        return with(sql, parameters, PreparedStatement::executeUpdate);
    }

    /** Executes an update for many rows in one round trip; each element holds the parameters of one row. */
    public void batch(String sql, List<@Nullable Object[]> rows) {
        with(sql, new Object[0], statement -> {
            for (var row : rows) {
                bind(statement, row);
                statement.addBatch();
            }
            return statement.executeBatch().length;
        });
    }

    private interface Execution<T> {
        T on(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, @Nullable Object[] parameters, Execution<T> execution) {
        try (var connection = ScopedConnections.open(source());
                var statement = connection.prepareStatement(sql)) {
            bind(statement, parameters);
            return execution.on(statement);
        } catch (SQLException failure) {
            throw new SqlFailure(failure);
        }
    }

    private static void bind(PreparedStatement statement, @Nullable Object[] parameters) throws SQLException {
        for (var i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, sqlValue(statement.getConnection(), parameters[i]));
        }
    }

    private static @Nullable Object sqlValue(Connection connection, @Nullable Object value) throws SQLException {
        if (value instanceof String text) {
            return InputText.storable(text);
        }
        if (value instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        if (value instanceof Currency currency) {
            return currency.getCurrencyCode();
        }
        if (value instanceof Enum<?> constant) {
            return constant.name();
        }
        if (value instanceof UUID[] ids) {
            return connection.createArrayOf("uuid", ids);
        }
        if (value instanceof String[] texts) {
            return connection.createArrayOf(
                    "text", Arrays.stream(texts).map(InputText::storable).toArray());
        }
        return value;
    }

    private DataSource source() {
        var given = source;
        return given == null
                ? found.computeIfAbsent(ConnectionPoolRole.poolOf(Tenancy.scope()), DatabaseCells::application)
                : given;
    }
}
