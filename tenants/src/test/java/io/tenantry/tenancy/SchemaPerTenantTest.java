package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.service.UnknownUnwrapTypeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Hibernate's tenant configuration, and the connections it receives, on a real PostgreSQL. */
class SchemaPerTenantTest {
    private static final String APPLICATION = "java:/jdbc/tenantry";

    private final SchemaPerTenant connections = new SchemaPerTenant();
    private final CurrentTenant current = new CurrentTenant();

    @AfterEach
    void noServer() {
        JndiNames.nothing();
    }

    @Test
    void sessionBelongsToEnteredScope() {
        assertThat(Tenancy.in(RealDatabase.AURORA, current::resolveCurrentTenantIdentifier))
                .isEqualTo("aurora");
        assertThat(Tenancy.in(Scope.audit(RealDatabase.AURORA), current::resolveCurrentTenantIdentifier))
                .isEqualTo("audit:aurora");
    }

    @Test
    void sessionBelongsToNobodyWithoutScope() {
        assertThat(current.resolveCurrentTenantIdentifier()).isEqualTo(CurrentTenant.NOBODY);
        assertThatThrownBy(() -> connections.getConnection(CurrentTenant.NOBODY))
                .isInstanceOf(NoTenantException.class);
    }

    @Test
    void sessionBindsTransactionToTenant() {
        try (var transaction = Transactions.active()) {
            Tenancy.in(RealDatabase.AURORA, current::resolveCurrentTenantIdentifier);

            assertThatThrownBy(() -> Tenancy.enter(RealDatabase.BOREALIS))
                    .hasMessageContaining("within a transaction of aurora");
        }
    }

    @Test
    void validatesTenantOfOpenSession() {
        assertThat(current.validateExistingCurrentSessions()).isTrue();
    }

    @Test
    void opensConnectionsWithRoleOfTenant() throws SQLException {
        try (var transaction = RealDatabase.Transaction.begin();
                var enteredScope = Tenancy.enter(RealDatabase.AURORA)) {
            JndiNames.offer(APPLICATION, transaction.source());

            assertThat(RealDatabase.ask(connections.getConnection("aurora"), "select current_user"))
                    .containsExactly("tn_aurora");
        }
    }

    @Test
    void rejectsSessionOfOtherTenant() {
        assertThatThrownBy(() -> Tenancy.in(RealDatabase.AURORA, () -> connections.getConnection("borealis")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a session of borealis is used within aurora");
    }

    @Test
    void startupConnectionHasNoTenantRole() throws SQLException {
        JndiNames.offer(APPLICATION, RealDatabase.runtime());
        try (var connection = connections.getAnyConnection()) {
            assertThat(RealDatabase.ask(connection, "select current_user, current_schema()"))
                    .containsExactly("tenantry", "null");
        }
    }

    @Test
    void closesReleasedConnections() throws SQLException {
        try (var one = RealDatabase.runtime().getConnection();
                var two = RealDatabase.runtime().getConnection()) {
            connections.releaseAnyConnection(one);
            connections.releaseConnection("aurora", two);

            assertThat(one.isClosed()).isTrue();
            assertThat(two.isClosed()).isTrue();
        }
    }

    @Test
    void keepsConnectionForWholeTransaction() {
        assertThat(connections.supportsAggressiveRelease()).isFalse();
    }

    @Test
    void unwrapsOnlyToItself() {
        assertThat(connections.isUnwrappableAs(MultiTenantConnectionProvider.class))
                .isTrue();
        assertThat(connections.unwrap(MultiTenantConnectionProvider.class)).isSameAs(connections);
        assertThat(connections.isUnwrappableAs(Connection.class)).isFalse();
        assertThatThrownBy(() -> connections.unwrap(Connection.class)).isInstanceOf(UnknownUnwrapTypeException.class);
    }

    @Test
    void namesMissingDatasource() {
        assertThatThrownBy(connections::getAnyConnection)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server has no datasource java:/jdbc/tenantry: apply install.cli");
        assertThatThrownBy(DatabaseCells::administration)
                .hasMessage("the server has no datasource java:/jdbc/tenantry-admin: apply install.cli");
    }

    @Test
    void createsSchemasThroughAdministrationDatasource() {
        DataSource administration = RealDatabase.superuser();
        JndiNames.offer(APPLICATION, RealDatabase.runtime());
        JndiNames.offer("java:/jdbc/tenantry-admin", administration);

        assertThat(DatabaseCells.administration()).isSameAs(administration);
    }
}
