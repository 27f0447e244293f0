package io.tenantry.cloud.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.text.JsonText;
import jakarta.json.JsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    /** PHP encodes an empty object as an empty array, and flags as numbers. */
    @Test
    void readsWhatPhpWrites() {
        var jsonFields = new JsonFields(
                JsonText.object(
                        "{\"network\":[],\"list\":{},\"on\":1,\"off\":0,\"text\":\"1\",\"none\":\"0\",\"bad\":2,\"full\":[1]}"));
        assertThat(jsonFields.in("network").each("interfaces")).isEmpty();
        assertThat(jsonFields.each("list")).isEmpty();
        assertThat(jsonFields.flag("on")).isTrue();
        assertThat(jsonFields.flag("off")).isFalse();
        assertThat(jsonFields.flag("text")).isTrue();
        assertThat(jsonFields.flag("none")).isFalse();
        assertThatThrownBy(() -> jsonFields.flag("bad")).isInstanceOf(ProviderFailure.class);
        assertThatThrownBy(() -> jsonFields.in("full")).isInstanceOf(ProviderFailure.class);
        assertThatThrownBy(() -> jsonFields.flag("network")).isInstanceOf(ProviderFailure.class);
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
