package io.tenantry.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkBlocksTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8 | 10.255.0.1 | true",
                "10.0.0.0/8 | 11.0.0.1 | false",
                "192.0.2.7 | 192.0.2.7 | true",
                "192.0.2.7 | 192.0.2.8 | false",
                "192.0.2.0/25 | 192.0.2.127 | true",
                "192.0.2.0/25 | 192.0.2.128 | false",
                "0.0.0.0/0 | 203.0.113.1 | true",
                "0.0.0.0/0 | 2001:db8::1 | false",
                "2001:db8::/32 | 2001:db8:ffff::1 | true",
                "2001:db8::/32 | 2001:db9::1 | false",
                "::1, 127.0.0.0/8 | 127.0.0.2 | true",
                "::1 127.0.0.0/8 | ::1 | true",
                "127.0.0.1 | ::ffff:127.0.0.1 | true",
                "'' | 127.0.0.1 | false"
            })
    void containAddressesOfTheirRange(String text, String address, boolean isIn) {
        assertThat(NetworkBlocks.parse(text)
                        .orElseThrow()
                        .contains(NetworkBlocks.address(address).orElseThrow()))
                .isEqualTo(isIn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1/8",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/",
                "10.0.0",
                "256.0.0.1",
                "localhost",
                "proxy.example",
                "2001:db8::1/32",
                "::/129",
                "10.0.0.0/8;::1",
                "1:2",
                "[::1]",
                "10.0.0.0/8/8",
                "０.0.0.0"
            })
    void rejectsAmbiguousNotation(String text) {
        assertThat(NetworkBlocks.parse(text)).isEmpty();
    }

    @Test
    void areEmptyForBlankText() {
        assertThat(NetworkBlocks.parse(" ").orElseThrow().isEmpty()).isTrue();
        assertThat(NetworkBlocks.parse("::1").orElseThrow().isEmpty()).isFalse();
    }
}
