package io.tenantry.kernel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReasonTest {
    private static final String RULE = "this is done for a reason";

    @Test
    void removesLineBreaksAndControlCharacters() {
        assertThat(Reason.kept("  as agreed\non\tMonday\u0007 ", RULE)).isEqualTo("as agreed on Monday");
    }

    @Test
    void truncatesALongReason() {
        assertThat(Reason.kept(" " + "a".repeat(200), RULE)).isEqualTo("a".repeat(200));
        assertThat(Reason.kept("a".repeat(201), RULE)).isEqualTo("a".repeat(200));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n", "\u0000 \u0007"})
    void refusesABlankReason(String nothing) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Reason.kept(nothing, RULE))
                .withMessage(RULE);
    }
}
