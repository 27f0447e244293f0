package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionPoolRoleTest {
    private final DataSource requests = source();
    private final DataSource charging = source();

    private static DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                ConnectionPoolRoleTest.class.getClassLoader(),
                new Class<?>[] {DataSource.class},
                (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @AfterEach
    void noServer() {
        JndiNames.nothing();
    }

    @Test
    void restoresPreviousRoleAfterWork() {
        assertThat(ConnectionPoolRole.current()).isEqualTo(ConnectionPoolRole.REQUESTS);
        var seen = ConnectionPoolRole.CHARGING.run(() -> {
            var within = ConnectionPoolRole.REQUESTS.run(ConnectionPoolRole::current);
            return within + " " + ConnectionPoolRole.current();
        });
        assertThat(seen).isEqualTo("REQUESTS CHARGING");
        assertThat(ConnectionPoolRole.current()).isEqualTo(ConnectionPoolRole.REQUESTS);
    }

    @Test
    void restoresPreviousRoleAfterFailure() {
        assertThatThrownBy(() -> ConnectionPoolRole.CHARGING.run(() -> {
                    throw new IllegalArgumentException("broken");
                }))
                .hasMessage("broken");
        assertThat(ConnectionPoolRole.current()).isEqualTo(ConnectionPoolRole.REQUESTS);
    }

    @Test
    void eachRoleHasItsOwnPool() {
        JndiNames.offer("java:/jdbc/tenantry", requests);
        JndiNames.offer("java:/jdbc/tenantry-charging", charging);
        assertThat(DatabaseCells.application(ConnectionPoolRole.REQUESTS)).isSameAs(requests);
        assertThat(DatabaseCells.application(ConnectionPoolRole.CHARGING)).isSameAs(charging);
        assertThat(DatabaseCells.listening()).isSameAs(requests);
    }

    @Test
    void usesOnePoolWithoutSecondOne() {
        JndiNames.offer("java:/jdbc/tenantry", requests);
        assertThat(DatabaseCells.application(ConnectionPoolRole.CHARGING)).isSameAs(requests);
    }

    @Test
    void chargingConnectionsServeMoreSchemas() {
        assertThat(ConnectionPoolRole.CHARGING.schemasMax())
                .isGreaterThan(3 * ConnectionPoolRole.REQUESTS.schemasMax());
    }
}
