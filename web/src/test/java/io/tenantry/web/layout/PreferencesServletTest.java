package io.tenantry.web.layout;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesServletTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/portal/services?page=2", "/staff/customers"})
    void returnsToPage(String back) {
        assertThat(PreferencesServlet.local(back)).isEqualTo(back);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nSet-Cookie: x=1", "evil"
            })
    void neverRedirectsToOtherHost(String back) {
        assertThat(PreferencesServlet.local(back)).isEqualTo("/");
    }

    @Test
    void readsOnlyHostPrefixedCookiesOverHttps() {
        var planted = new Cookie("theme", "dark");
        var own = new Cookie("__Host-theme", "light");
        assertThat(PreferencesServlet.cookie(request(true, planted), "theme")).isEmpty();
        assertThat(PreferencesServlet.cookie(request(true, planted, own), "theme"))
                .contains("light");
        assertThat(PreferencesServlet.cookie(request(false, planted), "theme")).contains("dark");
        assertThat(PreferencesServlet.cookie(request(true), "theme")).isEmpty();
    }

    private static HttpServletRequest request(boolean isSecure, Cookie... cookies) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                PreferencesServletTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "isSecure" -> isSecure;
                    case "getCookies" -> cookies.length == 0 ? null : cookies;
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
