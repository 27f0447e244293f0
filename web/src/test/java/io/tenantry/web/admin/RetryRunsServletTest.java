package io.tenantry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRunsServletTest {
    @ParameterizedTest
    @ValueSource(strings = {"/admin/runs", "/admin/runs?tenant=aurora&state=failed&sort=-amount&page=2"})
    void returnsToListWithItsFilters(String back) {
        assertThat(RetryRunsServlet.list(back)).isEqualTo(back);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://evil.example/admin/runs",
                "//evil.example",
                "/admin/runs/../tenants",
                "/admin/runs?",
                "/admin/runs?a=b#c",
                "/admin/runs?a=b\r\nSet-Cookie: x=y",
                "/admin/runs?a=b c",
                "/admin/runs?a=\\b"
            })
    void returnsToPlainListForForeignTargets(String back) {
        assertThat(RetryRunsServlet.list(back)).isEqualTo("/admin/runs");
        assertThat(RetryRunsServlet.list(null)).isEqualTo("/admin/runs");
    }

    @Test
    void appendsResultToListAddress() {
        assertThat(RetryRunsServlet.with("/admin/runs", "retried=1")).isEqualTo("/admin/runs?retried=1");
        assertThat(RetryRunsServlet.with("/admin/runs?tenant=aurora", "retried=1"))
                .isEqualTo("/admin/runs?tenant=aurora&retried=1");
    }
}
