package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HttpSessionsTest {
    private final Map<String, Object> things = new HashMap<>(Map.of("word", "kept"));
    private final HttpSession session = session();
    private boolean over;

    @Test
    void findsAttributeByNameAndType() {
        assertThat(HttpSessions.kept(session, "word")).contains("kept");
        assertThat(HttpSessions.kept(session, "word", String.class)).contains("kept");
        assertThat(HttpSessions.kept(session, "word", Integer.class)).isEmpty();
        assertThat(HttpSessions.kept(session, "other")).isEmpty();
        assertThat(HttpSessions.kept(null, "word")).isEmpty();
    }

    @Test
    void removesTakenAttribute() {
        assertThat(HttpSessions.taken(session, "word", Integer.class)).isEmpty();
        assertThat(HttpSessions.taken(session, "word", String.class)).contains("kept");
        assertThat(HttpSessions.taken(session, "word", String.class)).isEmpty();
        assertThat(HttpSessions.taken(null, "word", String.class)).isEmpty();
    }

    @Test
    void readsNothingFromInvalidatedSession() {
        HttpSessions.end(session);
        assertThat(over).isTrue();
        assertThat(HttpSessions.kept(session, "word")).isEmpty();
        assertThat(HttpSessions.kept(session, "word", String.class)).isEmpty();
    }

    @Test
    void toleratesEndingTwice() {
        HttpSessions.end(session);
        HttpSessions.end(session);
        assertThat(over).isTrue();
    }

    /** Like a container's session: once invalidated, it no longer answers. */
    private HttpSession session() {
        return (HttpSession) Proxy.newProxyInstance(
                HttpSession.class.getClassLoader(), new Class<?>[] {HttpSession.class}, (proxy, method, arguments) -> {
                    if (over) {
                        throw new IllegalStateException("Session is invalid");
                    }
                    if (method.getName().equals("invalidate")) {
                        over = true;
                        return null;
                    }
                    var name = (String) arguments[0];
                    return method.getName().equals("removeAttribute") ? things.remove(name) : things.get(name);
                });
    }
}
