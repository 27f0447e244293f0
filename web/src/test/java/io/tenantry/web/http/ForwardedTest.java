package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.NetworkBlocks;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardedTest {
    private static final InetAddress PROXY = address("10.0.0.1");

    private final Forwarded forwarded =
            new Forwarded(NetworkBlocks.parse("10.0.0.0/8, 2001:db8::/32").orElseThrow());

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "203.0.113.7 | 203.0.113.7",
                "6.6.6.6, 203.0.113.7 | 203.0.113.7",
                "6.6.6.6,203.0.113.7,10.0.0.9 | 203.0.113.7",
                "6.6.6.6, 10.0.0.9 | 6.6.6.6",
                "10.0.0.8, 10.0.0.9 | 10.0.0.8",
                "203.0.113.7:4711 | 203.0.113.7",
                "[2001:db9::7]:4711 | 2001:db9::7",
                "2001:db9::7, 2001:db8::1 | 2001:db9::7",
                "203.0.113.7, unknown | 10.0.0.1",
                "203.0.113.7, unknown, 10.0.0.9 | 10.0.0.9",
                "203.0.113.7, | 10.0.0.1",
                "'' | 10.0.0.1",
                "localhost | 10.0.0.1",
                "999.1.1.1 | 10.0.0.1",
                "[::1 | 10.0.0.1"
            })
    void trustsOnlyEntriesAddedByOwnProxies(String header, String client) {
        assertThat(forwarded.client(PROXY, List.of(header))).isEqualTo(address(client));
    }

    @Test
    void joinsRepeatedHeaders() {
        assertThat(forwarded.client(PROXY, List.of("6.6.6.6", "203.0.113.7"))).isEqualTo(address("203.0.113.7"));
        assertThat(forwarded.client(PROXY, List.of("203.0.113.7", "10.0.0.2, 10.0.0.3")))
                .isEqualTo(address("203.0.113.7"));
        assertThat(forwarded.client(PROXY, List.of())).isEqualTo(PROXY);
    }

    @Test
    void readsBoundedNumberOfEntries() {
        assertThat(forwarded.client(PROXY, List.of("6.6.6.6" + ", 10.0.0.5".repeat(5_000))))
                .isEqualTo(address("10.0.0.5"));
    }

    @Test
    void trustsOnlyConfiguredProxies() {
        assertThat(forwarded.isBelieved(PROXY)).isTrue();
        assertThat(forwarded.isBelieved(address("203.0.113.7"))).isFalse();
        assertThat(new Forwarded(NetworkBlocks.parse("").orElseThrow()).isBelieved(PROXY))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https | true",
                "HTTPS | true",
                "http | false",
                "https, http | false",
                "http, https | true",
                "'' | false",
                "httpsx | false"
            })
    void nearestProxyDeterminesSecurity(String header, boolean isSecure) {
        assertThat(Forwarded.isSecure(List.of(header))).isEqualTo(isSecure);
    }

    private static InetAddress address(String text) {
        return NetworkBlocks.address(text).orElseThrow();
    }
}
