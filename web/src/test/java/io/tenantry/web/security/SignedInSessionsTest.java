package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SignedInSessionsTest {
    private static final UUID PERSON = UUID.randomUUID();

    private final SignedInSessions sessions = new SignedInSessions();

    private static HttpSession session(String id) {
        return (HttpSession) Proxy.newProxyInstance(
                SignedInSessionsTest.class.getClassLoader(),
                new Class<?>[] {HttpSession.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getId", "toString" -> id;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    private HttpSession fill() {
        var first = session("first");
        assertThat(sessions.kept(PERSON, first)).isEmpty();
        for (var more = 1; more < SignedInSessions.MAX; more++) {
            assertThat(sessions.kept(PERSON, session("more " + more))).isEmpty();
        }
        return first;
    }

    @Test
    void selectsOldestSessionOfSamePersonBeyondLimit() {
        var first = fill();
        assertThat(sessions.kept(UUID.randomUUID(), session("other"))).isEmpty();
        assertThat(sessions.kept(PERSON, session("last")))
                .hasValueSatisfying(surplus -> assertThat(surplus).isSameAs(first));
        assertThat(sessions.size()).isEqualTo(SignedInSessions.MAX + 1);
    }

    @Test
    void doesNotCountEndedSessions() {
        fill();
        sessions.forget("more 3");
        assertThat(sessions.kept(PERSON, session("last"))).isEmpty();
        assertThat(sessions.size()).isEqualTo(SignedInSessions.MAX);
    }

    @Test
    void keepsNothingOfPersonWithoutSessions() {
        sessions.kept(PERSON, session("only"));
        sessions.forget("only");
        sessions.forget("unknown");
        assertThat(sessions.size()).isZero();
    }
}
