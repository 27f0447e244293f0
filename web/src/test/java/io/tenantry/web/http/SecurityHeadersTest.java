package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest {
    private static final Path SOURCES = Path.of("src/main/java");

    /** A policy in a source: a text that begins with the fallback directive. */
    private static final Pattern POLICY = Pattern.compile("\"default-src [^\"]*\"(\\s*\\+ \"[^\"]*\")*");

    private final List<String> calls = new ArrayList<>();
    private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    @Test
    void setsHeadersOnEveryResponse() throws Exception {
        filter("/portal", true, (request, response) -> {});

        assertThat(one("Content-Security-Policy"))
                .contains("default-src 'self'", "base-uri 'none'", "object-src 'none'", "frame-ancestors 'none'")
                .endsWith("script-src 'self'");
        assertThat(one("Cache-Control")).isEqualTo("no-store");
        assertThat(one("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(one("X-Frame-Options")).isEqualTo("DENY");
        assertThat(one("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(one("Cross-Origin-Opener-Policy")).isEqualTo("same-origin");
        assertThat(one("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
        assertThat(one("Strict-Transport-Security")).isEqualTo("max-age=31536000");
        assertThat(headers).doesNotContainKey("Access-Control-Allow-Origin");
    }

    @Test
    void sendsNoHstsWithoutTls() throws Exception {
        filter("/portal", false, (request, response) -> {});

        assertThat(headers).doesNotContainKey("Strict-Transport-Security").containsKey("X-Content-Type-Options");
    }

    /** Browsers would apply both policies. */
    @Test
    void pagePolicyReplacesDefaultPolicy() throws Exception {
        filter(
                "/portal",
                true,
                (request, response) -> ((HttpServletResponse) response)
                        .addHeader("content-security-policy", "script-src 'self' 'nonce-abc'"));

        assertThat(one("Content-Security-Policy")).isEqualTo("script-src 'self' 'nonce-abc'");
    }

    @Test
    void redirectsWithinTheHostWithoutNamingIt() throws Exception {
        filter("/portal", true, (request, response) -> ((HttpServletResponse) response).sendRedirect("/sign-in?a=b"));

        assertThat(one("Location")).isEqualTo("/sign-in?a=b");
        assertThat(calls).containsExactly("resetBuffer", "setStatus 302", "setContentLength 0", "flushBuffer");
    }

    @ParameterizedTest
    @ValueSource(strings = {"//other.example/", "https://other.example/", "page"})
    void leavesOtherRedirectsToTheContainer(String target) throws Exception {
        filter("/portal", true, (request, response) -> ((HttpServletResponse) response).sendRedirect(target));

        assertThat(headers).doesNotContainKey("Location");
        assertThat(calls).containsExactly("sendRedirect " + target);
    }

    @Test
    void allowsCachingOfVersionedResources() throws Exception {
        filter("/jakarta.faces.resource/app.css", true, (request, response) -> {});

        assertThat(headers).doesNotContainKey("Cache-Control").containsKey("Content-Security-Policy");
    }

    /**
     * Neither directive falls back to {@code default-src}. Content that is not a page of ours, such as an image or an email, is also sandboxed.
     */
    @Test
    void everyPolicyRestrictsFramingAndBaseUri() throws IOException {
        var policies = new ArrayList<String>();
        try (var files = Files.walk(SOURCES)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                POLICY.matcher(Files.readString(file)).results().forEach(found -> policies.add(found.group()));
            }
        }
        assertThat(policies)
                .hasSizeGreaterThanOrEqualTo(3)
                .allSatisfy(policy -> assertThat(policy).contains("frame-ancestors '", "base-uri 'none'"))
                .filteredOn(policy -> policy.startsWith("\"default-src 'none'"))
                .isNotEmpty()
                .allSatisfy(policy -> assertThat(policy).contains("; sandbox"));
    }

    private String one(String name) {
        var values = headers.getOrDefault(name, List.of());
        assertThat(values).as(name).hasSize(1);
        return values.get(0);
    }

    private void filter(String path, boolean isByTls, FilterChain chain) throws IOException, ServletException {
        var filter = new SecurityHeaders();
        filter.settings = new Settings(Map.of("tenantry.tls", String.valueOf(isByTls))::get, name -> null);
        var request = proxy(HttpServletRequest.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "getServletPath" -> path;
            default -> throw new UnsupportedOperationException(method.getName());
        });
        var response = proxy(HttpServletResponse.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "setHeader" -> headers.put((String) arguments[0], new ArrayList<>(List.of((String) arguments[1])));
                case "addHeader" ->
                    headers.computeIfAbsent((String) arguments[0], first -> new ArrayList<>())
                            .add((String) arguments[1]);
                case "resetBuffer", "flushBuffer" -> calls.add(method.getName());
                case "setStatus", "setContentLength", "sendRedirect" ->
                    calls.add(method.getName() + " " + arguments[0]);
                default -> throw new UnsupportedOperationException(method.getName());
            }
            return null;
        });
        filter.doFilter(request, response, chain);
    }

    private static <T> T proxy(Class<T> kind, InvocationHandler answers) {
        return kind.cast(Proxy.newProxyInstance(kind.getClassLoader(), new Class<?>[] {kind}, answers));
    }
}
