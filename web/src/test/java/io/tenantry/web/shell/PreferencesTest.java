package io.tenantry.web.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreferencesTest {
    @ParameterizedTest
    @ValueSource(strings = {"/", "/portal/services?page=2", "/staff/customers"})
    void goesBackToThePage(String back) {
        assertThat(Preferences.local(back)).isEqualTo(back);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"//evil.example", "/\\evil.example", "https://evil.example", "", "/a\r\nSet-Cookie: x=1", "evil"
            })
    void neverLeavesTheHost(String back) {
        assertThat(Preferences.local(back)).isEqualTo("/");
    }
}
