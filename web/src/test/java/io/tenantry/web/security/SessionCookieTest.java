package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.SessionCookieConfig;
import jakarta.servlet.SessionTrackingMode;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SessionCookieTest {
    private final Map<String, Object> cookie = new TreeMap<>();
    private Set<SessionTrackingMode> ways = Set.of();

    @Test
    void isHostOnlyHttpOnlySecureAndSameSite() {
        initialize(true);

        assertThat(cookie)
                .containsEntry("setName", "__Host-session")
                .containsEntry("setSecure", true)
                .containsEntry("setHttpOnly", true)
                .containsEntry("setPath", "/")
                .containsEntry("SameSite", "Lax")
                .doesNotContainKey("setDomain");
        assertThat(ways).containsExactly(SessionTrackingMode.COOKIE);
    }

    /** Browsers reject a {@code Secure} cookie of a page served without TLS. */
    @Test
    void isNotSecureOnLocalSiteWithoutTls() {
        initialize(false);

        assertThat(cookie)
                .containsEntry("setName", "session")
                .containsEntry("setSecure", false)
                .containsEntry("setHttpOnly", true)
                .containsEntry("SameSite", "Lax");
    }

    private void initialize(boolean isByTls) {
        var listener = new SessionCookie();
        listener.settings = new Settings(Map.of("tenantry.tls", String.valueOf(isByTls))::get, name -> null);
        listener.contextInitialized(new ServletContextEvent(context()));
    }

    private ServletContext context() {
        return proxy(ServletContext.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "setSessionTrackingModes" -> {
                ways = Set.of(((Set<?>) arguments[0]).toArray(SessionTrackingMode[]::new));
                yield null;
            }
            case "setSessionTimeout" -> null;
            case "getSessionCookieConfig" -> configuration();
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private SessionCookieConfig configuration() {
        return proxy(SessionCookieConfig.class, (proxy, method, arguments) -> {
            if (method.getName().equals("setAttribute")) {
                cookie.put((String) arguments[0], arguments[1]);
            } else {
                cookie.put(method.getName(), arguments[0]);
            }
            return null;
        });
    }

    private static <T> T proxy(Class<T> kind, InvocationHandler answers) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, answers));
    }
}
