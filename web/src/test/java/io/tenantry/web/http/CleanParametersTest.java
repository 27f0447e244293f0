package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.web.http.CleanParameters.Cleaned;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CleanParametersTest {
    private final Map<@Nullable String, String[]> sent = new HashMap<>(Map.of(
            "jakarta.faces.ViewState", new String[] {"1:2"},
            "name", new String[] {"a\0b"},
            "form:name", new String[] {"c\0d", "e\u202Ef"},
            "odd\0:name", new String[] {"x"}));

    @Test
    void cleansServletParametersDespiteViewState() {
        var request = new Cleaned(sent("POST"), () -> false, true);
        assertThat(request.getParameter("name")).isEqualTo("ab");
        assertThat(request.getParameter("form:name")).isEqualTo("cd");
        assertThat(request.getParameterMap().get("form:name")).containsExactly("cd", "ef");
    }

    @Test
    void leavesFormFieldsToFaces() {
        var request = new Cleaned(sent("POST"), () -> true, true);
        assertThat(request.getParameter("form:name")).isEqualTo("c\0d");
        assertThat(request.getParameterValues("form:name")).containsExactly("c\0d", "e\u202Ef");
        assertThat(request.getParameter("name")).isEqualTo("ab");
        assertThat(request.getParameterMap().get("name")).containsExactly("ab");
    }

    @Test
    void cleansQueryParametersOfFacesRequests() {
        var request = new Cleaned(sent("GET"), () -> true, true);
        assertThat(request.getParameter("form:name")).isEqualTo("cd");
    }

    @Test
    void dropsParametersWithMissingOrForbiddenNames() {
        sent.put(null, new String[] {"a part of a body without a name"});
        var request = new Cleaned(sent("POST"), () -> true, true);
        assertThat(Collections.list(request.getParameterNames()))
                .containsExactlyInAnyOrder("jakarta.faces.ViewState", "name", "form:name")
                .allSatisfy(name -> assertThat(request.getParameter(name)).isNotNull());
    }

    @Test
    void theErrorPageOfAFormThatCannotBeDecodedHasNoParameters() {
        var request = new Cleaned(sent("POST"), () -> true, false);
        assertThat(request.getParameter("name")).isNull();
        assertThat(request.getParameterMap()).isEmpty();
    }

    private HttpServletRequest sent(String method) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                CleanParametersTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, called, arguments) -> switch (called.getName()) {
                    case "getMethod" -> method;
                    case "getParameter" -> Objects.requireNonNull(sent.get(arguments[0]))[0];
                    case "getParameterValues" -> sent.get(arguments[0]);
                    case "getParameterMap" -> sent;
                    default -> throw new UnsupportedOperationException(called.getName());
                });
    }
}
