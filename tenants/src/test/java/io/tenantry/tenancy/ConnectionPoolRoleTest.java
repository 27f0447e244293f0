package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
    void chargingHasAPoolForEachLane() {
        JndiNames.offer("java:/jdbc/tenantry", requests);
        JndiNames.offer("java:/jdbc/tenantry-charging-2", charging);
        assertThat(DatabaseCells.application(ConnectionPoolRole.NO_LANE)).isSameAs(requests);
        assertThat(DatabaseCells.application(2)).isSameAs(charging);
        assertThat(DatabaseCells.listening()).isSameAs(requests);
    }

    @Test
    void usesOnePoolWithoutOthers() {
        JndiNames.offer("java:/jdbc/tenantry", requests);
        assertThat(DatabaseCells.application(1)).isSameAs(requests);
    }

    @Test
    void onlyChargingOfATenantUsesItsLane() {
        var tenant = Scope.of(new TenantId("aurora"));
        assertThat(ConnectionPoolRole.poolOf(tenant)).isEqualTo(ConnectionPoolRole.NO_LANE);
        var pools = ConnectionPoolRole.CHARGING.run(
                () -> List.of(ConnectionPoolRole.poolOf(tenant), ConnectionPoolRole.poolOf(Scope.WORK)));
        assertThat(pools)
                .containsExactly(ConnectionPoolRole.laneOf(new TenantId("aurora")) + 1, ConnectionPoolRole.NO_LANE);
    }

    @Test
    void dividesTenantsEvenly() {
        var perLane = IntStream.range(0, 1_000)
                .mapToObj(i -> ConnectionPoolRole.laneOf(new TenantId("many-" + i)))
                .collect(Collectors.groupingBy(lane -> lane, Collectors.counting()));
        assertThat(perLane).hasSize(ConnectionPoolRole.LANES);
        assertThat(perLane.values()).allSatisfy(tenants -> assertThat(tenants).isBetween(200L, 300L));
    }

    @Test
    void chargingConnectionsServeMoreSchemas() {
        assertThat(ConnectionPoolRole.CHARGING.schemasMax())
                .isGreaterThan(3 * ConnectionPoolRole.REQUESTS.schemasMax());
    }
}
