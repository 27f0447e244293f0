package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletMapping;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** No servlet accepts a form of unknown origin: found among the classes, so that new ones are covered too. */
class CrossSiteFilterTest {
    private static final Set<String> CHANGING = Set.of("doPost", "doPut", "doDelete", "doPatch", "service");
    private static final String HOST = "aurora.localhost:8080";

    @Test
    void everyServletFormRequiresSameOrigin() throws Exception {
        var forms = forms();
        assertThat(forms).contains("/portal/services/terminate", "/staff/plans/retire", "/sign-out", "/portal/undo");
        for (var path : forms) {
            assertThat(isRefused(path, "some servlet", null)).as(path).isTrue();
            assertThat(isRefused(path, "some servlet", "cross-site")).as(path).isTrue();
            assertThat(isRefused(path, "some servlet", "same-origin")).as(path).isFalse();
        }
    }

    @Test
    void viewStateOrApiKeyNeedsNoOrigin() throws Exception {
        assertThat(isRefused("/sign-in", "faces", null)).isFalse();
        assertThat(isRefused("/sign-in", "faces", "cross-site")).isTrue();
        assertThat(isRefused("/api/v1/vps", "rest", null)).isFalse();
    }

    @Test
    void rejectsFormSubmissionByGet() throws Exception {
        for (var method : List.of("GET", "HEAD")) {
            for (var name : List.of(
                    "jakarta.faces.ViewState",
                    "jakarta.faces.partial.ajax",
                    "jakarta.faces.behavior.event",
                    "jakarta.faces.source")) {
                assertThat(status(method, "/sign-in", "faces", "same-origin", Set.of("x", name)))
                        .as(method + " " + name)
                        .isEqualTo(HttpServletResponse.SC_BAD_REQUEST);
                assertThat(status("POST", "/sign-in", "faces", "same-origin", Set.of(name)))
                        .isZero();
            }
            assertThat(status(method, "/sign-in", "faces", "cross-site", Set.of("return", "door:email")))
                    .isZero();
        }
    }

    private static List<String> forms() throws IOException, URISyntaxException {
        var root = Path.of(CrossSiteFilter.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        try (var files = Files.walk(root.resolve("io/tenantry/web"))) {
            return files.map(file -> root.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> known(
                            name.substring(0, name.length() - ".class".length()).replace('/', '.')))
                    .filter(one -> one.isAnnotationPresent(WebServlet.class) && isChanging(one))
                    .map(one -> one.getAnnotation(WebServlet.class))
                    .flatMap(servlet ->
                            Stream.concat(Arrays.stream(servlet.value()), Arrays.stream(servlet.urlPatterns())))
                    .sorted()
                    .toList();
        }
    }

    private static Class<?> known(String name) {
        try {
            return Class.forName(name, false, CrossSiteFilter.class.getClassLoader());
        } catch (ClassNotFoundException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static boolean isChanging(Class<?> servlet) {
        for (Class<?> one = servlet; one != HttpServlet.class && one != null; one = one.getSuperclass()) {
            if (Arrays.stream(one.getDeclaredMethods()).anyMatch(method -> CHANGING.contains(method.getName()))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isRefused(String path, String servlet, @Nullable String site)
            throws ServletException, IOException {
        var status = status("POST", path, servlet, site, Set.of());
        assertThat(status).isIn(0, HttpServletResponse.SC_FORBIDDEN);
        return status != 0;
    }

    /** Returns the response status; zero if the request passes. */
    private static int status(String sent, String path, String servlet, @Nullable String site, Set<String> parameters)
            throws ServletException, IOException {
        var mapping = of(HttpServletMapping.class, Map.of("getServletName", servlet));
        var request = (HttpServletRequest) Proxy.newProxyInstance(
                CrossSiteFilterTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> sent;
                    case "getParameterMap" ->
                        parameters.stream().collect(Collectors.toMap(name -> name, name -> new String[] {"x"}));
                    case "getServletPath" -> path;
                    case "getRequestURI" -> path;
                    case "getContextPath" -> "";
                    case "getHttpServletMapping" -> mapping;
                    case "getHeader" ->
                        switch (String.valueOf(arguments[0])) {
                            case "Host" -> HOST;
                            case "Sec-Fetch-Site" -> site;
                            default -> null;
                        };
                    default -> null;
                });
        var status = new AtomicInteger();
        var response = (HttpServletResponse) Proxy.newProxyInstance(
                CrossSiteFilterTest.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, method, arguments) -> {
                    status.set((int) arguments[0]);
                    return null;
                });
        var isPassed = new AtomicBoolean();
        new CrossSiteFilter().doFilter(request, response, (passed, answer) -> isPassed.set(true));
        assertThat(isPassed.get()).isEqualTo(status.get() == 0);
        return status.get();
    }

    private static <T> T of(Class<T> type, Map<String, Object> answers) {
        return type.cast(Proxy.newProxyInstance(
                CrossSiteFilterTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.get(method.getName())));
    }
}
