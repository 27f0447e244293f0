package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.audit.RequestOrigin;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionEvent;
import java.lang.reflect.Proxy;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnonymousSessionsTest {
    private static final int MAX = 6;
    private static final int OF_ADDRESS_MAX = 4;
    private static final int LONG = (int) AnonymousSessions.IDLE_MAX.toSeconds();
    private static final int ENDING = 1;

    private final AnonymousSessions sessions = new AnonymousSessions(MAX, OF_ADDRESS_MAX);

    /** A session and its idle timeout. */
    private static final class Visit {
        final AtomicReference<String> id =
                new AtomicReference<>(UUID.randomUUID().toString());
        final AtomicInteger idle = new AtomicInteger();
        final Map<String, Object> kept = new LinkedHashMap<>();
        final HttpSession session = (HttpSession) Proxy.newProxyInstance(
                AnonymousSessionsTest.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getId" -> id.get();
                    case "getAttribute" -> kept.get(arguments[0]);
                    case "setMaxInactiveInterval" -> {
                        idle.set((int) arguments[0]);
                        yield null;
                    }
                    case "getServletContext" -> (ServletContext) null;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    @AfterEach
    void leave() {
        RequestOrigin.clear();
    }

    private Visit from(String address) {
        RequestOrigin.enter(new RequestOrigin(address, "r"));
        var visit = new Visit();
        sessions.sessionCreated(new HttpSessionEvent(visit.session));
        return visit;
    }

    private void signIn(Visit visit) {
        var before = visit.id.getAndSet(UUID.randomUUID().toString());
        sessions.sessionIdChanged(new HttpSessionEvent(visit.session), before);
        visit.kept.put(SessionReference.ATTRIBUTE, "reference");
        sessions.attributeAdded(new HttpSessionBindingEvent(visit.session, SessionReference.ATTRIBUTE, "reference"));
    }

    @Test
    void endsOldestSessionOfSameAddress() {
        var other = from("192.0.2.9");
        var first = from("192.0.2.1");
        for (int more = 0; more < OF_ADDRESS_MAX - 1; more++) {
            from("192.0.2.1");
        }
        assertThat(first.idle).hasValue(LONG);
        var last = from("192.0.2.1");
        assertThat(first.idle).hasValue(ENDING);
        assertThat(last.idle).hasValue(LONG);
        assertThat(other.idle).hasValue(LONG);
        assertThat(sessions.size()).isEqualTo(OF_ADDRESS_MAX + 1);
    }

    @Test
    void countsIpv6NetworkAsOneAddress() {
        var first = from("2001:db8::1");
        for (int more = 0; more < OF_ADDRESS_MAX; more++) {
            from("2001:db8::1:" + more);
        }
        assertThat(first.idle).hasValue(ENDING);
    }

    @Test
    void endsOldestSessionOfLargestAddressBeyondTotal() {
        var quiet = from("192.0.2.9");
        var loud = from("192.0.2.1");
        from("192.0.2.1");
        from("192.0.2.1");
        from("192.0.2.2");
        from("192.0.2.3");
        assertThat(loud.idle).hasValue(LONG);
        from("192.0.2.4");
        assertThat(loud.idle).hasValue(ENDING);
        assertThat(quiet.idle).hasValue(LONG);
        assertThat(sessions.size()).isEqualTo(MAX);
    }

    @Test
    void ignoresSignedInSessions() {
        var person = from("192.0.2.1");
        signIn(person);
        assertThat(sessions.size()).isZero();
        for (int more = 0; more <= OF_ADDRESS_MAX; more++) {
            from("192.0.2.1");
        }
        assertThat(person.idle).hasValue(LONG);
    }

    @Test
    void forgetsDestroyedSession() {
        var visit = from("192.0.2.1");
        sessions.sessionDestroyed(new HttpSessionEvent(visit.session));
        assertThat(sessions.size()).isZero();
    }
}
