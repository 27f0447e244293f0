package io.tenantry.bench.driver;

import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.NotSupportedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.UserTransaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import javax.sql.DataSource;

/** Faulty code: forgets the tenant, forgets the transaction, changes the tenant, names another tenant's schema, leaves state behind. */
@ApplicationScoped
public class CrossTenantProbe {
    private static final String NAMES = "select name from organization";

    @Inject
    Sql sql;

    @Resource(lookup = "java:/jdbc/tenantry")
    DataSource pool;

    @Resource
    UserTransaction transaction;

    /** Tries all mistakes and returns what became visible. */
    public List<String> tryAll(TenantId own, TenantId other) {
        var seen = new ArrayList<String>();
        seen.addAll(attempt(
                () -> inTransaction(own, () -> names("select name from " + other.schema() + ".organization"))));
        seen.addAll(attempt(() -> inTransaction(own, () -> {
            sql.query("select 1 one", row -> row.whole("one"));
            return Tenancy.in(other, () -> names(NAMES));
        })));
        seen.addAll(attempt(() -> names(NAMES)));
        seen.addAll(attempt(() -> Tenancy.in(own, () -> names(NAMES))));
        seen.addAll(attempt(() -> inTransaction(own, () -> {
            sql.update("create temp table organization (name text)");
            return List.of("a table of its own, which hides that of the next tenant on this connection");
        })));
        return seen;
    }

    /**
     * Leaves connections in the pool with the tenant's role and path, with its role only, and with its path only.
     *
     * @return how many
     */
    public int poison(TenantId tenant) {
        var role = "set role " + tenant.role();
        var path = "set search_path = " + tenant.schema();
        var left = new ArrayList<Connection>();
        try {
            for (var leavings : List.of(List.of(role, path), List.of(role), List.of(path))) {
                var connection = pool.getConnection();
                left.add(connection);
                try (var statement = connection.createStatement()) {
                    for (var each : leavings) {
                        statement.execute(each);
                    }
                }
            }
            return left.size();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } finally {
            left.forEach(CrossTenantProbe::giveBack);
        }
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> names(String query) {
        return sql.query(query, row -> row.text("name"));
    }

    private static List<String> attempt(Supplier<List<String>> mistake) {
        try {
            return mistake.get();
        } catch (RuntimeException refused) {
            return List.of();
        } finally {
            Tenancy.clear();
        }
    }

    private List<String> inTransaction(TenantId own, Supplier<List<String>> work) {
        try {
            transaction.begin();
        } catch (NotSupportedException | SystemException e) {
            throw new IllegalStateException(e);
        }
        try {
            return Tenancy.in(own, work::get);
        } finally {
            rollback();
        }
    }

    private void rollback() {
        try {
            transaction.rollback();
        } catch (SystemException e) {
            throw new IllegalStateException(e);
        }
    }
}
