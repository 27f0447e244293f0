package io.tenantry.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.DatabaseCells;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import jakarta.transaction.UserTransaction;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A PostgreSQL process does not serve tenants indefinitely: the pool replaces its connections. */
@Tag("full")
class ConnectionsIT extends Deployments {
    private static final int TENANTS = 60;

    @BeforeEach
    void manyRoles() throws SQLException {
        forEach("create role %1$s nologin", "grant %1$s to tenantry", "create schema %2$s");
    }

    @AfterEach
    void noRoles() throws SQLException {
        forEach("drop schema if exists %2$s", "drop role if exists %1$s");
    }

    @Test
    void replacesConnectionThatServedFiftyTenants() throws Exception {
        var order = tenants();
        Set<Integer> before = new HashSet<>();
        for (var tenant : order) {
            before.add(process(tenant));
        }
        var random = new Random(50);
        var transactions = 0;
        while (before.contains(process(order.get(random.nextInt(TENANTS))))) {
            assertThat(transactions++)
                    .as("transactions by the same processes %s", before)
                    .isLessThan(20_000);
        }
    }

    private static int process(TenantId tenant) throws Exception {
        var transaction = transaction();
        transaction.begin();
        try {
            return Tenancy.in(
                    tenant, () -> bean(Sql.class).one("select pg_backend_pid() pid", row -> row.whole("pid")));
        } finally {
            transaction.commit();
        }
    }

    @SuppressWarnings("BanJNDI") // A name defined by us.
    private static UserTransaction transaction() throws NamingException {
        return (UserTransaction) new InitialContext().lookup("java:jboss/UserTransaction");
    }

    private static List<TenantId> tenants() {
        var tenants = new ArrayList<TenantId>();
        for (var number = 1; number <= TENANTS; number++) {
            tenants.add(new TenantId("many" + number));
        }
        return tenants;
    }

    private static void forEach(String... statements) throws SQLException {
        try (var connection = DatabaseCells.administration().getConnection();
                var statement = connection.createStatement()) {
            for (var tenant : tenants()) {
                for (var text : statements) {
                    statement.execute(text.replace("%1$s", tenant.role()).replace("%2$s", tenant.schema()));
                }
            }
        }
    }
}
