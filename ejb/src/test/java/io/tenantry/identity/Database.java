package io.tenantry.identity;

import io.tenantry.tenancy.Schemas;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
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
 * A real PostgreSQL with two resellers and the platform, signed in to as the runtime user without rights of its own, and
 * transactions as the server would hold them: one connection for all statements of a thread until the end.
 */
final class Database {
    static final TenantId AURORA = new TenantId("aurora");
    static final TenantId BOREALIS = new TenantId("borealis");

    private static final String IDENTITY = "db/tenant/identity/0001-identity.sql";
    private static final String AUDIT = "db/tenant/audit/0001-audit.sql";

    private static final ThreadLocal<@Nullable Connection> TRANSACTION = new ThreadLocal<>();
    private static @Nullable EmbeddedPostgres server;

    private Database() {}

    /** The runtime user's connections, all of a thread's transaction the same. */
    static DataSource runtime() {
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

    /** Connections of the user who owns everything. */
    static DataSource administration() {
        return started().getDatabase("postgres", "postgres");
    }

    /** Does the work in one transaction of the scope; what it throws rolls back. */
    static <T> T in(Scope scope, Supplier<T> work) {
        try (var connection = started().getDatabase("tenantry", "postgres").getConnection()) {
            connection.setAutoCommit(false);
            TRANSACTION.set(connection);
            try {
                T result = Tenancy.in(scope, work::get);
                connection.commit();
                return result;
            } catch (RuntimeException | Error failure) {
                connection.rollback();
                throw failure;
            } finally {
                TRANSACTION.remove();
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    static <T> T in(TenantId tenant, Supplier<T> work) {
        return in(Scope.of(tenant), work);
    }

    static void run(TenantId tenant, Runnable work) {
        run(Scope.of(tenant), work);
    }

    static void run(Scope scope, Runnable work) {
        in(scope, () -> {
            work.run();
            return true;
        });
    }

    /** Does the work in a transaction that is rolled back, for work that would trouble others. */
    static void undone(TenantId tenant, Runnable work) {
        try {
            run(tenant, () -> {
                work.run();
                throw new Undo();
            });
        } catch (Undo expected) {
            // Nothing of it is kept.
        }
    }

    private static final class Undo extends RuntimeException {}

    /** A statement of the owner, for what only time or an intruder could do. */
    static int asOwner(String sql) {
        try (var connection = administration().getConnection();
                var statement = connection.createStatement()) {
            return statement.executeUpdate(sql);
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** One column of a query by the owner, as texts. */
    static List<String> texts(String sql) {
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

    private static synchronized EmbeddedPostgres started() {
        var known = server;
        if (known == null) {
            try {
                known = EmbeddedPostgres.builder()
                        .setServerConfig("fsync", "off")
                        .setServerConfig("max_connections", "60")
                        .start();
            } catch (IOException failure) {
                throw new IllegalStateException(failure);
            }
            server = known;
            prepare();
        }
        return known;
    }

    private static void prepare() {
        asOwner("create role tenantry login noinherit");
        asOwner("alter role tenantry set search_path to ''");
        for (var role : List.of("tenantry_platform", "tenantry_worker", "tenantry_auditor")) {
            asOwner("create role " + role + " nologin");
            asOwner("grant " + role + " to tenantry");
        }
        asOwner("create role tenantry_tenant nologin");
        var schemas = new Schemas(administration(), Database.class.getClassLoader());
        schemas.migratePlatform("db/platform/0001-directory.sql");
        schemas.migratePlatform(IDENTITY);
        schemas.migratePlatform(AUDIT);
        for (var tenant : List.of(AURORA, BOREALIS)) {
            schemas.migrate(tenant, IDENTITY);
            schemas.migrate(tenant, AUDIT);
            asOwner("insert into platform.tenant (slug, name, state, currency, zone, locale, created_at) values ('"
                    + tenant.value() + "', '" + tenant.value() + "', 'ACTIVE', 'EUR', 'Europe/Berlin', 'de', now())");
            asOwner("insert into platform.tenant_host (host, tenant, is_primary) values ('" + tenant.value()
                    + ".example', '" + tenant.value() + "', true)");
        }
    }

    /** A handle of the transaction's connection, whose closing closes nothing. */
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
