package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossSiteCheckTest {
    private static final String HOST = "aurora.localhost:8080";

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "GET, cross-site, https://evil.example, false, false",
                "POST, same-origin, -, false, false",
                "POST, none, -, false, false",
                "POST, cross-site, http://aurora.localhost:8080, true, true",
                "POST, same-site, http://aurora.localhost:8080, true, true",
                "POST, -, http://aurora.localhost:8080, false, false",
                "POST, -, http://AURORA.localhost:8080, false, false",
                "POST, -, http://borealis.localhost:8080, true, true",
                "POST, -, http://aurora.localhost:8080.evil.example, true, true",
                "POST, -, null, true, true",
                "POST, -, -, true, false",
                "POST, -, -, false, true",
                "DELETE, cross-site, -, true, true",
                "PATCH, garbage, -, true, true",
                "TRACE, cross-site, -, true, true",
            })
    void detectsCrossSiteRequests(
            String method, @Nullable String site, @Nullable String origin, boolean hasOtherProof, boolean isForeign) {
        assertThat(CrossSiteCheck.isForeign(method, site, origin, HOST, hasOtherProof))
                .isEqualTo(isForeign);
    }
}
