package io.tenantry.web.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The origins whose pages may open a socket here. */
class LiveSocketConfiguratorTest {
    private static final String HERE = "cloud.aurora.example:8443";

    @Test
    void acceptsPageOfSameHost() {
        assertThat(LiveSocketConfigurator.isSameOrigin("https://" + HERE, HERE, true))
                .isTrue();
        assertThat(LiveSocketConfigurator.isSameOrigin("https://" + HERE, HERE, false))
                .isTrue();
        assertThat(LiveSocketConfigurator.isSameOrigin("HTTPS://Cloud.Aurora.Example:8443", HERE, true))
                .isTrue();
        assertThat(LiveSocketConfigurator.isSameOrigin("http://" + HERE, HERE, false))
                .isTrue();
    }

    @Test
    void rejectsHttpOriginOnHttpsSite() {
        assertThat(LiveSocketConfigurator.isSameOrigin("http://" + HERE, HERE, true))
                .isFalse();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "null",
                "cloud.aurora.example:8443",
                "https://cloud.aurora.example",
                "https://cloud.aurora.example:443",
                "https://cloud.aurora.example:8443/",
                "https://cloud.aurora.example:8443.evil.example",
                "https://cloud.aurora.example:8443@evil.example",
                "https://evil.example#cloud.aurora.example:8443",
                "https://evil.cloud.aurora.example:8443",
                "https://aurora.example:8443",
                "https://borealis.example:8443",
                "wss://cloud.aurora.example:8443",
                "file://cloud.aurora.example:8443",
                "https://cloud.aurora.example:8443 https://evil.example"
            })
    void rejectsOtherOrigins(@Nullable String origin) {
        assertThat(LiveSocketConfigurator.isSameOrigin(origin, HERE, false)).isFalse();
        assertThat(LiveSocketConfigurator.isSameOrigin(origin, HERE, true)).isFalse();
    }

    @Test
    void rejectsRequestWithoutHost() {
        assertThat(LiveSocketConfigurator.isSameOrigin("https://" + HERE, null, true))
                .isFalse();
    }
}
