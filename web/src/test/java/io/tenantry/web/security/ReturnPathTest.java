package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReturnPathTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/portal",
                "/portal/",
                "/portal/services",
                "/staff/customers?page=2&search=a%20b",
                "/admin/runs.xhtml?id=0197-af"
            })
    void acceptsPlainPathsOfSurfaces(String requested) {
        assertThat(ReturnPath.safe(requested)).contains(requested);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "portal",
                "//evil.example",
                "//evil.example/portal",
                "/portal//evil.example",
                "///evil.example/portal",
                "/\\evil.example",
                "\\\\evil.example/portal",
                "/portal/..//evil.example",
                "/portal/../../evil",
                "/portal/.hidden",
                "/%2f%2fevil.example",
                "/portal/%2e%2e",
                "/portal@evil.example",
                "https://evil.example/portal",
                "https:/portal",
                "javascript:alert(1)",
                "data:text/html,x",
                "\t//evil.example",
                "/\t/evil.example",
                "/portal\r\nSet-Cookie: a=b",
                "/portal?next=//evil.example",
                "/portal#//evil.example",
                "/port\u0430l",
                "/portal;jsessionid=1",
                "/sign-in",
                "/sign-out",
                "/api/v1/services",
                "/portalx"
            })
    void rejectsOtherTargets(String requested) {
        assertThat(ReturnPath.safe(requested)).isEmpty();
        assertThat(ReturnPath.signIn(requested)).isEqualTo("/sign-in");
    }

    @Test
    void rejectsMissingAndOverlongTargets() {
        assertThat(ReturnPath.safe(null)).isEmpty();
        assertThat(ReturnPath.safe("/portal/" + "a".repeat(500))).isEmpty();
    }

    @Test
    void signInAddressContainsReturnPath() {
        assertThat(ReturnPath.signIn("/portal/services?x=1&y=2"))
                .isEqualTo("/sign-in?return=%2Fportal%2Fservices%3Fx%3D1%26y%3D2");
    }
}
