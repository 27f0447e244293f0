package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SessionRotationTest {
    private final List<String> happened = new ArrayList<>();
    private final Map<String, Object> kept = new HashMap<>();
    private @Nullable HttpSession current = session("old", new HashMap<>(Map.of("view", "of another window")));

    @Test
    void endsOldSessionBeforeStartingNewOne() {
        var token = new SessionReference("aurora", UUID.randomUUID()).actingFor(UUID.randomUUID(), UUID.randomUUID());
        SessionRotation.with(request(), token);
        assertThat(happened).containsExactly("old ends", "new begins", "another id");
        assertThat(kept).isEqualTo(Map.of(SessionReference.ATTRIBUTE, token));
    }

    @Test
    void startsSessionForRequestWithoutOne() {
        current = null;
        var token = new SessionReference("aurora", UUID.randomUUID());
        SessionRotation.with(request(), token);
        assertThat(happened).containsExactly("new begins", "another id");
        assertThat(kept).isEqualTo(Map.of(SessionReference.ATTRIBUTE, token));
    }

    @Test
    void withoutImpersonationRestoresOwnReference() {
        var own = new SessionReference("aurora", UUID.randomUUID());
        var acting = own.actingFor(UUID.randomUUID(), UUID.randomUUID());
        assertThat(acting).isNotEqualTo(own);
        assertThat(acting.withoutImpersonation()).isEqualTo(own);
    }

    private HttpServletRequest request() {
        return proxy(HttpServletRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getSession" -> {
                if (current == null && (arguments == null || arguments[0].equals(true))) {
                    happened.add("new begins");
                    current = session("new", kept);
                }
                yield current;
            }
            case "changeSessionId" -> {
                happened.add("another id");
                yield "fresh";
            }
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private HttpSession session(String name, Map<String, Object> things) {
        return proxy(HttpSession.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "invalidate" -> {
                    happened.add(name + " ends");
                    current = null;
                }
                case "setAttribute" -> things.put((String) arguments[0], arguments[1]);
                case "setMaxInactiveInterval" -> assertThat(arguments[0]).isEqualTo(7200);
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        });
    }

    private static <T> T proxy(Class<T> kind, InvocationHandler answers) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, answers));
    }
}
