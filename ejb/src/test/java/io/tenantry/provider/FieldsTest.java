package io.tenantry.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.text.JsonText;
import jakarta.json.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldsTest {
    /** PHP writes an empty object as an empty array, and flags as numbers. */
    @Test
    void readsWhatPhpWrites() {
        var fields = new Fields(
                JsonText.object(
                        "{\"network\":[],\"list\":{},\"on\":1,\"off\":0,\"text\":\"1\",\"none\":\"0\",\"bad\":2,\"full\":[1]}"));
        assertThat(fields.in("network").each("interfaces")).isEmpty();
        assertThat(fields.each("list")).isEmpty();
        assertThat(fields.flag("on")).isTrue();
        assertThat(fields.flag("off")).isFalse();
        assertThat(fields.flag("text")).isTrue();
        assertThat(fields.flag("none")).isFalse();
        assertThatThrownBy(() -> fields.flag("bad")).isInstanceOf(ProviderFailure.class);
        assertThatThrownBy(() -> fields.in("full")).isInstanceOf(ProviderFailure.class);
        assertThatThrownBy(() -> fields.flag("network")).isInstanceOf(ProviderFailure.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "[{\"a\":"})
    void endsWithAReasonHoweverDeepAnAnswerIs(String piece) {
        assertThatThrownBy(() -> JsonText.object("{\"a\":" + piece.repeat(100_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void depthWithinTextsIsNone() {
        assertThat(JsonText.object("{\"a\":\"" + "[".repeat(500) + "\\\"{\"}").getString("a"))
                .hasSize(502);
        assertThat(JsonText.object("\uFEFF{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .getInt("a"))
                .isEqualTo(1);
        assertThatThrownBy(() -> JsonText.object(new byte[] {'{', (byte) 0xFF, '}'}))
                .isInstanceOf(JsonException.class);
    }
}
