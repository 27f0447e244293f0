package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpSession;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpenedPagesTest {
    private static final Map<String, String[]> SHORT = Map.of("form:name", new String[] {"web-1"});

    private final Map<String, Object> kept = new HashMap<>();
    private final HttpSession session = (HttpSession) Proxy.newProxyInstance(
            OpenedPagesTest.class.getClassLoader(),
            new Class<?>[] {HttpSession.class},
            (proxy, method, arguments) -> switch (method.getName()) {
                case "getAttribute" -> kept.get(arguments[0]);
                default -> throw new UnsupportedOperationException(method.getName());
            });

    /** Pages in the order of their last use, as Mojarra stores them. */
    private Map<String, Object> pages(String attribute, int number) {
        var pages = Collections.synchronizedMap(new LinkedHashMap<String, Object>(16, 0.75f, true));
        for (var page = 1; page <= number; page++) {
            pages.put("page " + page, Map.of());
        }
        kept.put(attribute, pages);
        return pages;
    }

    private void signIn() {
        kept.put(SessionReference.ATTRIBUTE, "reference");
    }

    private static Map<String, String[]> typed(int length) {
        return Map.of("form:a", new String[] {"x".repeat(length - 10)}, "form:b", new String[] {"12345", "12345"});
    }

    @Test
    void keepsFewPagesBeforeSignIn() {
        var states = pages(OpenedPages.STATES, 6);
        var beans = pages(OpenedPages.BEANS, 5);
        states.get("page 1");
        OpenedPages.limit(session, SHORT, () -> false);
        assertThat(states).containsOnlyKeys("page 5", "page 6", "page 1");
        assertThat(beans).containsOnlyKeys("page 3", "page 4", "page 5");
    }

    @Test
    void keepsAllPagesOfSignedInSession() {
        signIn();
        var states = pages(OpenedPages.STATES, 15);
        var beans = pages(OpenedPages.BEANS, 15);
        OpenedPages.limit(session, typed(OpenedPages.TYPED_MAX), () -> false);
        assertThat(states).hasSize(15);
        assertThat(beans).hasSize(15);
    }

    @Test
    void keepsFewPagesAfterLongText() {
        signIn();
        var states = pages(OpenedPages.STATES, 15);
        var beans = pages(OpenedPages.BEANS, 4);
        OpenedPages.limit(session, typed(OpenedPages.TYPED_MAX + 1), () -> false);
        assertThat(states).containsOnlyKeys("page 13", "page 14", "page 15");
        assertThat(beans).containsOnlyKeys("page 2", "page 3", "page 4");
    }

    @Test
    void permitsSessionWithFewOrNoPages() {
        OpenedPages.limit(session, SHORT, () -> false);
        assertThat(kept).isEmpty();
        var states = pages(OpenedPages.STATES, OpenedPages.FEW);
        OpenedPages.limit(session, SHORT, () -> false);
        assertThat(states).hasSize(OpenedPages.FEW);
    }

    @Test
    void keepsFewPagesWhenNodeIsCrowded() {
        signIn();
        var states = pages(OpenedPages.STATES, 15);
        OpenedPages.limit(session, SHORT, () -> true);
        assertThat(states).containsOnlyKeys("page 13", "page 14", "page 15");
    }
}
