package io.tenantry.tenancy;

import static io.tenantry.tenancy.RealDatabase.AURORA;
import static io.tenantry.tenancy.RealDatabase.BOREALIS;
import static io.tenantry.tenancy.RealDatabase.ask;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The identity of a connection, on a real PostgreSQL. */
class ScopedConnectionsTest {
    private static final String WHO = "select current_user, current_schema()";

    @Test
    void hasTenantRoleUntilTransactionEnds() throws SQLException {
        try (var transaction = RealDatabase.Transaction.begin();
                var enteredScope = Tenancy.enter(AURORA)) {
            var connection = ScopedConnections.open(transaction.source());
            assertThat(ask(connection, WHO)).containsExactly("tn_aurora", "t_aurora");

            connection.commit();
            assertThat(ask(connection, WHO)).containsExactly("tenantry", "null");
        }
    }

    @Test
    void hasNoRightsWithoutTransaction() throws SQLException {
        try (var enteredScope = Tenancy.enter(AURORA);
                var connection = ScopedConnections.open(RealDatabase.runtime())) {
            assertThat(ask(connection, WHO)).containsExactly("tenantry", "null");
            assertThatThrownBy(() -> ask(connection, "select count(*) from t_aurora.note"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void opensNoConnectionWithoutScope() {
        assertThatThrownBy(() -> ScopedConnections.open(RealDatabase.runtime())).isInstanceOf(NoTenantException.class);
    }

    /** The server's pool, when all of its connections stay in use for too long. */
    @Test
    void reportsExhaustedPoolAsTransient() {
        var pool = (DataSource) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new SQLException(
                            "IJ000453: Unable to get managed connection",
                            new IllegalStateException("IJ000655: No managed connections available"));
                });
        try (var enteredScope = Tenancy.enter(AURORA)) {
            assertThatThrownBy(() -> new Sql(pool).update("select 1"))
                    .isInstanceOf(SqlFailure.class)
                    .hasMessageContaining("IJ000453")
                    .satisfies(failure -> {
                        assertThat(SqlFailure.isTransient((RuntimeException) failure))
                                .isTrue();
                        assertThat(DatabaseUnavailable.isBehind(failure)).isTrue();
                    });
        }
    }

    @Test
    void rejectsOtherTenantWithinTransaction() throws SQLException {
        try (var transaction = RealDatabase.Transaction.begin();
                var enteredScope = Tenancy.enter(AURORA)) {
            ScopedConnections.open(transaction.source());

            assertThatThrownBy(() -> Tenancy.enter(BOREALIS)).hasMessageContaining("within a transaction of aurora");
        }
    }

    @Test
    void setsRoleOncePerTransaction() throws SQLException {
        try (var transaction = RealDatabase.Transaction.begin();
                var enteredScope = Tenancy.enter(AURORA)) {
            ask(ScopedConnections.open(transaction.source()), "select set_config('search_path', 'pg_catalog', true)");

            assertThat(ask(ScopedConnections.open(transaction.source()), WHO))
                    .containsExactly("tn_aurora", "pg_catalog");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select set_config('role', 'tn_borealis', false)",
                "select set_config('search_path', 't_borealis', false)",
                "select set_config('role', 'tn_aurora', false), set_config('search_path', 't_borealis', false)"
            })
    void rejectsAndTerminatesConnectionWithForeignRole(String left) throws SQLException {
        try (var connection = RealDatabase.runtime().getConnection();
                var enteredScope = Tenancy.enter(AURORA)) {
            ask(connection, left);
            var process = ask(connection, "select pg_backend_pid()").get(0);

            assertThatThrownBy(() -> ScopedConnections.open(RealDatabase.always(RealDatabase.pooled(connection))))
                    .isInstanceOf(SQLException.class)
                    .hasMessage("a pooled connection still had a role")
                    .extracting(failure -> ((SQLException) failure).getSQLState())
                    .isEqualTo("08006");
            assertThat(isGone(process)).isTrue();
        }
    }

    @Test
    void logsConnectionWithForeignRoleForAction() throws SQLException {
        var log = Logger.getLogger(ScopedConnections.class.getName());
        var lines = new Lines();
        log.addHandler(lines);
        try (var connection = RealDatabase.runtime().getConnection();
                var enteredScope = Tenancy.enter(AURORA)) {
            ask(connection, "select set_config('role', 'tn_borealis', false)");

            assertThatThrownBy(() -> ScopedConnections.open(RealDatabase.always(connection)))
                    .isInstanceOf(SQLException.class);
        } finally {
            log.removeHandler(lines);
        }
        assertThat(lines.all).singleElement().satisfies(line -> {
            assertThat(line.getLevel()).isEqualTo(Level.SEVERE);
            assertThat(new SimpleFormatter().formatMessage(line)).contains("tn_borealis");
        });
    }

    @Test
    void acceptsConnectionWithRoleAlreadySet() throws SQLException {
        try (var connection = RealDatabase.runtime().getConnection();
                var enteredScope = Tenancy.enter(AURORA)) {
            ask(
                    connection,
                    "select set_config('role', 'tn_aurora', false), set_config('search_path', 't_aurora', false)");

            assertThat(ask(ScopedConnections.open(RealDatabase.always(connection)), WHO))
                    .containsExactly("tn_aurora", "t_aurora");
        }
    }

    @Test
    void closesConnectionThatCannotSetRole() throws SQLException {
        try (var connection = RealDatabase.runtime().getConnection();
                var enteredScope = Tenancy.enter(new TenantId("unknown"))) {
            assertThatThrownBy(() -> ScopedConnections.open(RealDatabase.always(connection)))
                    .hasMessageContaining("role \"tn_unknown\" does not exist");
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void marksConnectionAfterMaximumOfSchemas() throws SQLException {
        try (var connection = RealDatabase.runtime().getConnection()) {
            for (var schema = 1; schema < ConnectionPoolRole.REQUESTS.schemasMax(); schema++) {
                serve(connection, schema);
            }
            assertThat(mark(connection)).isNotEqualTo("yes");

            serve(connection, ConnectionPoolRole.REQUESTS.schemasMax());
            assertThat(mark(connection)).isEqualTo("yes");
        }
    }

    /** Captured log lines. */
    private static final class Lines extends Handler {
        private final List<LogRecord> all = new ArrayList<>();

        @Override
        public void publish(LogRecord line) {
            all.add(line);
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static void serve(Connection connection, int schema) throws SQLException {
        ScopedConnections.become(connection, new Scope("tn_aurora", "t_" + schema, "many"));
    }

    private static String mark(Connection connection) throws SQLException {
        return ask(connection, "select current_setting('tenantry.worn', true)").get(0);
    }

    /** A terminated process takes a moment to end. */
    private static boolean isGone(String process) throws SQLException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        try (var connection = RealDatabase.superuser().getConnection()) {
            while (System.nanoTime() < deadline) {
                if (ask(connection, "select count(*) from pg_stat_activity where pid = " + process)
                        .equals(List.of("0"))) {
                    return true;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
            }
            return false;
        }
    }
}
