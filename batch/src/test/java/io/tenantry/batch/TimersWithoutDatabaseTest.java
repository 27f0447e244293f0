package io.tenantry.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.interceptor.InvocationContext;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class TimersWithoutDatabaseTest {
    private final TimersWithoutDatabase around = new TimersWithoutDatabase();

    @Test
    void suppressesFailureWhileDatabaseIsUnavailable() throws Exception {
        var away = new IllegalStateException(new SQLException("refused", "08001"));
        assertThat(around.tick(timer(away))).isNull();
    }

    @Test
    void propagatesOtherFailuresToServer() {
        var broken = new IllegalStateException(new SQLException("no such table", "42P01"));
        assertThatThrownBy(() -> around.tick(timer(broken))).isSameAs(broken);
    }

    private static InvocationContext timer(RuntimeException failure) {
        return (InvocationContext) Proxy.newProxyInstance(
                TimersWithoutDatabaseTest.class.getClassLoader(),
                new Class<?>[] {InvocationContext.class},
                (self, method, arguments) -> {
                    if (method.getName().equals("proceed")) {
                        throw failure;
                    }
                    return null;
                });
    }
}
