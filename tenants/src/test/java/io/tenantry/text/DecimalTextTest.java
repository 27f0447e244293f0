package io.tenantry.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers that programs write are bounded before anything calculates with them. */
class DecimalTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "-1E+100", "1e-000999", "0.1e1000"})
    void rejectsExcessiveExponents(String number) {
        assertThat(DecimalText.of(number)).isEmpty();
    }

    @Test
    void rejectsOverlongNumbers() {
        assertThat(DecimalText.of("7".repeat(1_200))).isEmpty();
        assertThat(DecimalText.of("0." + "7".repeat(1_200))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "1,5", "0x1", "NaN", "1e", "--1", ".", "1_000", "\u0661"})
    void rejectsInvalidNumbers(String text) {
        assertThat(DecimalText.of(text)).isEmpty();
        assertThatThrownBy(() -> DecimalText.require(text)).isInstanceOf(NumberFormatException.class);
    }

    @Test
    void readsNumbersExactly() {
        assertThat(DecimalText.of("+0.01815068"))
                .hasValueSatisfying(read -> assertThat(read).isEqualByComparingTo("0.01815068"));
        assertThat(DecimalText.require("1.5E3")).isEqualByComparingTo("1500");
    }
}
