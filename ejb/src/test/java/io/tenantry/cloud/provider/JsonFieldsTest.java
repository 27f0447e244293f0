package io.tenantry.cloud.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.text.JsonText;
import jakarta.json.JsonException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    /** PHP writes an empty object as an empty array, and flags as numbers. */
    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1E+100", "1e-000999", "0.1e1000", "1e1e1e1e100"})
    void refusesNumbersWithExcessiveExponents(String number) {
        assertThatThrownBy(() -> JsonText.object("{\"a\":" + number + "}")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> JsonText.object("{\"a\":[1," + number + "]}")).isInstanceOf(JsonException.class);
    }

    @Test
    void refusesNumbersWithTooManyDigits() {
        var digits = "7".repeat(1_200);
        assertThatThrownBy(() -> JsonText.object("{\"a\":" + digits + "}")).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> JsonText.object("{\"a\":0." + digits + "}")).isInstanceOf(JsonException.class);
    }

    @Test
    void readsOrdinaryNumbersAndTextsThatResembleThem() {
        var read = JsonText.object(
                "{\"a\":-1.5e-3,\"b\":\"" + "7".repeat(1_200) + "\\\"1e999\",\"c\":true,\"1e999\":1e05}");
        assertThat(read.getJsonNumber("a").bigDecimalValue()).isEqualByComparingTo("-0.0015");
        assertThat(read.getString("b")).hasSize(1_206);
        assertThat(read.getBoolean("c")).isTrue();
        assertThat(read.getInt("1e999")).isEqualTo(100_000);
    }

    @Test
    void refusesExcessiveAmountsGivenAsText() {
        var fields = new JsonFields(JsonText.object("{\"a\":\"1e999999999\",\"b\":\"" + "7".repeat(1_200) + "\"}"));
        for (var name : List.of("a", "b")) {
            assertThatThrownBy(() -> fields.amount(name)).isInstanceOf(ProviderFailure.class);
        }
    }

    @Test
    void readsEmptyObjectsAndFlagsAsPhpWritesThem() {
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
    void refusesExcessivelyNestedJson(String piece) {
        assertThatThrownBy(() -> JsonText.object("{\"a\":" + piece.repeat(100_000)))
                .isInstanceOf(JsonException.class)
                .hasMessageContaining("deeper");
    }

    @Test
    void ignoresBracketsWithinTexts() {
        assertThat(JsonText.object("{\"a\":\"" + "[".repeat(500) + "\\\"{\"}").getString("a"))
                .hasSize(502);
        assertThat(JsonText.object("\uFEFF{\"a\":1}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .getInt("a"))
                .isEqualTo(1);
        assertThatThrownBy(() -> JsonText.object(new byte[] {'{', (byte) 0xFF, '}'}))
                .isInstanceOf(JsonException.class);
    }
}
