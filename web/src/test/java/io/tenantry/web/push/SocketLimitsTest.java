package io.tenantry.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.websocket.Session;
import java.lang.reflect.Proxy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SocketLimitsTest {
    private static final String PATH = "/any";
    private static final UUID SESSION = UUID.randomUUID();

    private final SocketLimits limits = new SocketLimits();

    @Test
    void limitsSocketsPerSessionAndPath() {
        var first = socket();
        assertThat(limits.enter(first, PATH, SESSION, 2, "192.0.2.1")).isTrue();
        assertThat(limits.enter(socket(), PATH, SESSION, 2, "192.0.2.2")).isTrue();
        var surplus = socket();
        assertThat(limits.enter(surplus, PATH, SESSION, 2, "192.0.2.3")).isFalse();
        assertThat(limits.enter(socket(), "/other", SESSION, 2, "192.0.2.3")).isTrue();
        assertThat(limits.enter(socket(), PATH, UUID.randomUUID(), 2, "192.0.2.3"))
                .isTrue();
        limits.leave(surplus);
        assertThat(limits.enter(socket(), PATH, SESSION, 2, "192.0.2.3")).isFalse();
        limits.leave(first);
        limits.leave(first);
        assertThat(limits.enter(socket(), PATH, SESSION, 2, "192.0.2.3")).isTrue();
        assertThat(limits.enter(socket(), PATH, SESSION, 2, "192.0.2.3")).isFalse();
    }

    @Test
    void limitsSocketsPerAddressAcrossSessions() {
        var first = socket();
        assertThat(limits.enter(first, PATH, SESSION, 2, "2001:db8::1")).isTrue();
        for (int i = 1; i < SocketLimits.OF_ADDRESS_MAX; i++) {
            assertThat(limits.enter(socket(), PATH, UUID.randomUUID(), 2, "2001:db8::" + i))
                    .isTrue();
        }
        assertThat(limits.enter(socket(), "/other", UUID.randomUUID(), 2, "2001:db8::1"))
                .isFalse();
        assertThat(limits.enter(socket(), PATH, UUID.randomUUID(), 2, "2001:db9::1"))
                .isTrue();
        limits.leave(first);
        assertThat(limits.enter(socket(), PATH, UUID.randomUUID(), 2, "2001:db8::1"))
                .isTrue();
    }

    private static Session socket() {
        return (Session) Proxy.newProxyInstance(
                SocketLimitsTest.class.getClassLoader(),
                new Class<?>[] {Session.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
