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
    void aSessionIsOfTheScopeThatIsEntered() {
        assertThat(Tenancy.in(RealDatabase.AURORA, current::resolveCurrentTenantIdentifier))
                .isEqualTo("aurora");
        assertThat(Tenancy.in(Scope.audit(RealDatabase.AURORA), current::resolveCurrentTenantIdentifier))
                .isEqualTo("audit:aurora");
    }

    @Test
    void withNobodyEnteredASessionIsOfNobody() {
        assertThat(current.resolveCurrentTenantIdentifier()).isEqualTo(CurrentTenant.NOBODY);
        assertThatThrownBy(() -> connections.getConnection(CurrentTenant.NOBODY))
                .isInstanceOf(NoTenantException.class);
    }

    @Test
    void aSessionBindsItsTransactionToItsTenant() {
        try (var transaction = Transactions.active()) {
            Tenancy.in(RealDatabase.AURORA, current::resolveCurrentTenantIdentifier);

            assertThatThrownBy(() -> Tenancy.enter(RealDatabase.BOREALIS))
                    .hasMessageContaining("within a transaction of aurora");
        }
    }

    @Test
    void aSessionThatIsOpenAlreadyMustBeTheSameTenants() {
        assertThat(current.validateExistingCurrentSessions()).isTrue();
    }

    @Test
    void givesConnectionsThatHaveBecomeTheTenant() throws SQLException {
        try (var transaction = RealDatabase.Transaction.begin();
                var enteredScope = Tenancy.enter(RealDatabase.AURORA)) {
            JndiNames.offer(APPLICATION, transaction.source());

            assertThat(RealDatabase.ask(connections.getConnection("aurora"), "select current_user"))
                    .containsExactly("tn_aurora");
        }
    }

    @Test
    void refusesASessionOfAnotherTenant() {
        assertThatThrownBy(() -> Tenancy.in(RealDatabase.AURORA, () -> connections.getConnection("borealis")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a session of borealis is used within aurora");
    }

    @Test
    void aConnectionForTheStartIsNobodys() throws SQLException {
        JndiNames.offer(APPLICATION, RealDatabase.runtime());
        try (var connection = connections.getAnyConnection()) {
            assertThat(RealDatabase.ask(connection, "select current_user, current_schema()"))
                    .containsExactly("tenantry", "null");
        }
    }

    @Test
    void givesConnectionsBack() throws SQLException {
        try (var one = RealDatabase.runtime().getConnection();
                var two = RealDatabase.runtime().getConnection()) {
            connections.releaseAnyConnection(one);
            connections.releaseConnection("aurora", two);

            assertThat(one.isClosed()).isTrue();
            assertThat(two.isClosed()).isTrue();
        }
    }

    @Test
    void keepsAConnectionForTheWholeTransaction() {
        assertThat(connections.supportsAggressiveRelease()).isFalse();
    }

    @Test
    void isItselfAndNothingElse() {
        assertThat(connections.isUnwrappableAs(MultiTenantConnectionProvider.class))
                .isTrue();
        assertThat(connections.unwrap(MultiTenantConnectionProvider.class)).isSameAs(connections);
        assertThat(connections.isUnwrappableAs(Connection.class)).isFalse();
        assertThatThrownBy(() -> connections.unwrap(Connection.class)).isInstanceOf(UnknownUnwrapTypeException.class);
    }

    @Test
    void saysWhichDatasourceTheServerLacks() {
        assertThatThrownBy(connections::getAnyConnection)
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the server has no datasource java:/jdbc/tenantry: apply install.cli");
        assertThatThrownBy(DatabaseCells::administration)
                .hasMessage("the server has no datasource java:/jdbc/tenantry-admin: apply install.cli");
    }

    @Test
    void schemasAreMadeByAUserOfTheirOwn() {
        DataSource administration = RealDatabase.superuser();
        JndiNames.offer(APPLICATION, RealDatabase.runtime());
        JndiNames.offer("java:/jdbc/tenantry-admin", administration);

        assertThat(DatabaseCells.administration()).isSameAs(administration);
    }
}
