package io.tenantry.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provisioning.Services;
import io.tenantry.cloud.provisioning.Terminations;
import io.tenantry.it.Deployments;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.tenancy.NoTenantException;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.Tenancy;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

/** No data of one tenant is ever visible to another: not by SQL, not with a forgotten or changed tenant, not by identifiers. */
class IsolationIT extends Deployments {
    private static Story story() {
        return bean(Story.class);
    }

    private static Sql sql() {
        return bean(Sql.class);
    }

    private static Services services() {
        return bean(Services.class);
    }

    @SuppressWarnings("BanJNDI") // A name defined by us.
    private static DataSource pool() {
        try {
            return (DataSource) new InitialContext().lookup("java:/jdbc/tenantry");
        } catch (NamingException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private Story.Reseller reseller(String slug) {
        story().at(Instant.parse("2027-01-05T08:00:00Z"));
        return story().reseller(slug, "7.30");
    }

    @Test
    void transactionCannotReadSchemaOfOtherTenant() {
        var a = reseller("iso-a");
        var b = reseller("iso-b");
        story().customer(b, "secret", "77");

        assertThatThrownBy(() -> story().transact(
                                Scope.of(a.id()),
                                () -> sql().query(
                                                "select name from " + b.id().schema() + ".organization",
                                                row -> row.text("name"))))
                .hasMessageContaining("permission denied for schema");
        assertThat(story().<List<String>>transact(
                                Scope.of(a.id()),
                                () -> sql().query("select name from organization", row -> row.text("name"))))
                .isEmpty();
    }

    @Test
    void transactionCannotWriteRunsOfOtherTenant() {
        var a = reseller("iso-c");
        var b = reseller("iso-d");

        assertThatThrownBy(() -> story().transact(
                                Scope.of(a.id()),
                                () -> sql().update(
                                                "insert into work.charging_run (tenant, tenant_role, until) values (?, ?, now())",
                                                b.id().value(),
                                                b.id().role())))
                .hasMessageContaining("row-level security");
        assertThat(story().<List<String>>transact(
                                Scope.of(a.id()),
                                () -> sql().query(
                                                "select tenant from work.charging_run where tenant <> ?",
                                                row -> row.text("tenant"),
                                                a.id().value())))
                .isEmpty();
    }

    @Test
    void transactionCannotChangeItsTenant() {
        var a = reseller("iso-e");
        var b = reseller("iso-f");

        assertThatThrownBy(() -> story().transact(Scope.of(a.id()), () -> {
                    sql().query("select 1 one", row -> row.whole("one"));
                    return Tenancy.in(b.id(), () -> sql().update("update wallet set parked = 'x'"));
                }))
                .hasMessage("cannot enter iso-f within a transaction of iso-e");
    }

    @Test
    void missingTenantIsAnError() {
        assertThatThrownBy(() -> sql().query("select 1 from organization", row -> 1))
                .isInstanceOf(NoTenantException.class);
        assertThatThrownBy(() -> Story.asSystem(
                        () -> services().list(new Services.Filter(java.util.Optional.empty(), true, "", 0, 10))))
                .hasRootCauseInstanceOf(NoTenantException.class);
    }

    @Test
    void transactionWithoutRoleSeesNothing() throws SQLException {
        reseller("iso-g");
        try (var connection = pool().getConnection();
                var statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("select * from organization"))
                    .hasMessageContaining("does not exist");
            assertThatThrownBy(() -> statement.executeQuery("select * from t_iso_g.organization"))
                    .hasMessageContaining("permission denied");
            assertThatThrownBy(() -> statement.executeQuery("select * from platform.tenant"))
                    .hasMessageContaining("permission denied");
        }
    }

    @Test
    void connectionsAreReturnedCleanAfterAnyFailure() throws SQLException {
        var a = reseller("iso-h");
        for (var i = 0; i < 50; i++) {
            assertThatThrownBy(
                            () -> story().transact(Scope.of(a.id()), () -> sql().update("update nonsense set x = 1")))
                    .hasMessageContaining("nonsense");
            try (var connection = pool().getConnection();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("select current_user, current_setting('search_path')")) {
                row.next();
                assertThat(row.getString(1)).isEqualTo("tenantry");
                assertThat(row.getString(2)).isEqualTo("\"\"");
            }
        }
    }

    @Test
    void idOfOtherTenantIsNotFound() {
        var a = reseller("iso-i");
        var b = reseller("iso-j");
        var server = story().server(b, story().customer(b, "theirs", "10"), "web");

        assertThatThrownBy(() -> story().as(a, () -> services().one(server))).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> story().as(a, () -> {
                    bean(Terminations.class).end(server);
                    return 0;
                }))
                .isInstanceOf(NotFoundException.class);
    }
}
