package io.tenantry.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LaneTest {
    private final DataSource requests = source();
    private final DataSource charging = source();

    private static DataSource source() {
        return (DataSource) Proxy.newProxyInstance(
                LaneTest.class.getClassLoader(), new Class<?>[] {DataSource.class}, (proxy, method, arguments) -> {
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    @AfterEach
    void noServer() {
        OfferedNames.nothing();
    }

    @Test
    void workIsDoneInItsLaneAndEndsWithIt() {
        assertThat(Lane.current()).isEqualTo(Lane.REQUESTS);
        var seen = Lane.CHARGING.run(() -> {
            var within = Lane.REQUESTS.run(Lane::current);
            return within + " " + Lane.current();
        });
        assertThat(seen).isEqualTo("REQUESTS CHARGING");
        assertThat(Lane.current()).isEqualTo(Lane.REQUESTS);
    }

    @Test
    void aFailureLeavesTheLaneToo() {
        assertThatThrownBy(() -> Lane.CHARGING.run(() -> {
                    throw new IllegalArgumentException("broken");
                }))
                .hasMessage("broken");
        assertThat(Lane.current()).isEqualTo(Lane.REQUESTS);
    }

    @Test
    void eachLaneHasItsConnections() {
        OfferedNames.offer("java:/jdbc/tenantry", requests);
        OfferedNames.offer("java:/jdbc/tenantry-charging", charging);
        assertThat(Cells.application(Lane.REQUESTS)).isSameAs(requests);
        assertThat(Cells.application(Lane.CHARGING)).isSameAs(charging);
        assertThat(Cells.listening()).isSameAs(requests);
    }

    @Test
    void aServerWithoutASecondPoolHasOneForAll() {
        OfferedNames.offer("java:/jdbc/tenantry", requests);
        assertThat(Cells.application(Lane.CHARGING)).isSameAs(requests);
    }

    @Test
    void whatChargingLearnsIsKeptLonger() {
        assertThat(Lane.CHARGING.schemasMax()).isGreaterThan(3 * Lane.REQUESTS.schemasMax());
    }
}
