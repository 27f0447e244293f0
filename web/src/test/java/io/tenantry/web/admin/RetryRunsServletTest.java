package io.tenantry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryRunsServletTest {
    @ParameterizedTest
    @ValueSource(strings = {"/console/runs", "/console/runs?tenant=aurora&state=failed&sort=-amount&page=2"})
    void goesBackToTheListAsItWas(String back) {
        assertThat(RetryRunsServlet.list(back)).isEqualTo(back);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://evil.example/console/runs",
                "//evil.example",
                "/console/runs/../tenants",
                "/console/runs?",
                "/console/runs?a=b#c",
                "/console/runs?a=b\r\nSet-Cookie: x=y",
                "/console/runs?a=b c",
                "/console/runs?a=\\b"
            })
    void goesNowhereElse(String back) {
        assertThat(RetryRunsServlet.list(back)).isEqualTo("/console/runs");
        assertThat(RetryRunsServlet.list(null)).isEqualTo("/console/runs");
    }

    @Test
    void saysThereWhatWasDone() {
        assertThat(RetryRunsServlet.with("/console/runs", "retried=1")).isEqualTo("/console/runs?retried=1");
        assertThat(RetryRunsServlet.with("/console/runs?tenant=aurora", "retried=1"))
                .isEqualTo("/console/runs?tenant=aurora&retried=1");
    }
}
