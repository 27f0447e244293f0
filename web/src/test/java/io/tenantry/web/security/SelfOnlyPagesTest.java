package io.tenantry.web.security;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfOnlyPagesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"/portal/me", "/portal/me/", "/portal/me.xhtml", "/portal/me.xhtml/", "/faces/portal/me.xhtml"})
    void areRecognizedInAnySpelling(String path) {
        assertThat(SelfOnlyPages.has(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/portal", "/portal/members", "/portal/me2", "/portal/wallet", "/staff/me"})
    void doNotIncludeOtherPaths(String path) {
        assertThat(SelfOnlyPages.has(path)).isFalse();
    }
}
