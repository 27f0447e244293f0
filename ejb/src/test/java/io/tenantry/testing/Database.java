package io.tenantry.testing;

import io.tenantry.server.DatabaseUser;
import io.tenantry.server.EmbeddedDatabase;
import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import io.tenantry.tenancy.ThreadTransactions;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A real PostgreSQL with two resellers and the platform, with sign-in as the unprivileged runtime user, and transactions as the server would
 * manage them: one connection for all statements of a thread until the end.
 */
public final class Database {
    public static final TenantId AURORA = new TenantId("aurora");
    public static final TenantId BOREALIS = new TenantId("borealis");

    private static final ThreadLocal<@Nullable Connection> TRANSACTION = new ThreadLocal<>();
    private static final ThreadTransactions TRANSACTIONS = ThreadTransactions.install();
    private static final IdleConnections IDLE = new IdleConnections();
    private static final KeptConnections ADMINISTRATION =
            new KeptConnections(() -> started().superuser());
    private static @Nullable EmbeddedDatabase server;

    private Database() {}

    /** Returns the runtime user's connections, all of a thread's transaction the same. */
    public static DataSource runtime() {
        return (DataSource) Proxy.newProxyInstance(
                Database.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    if (!method.getName().equals("getConnection")) {
                        throw new UnsupportedOperationException(method.getName());
                    }
                    var held = TRANSACTION.get();
                    if (held == null) {
                        throw new SQLException("no transaction on this thread");
                    }
                    return shared(held);
                });
    }

    /** Returns connections of the user who owns all objects. */
    public static DataSource administration() {
        return ADMINISTRATION.source();
    }

    /** Runs the work in one transaction of the scope, a separate one if the thread already has one; an exception rolls it back. */
    public static <T> T in(Scope scope, Supplier<T> work) {
        var connection = borrow(scope);
        var suspended = TRANSACTION.get();
        try {
            TRANSACTION.set(connection);
            try (var transaction = TRANSACTIONS.begin()) {
                T result = Tenancy.in(scope, work::get);
                connection.commit();
                return result;
            } catch (RuntimeException | Error failure) {
                connection.rollback();
                throw failure;
            } finally {
                TRANSACTION.set(suspended);
                IDLE.add(scope, connection);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    public static <T> T in(TenantId tenant, Supplier<T> work) {
        return in(Scope.of(tenant), work);
    }

    public static void run(TenantId tenant, Runnable work) {
        run(Scope.of(tenant), work);
    }

    public static void run(Scope scope, Runnable work) {
        in(scope, () -> {
            work.run();
            return true;
        });
    }

    /** Runs the work in a transaction that is rolled back, for work that would affect other tests. */
    public static void rolledBack(TenantId tenant, Runnable work) {
        rolledBack(Scope.of(tenant), work);
    }

    /** Same as {@link #rolledBack(TenantId, Runnable)}. */
    public static void rolledBack(Scope scope, Runnable work) {
        try {
            run(scope, () -> {
                work.run();
                throw new Rollback();
            });
        } catch (Rollback expected) {
            // Everything is rolled back.
        }
    }

    private static final class Rollback extends RuntimeException {}

    private static Connection borrow(Scope scope) {
        var idle = IDLE.poll(scope);
        try {
            return idle != null ? idle : connect(scope);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Connection connect(Scope scope) throws SQLException {
        var connection = connect();
        try (var statement = connection.prepareStatement(
                "select set_config('role', ?, false), set_config('search_path', ?, false)")) {
            statement.setString(1, scope.role());
            statement.setString(2, scope.schema());
            statement.execute();
        }
        connection.commit();
        return connection;
    }

    /** Returns a connection of the runtime user, outside any transaction. */
    public static Connection connect() throws SQLException {
        var connection = started().dataSource(DatabaseUser.RUNTIME).getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    /** Crashes and restarts PostgreSQL; all connections are lost. */
    public static void crash() {
        var database = started();
        IDLE.clear();
        ADMINISTRATION.forget();
        database.crash();
        database.restart();
    }

    /** Executes a statement as the owner, for changes that only time or an intruder could make. */
    public static int asOwner(String sql) {
        try (var connection = administration().getConnection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Returns one column of a query by the owner, as texts. */
    public static List<String> texts(String sql) {
        try (var connection = administration().getConnection();
                var statement = connection.createStatement();
                var results = statement.executeQuery(sql)) {
            var all = new ArrayList<String>();
            while (results.next()) {
                all.add(results.getString(1));
            }
            return all;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static synchronized EmbeddedDatabase started() {
        var known = server;
        if (known == null) {
            // Committed data survives a crash of PostgreSQL, but not of the machine.
            known = EmbeddedDatabase.scratchBuilder()
                    .setting("fsync", "off")
                    .setting("autovacuum", "off") // The tables of hundreds of schemas are small, and few live long.
                    .inMemory()
                    .start();
            server = known;
            prepare();
        }
        return known;
    }

    private static void prepare() {
        var schemas = new Schemas(administration(), Database.class.getClassLoader());
        schemas.migrateWork("db/work/changelog.xml");
        schemas.migratePlatform("db/platform/changelog.xml");
        tenant(AURORA, "EUR", "Europe/Berlin");
        tenant(BOREALIS, "USD", "America/New_York");
    }

    /** Creates another tenant, with an empty schema, which a test may damage. */
    public static TenantId tenant(TenantId tenant, String currency, String zone) {
        new Schemas(administration(), Database.class.getClassLoader()).migrate(tenant, "db/tenant/changelog.xml");
        asOwner("insert into platform.tenant (slug, name, state, currency, zone, locale, created_at) values ('"
                + tenant.value() + "', '" + tenant.value() + "', 'ACTIVE', '" + currency + "', '" + zone
                + "', 'en', '2026-01-01T00:00:00Z')");
        asOwner("insert into platform.tenant_host (host, tenant, is_primary) values ('" + tenant.value()
                + ".example', '" + tenant.value() + "', true)");
        return tenant;
    }

    /** Returns a handle of the transaction's connection, whose closing has no effect. */
    private static Connection shared(Connection held) {
        return (Connection) Proxy.newProxyInstance(
                Database.class.getClassLoader(), new Class<?>[] {Connection.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("close")) {
                        return null;
                    }
                    try {
                        return method.invoke(held, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
