package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkerSharesTest {
    @ParameterizedTest
    @CsvSource({
        "aurora.localhost, aurora.localhost",
        "Aurora.Localhost:8080, aurora.localhost",
        "aurora.localhost., aurora.localhost",
        "aurora.localhost.:8080, aurora.localhost",
        "[::1]:8080, [",
        "[::1, [",
        ":8080, ''",
        "., ''",
        ", ''"
    })
    void hostHasNeitherPortNorFinalDot(String header, String host) {
        assertThat(WorkerShares.host(header)).isEqualTo(host);
    }
}
