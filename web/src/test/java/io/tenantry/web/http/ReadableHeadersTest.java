package io.tenantry.web.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReadableHeadersTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*/*",
                "text/html, image/gif, *; q=.2, */*; q=.2",
                "application/json; Q = 0.8 , a/b",
                "a/b;q=1.",
                "a/b;quality=high",
                "application/json; charset=utf-8"
            })
    void acceptsWeightsSentByClients(String list) {
        assertThat(ReadableHeaders.isWeighed(list)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a/b;q=",
                "a/b;q= ",
                "a/b;q=\"\"",
                "a/b;q=\"",
                "a/b;q=abc",
                "a/b;q=NaN",
                "a/b;q=-1",
                "a/b;q=.",
                "a/b;q=1e5",
                "a/b, c/d;q=x"
            })
    void rejectsNonNumericWeights(String list) {
        assertThat(ReadableHeaders.isWeighed(list)).isFalse();
    }
}
