package io.tenantry.web.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantId;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** API clients get the response for an unknown host in their own format. */
class HostFilterTest {
    private static final Tenant SUSPENDED = new Tenant(
            new TenantId("closed"),
            "Closed",
            Tenant.State.SUSPENDED,
            Currency.getInstance("EUR"),
            ZoneOffset.UTC,
            Locale.ENGLISH,
            List.of("closed.example"),
            Instant.EPOCH);

    @Test
    void answersApiOfClosedResellerWithProblem() throws Exception {
        assertThat(answer(new HostResolution.Closed(SUSPENDED)))
                .contains("setStatus [503]", "setContentType [application/problem+json]")
                .last()
                .asString()
                .startsWith("{")
                .contains("\"status\":503", "\"code\":\"http_503\"");
    }

    @Test
    void answersApiOfUnknownHostAndDuringStartWithProblem() throws Exception {
        assertThat(answer(new HostResolution.Misdirected()))
                .contains("setStatus [421]", "setContentType [application/problem+json]");
        assertThat(answer(new HostResolution.Unavailable()))
                .contains(
                        "setStatus [503]", "setContentType [application/problem+json]", "setHeader [Retry-After, 10]");
    }

    /** Returns the calls on the response, and the body. */
    private static List<String> answer(HostResolution hostResolution) throws ServletException, IOException {
        var stated = new ArrayList<String>();
        var body = new StringWriter();
        var writer = new PrintWriter(body);
        var request = of(HttpServletRequest.class, (name, arguments) -> switch (name) {
            case "getServletPath" -> "/api/v1";
            case "getAttribute" -> HostResolution.class.getName().equals(arguments[0]) ? hostResolution : null;
            default -> null;
        });
        var response = of(HttpServletResponse.class, (name, arguments) -> {
            if (name.equals("getWriter")) {
                return writer;
            }
            stated.add(name + " " + Arrays.toString(arguments));
            return null;
        });
        new HostFilter().doFilter(request, response, (passed, given) -> stated.add("passed"));
        stated.add(body.toString());
        return stated;
    }

    private interface Answers {
        @Nullable
        Object of(String name, Object[] arguments);
    }

    private static <T> T of(Class<T> type, Answers answers) {
        return type.cast(Proxy.newProxyInstance(
                HostFilterTest.class.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> answers.of(method.getName(), arguments)));
    }
}
