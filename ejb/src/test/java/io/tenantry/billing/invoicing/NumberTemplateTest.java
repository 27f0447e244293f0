package io.tenantry.billing.invoicing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberTemplateTest {
    @ParameterizedTest
    @CsvSource({
        "INV-{year}-{number:6}, 1, INV-2026-000001",
        "INV-{year}-{number:6}, 1234567, INV-2026-1234567",
        "{number:4}/{year}, 42, 0042/2026",
        "{year}.{number:1}, 7, 2026.7",
        "R{year}-{number:9}-A, 999999999, R2026-999999999-A"
    })
    void formatsNumbersByTheTemplate(String pattern, long number, String text) {
        assertThat(new NumberTemplate(pattern).in(2026).of(number)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "INV-{number:6}",
                "INV-{year}",
                "INV-{year}-{number}",
                "INV-{year}-{number:0}",
                "INV-{year}-{number:10}",
                "INV-{year}-{number:6}-{number:6}",
                "INV-{month}-{year}-{number:6}",
                "INV {year} {number:6}",
                "Ä-{year}-{number:6}",
                "A-pattern-that-is-too-long-{year}-{number:6}"
            })
    void refusesTemplatesOfAmbiguousOrUnreadableNumbers(String pattern) {
        assertThatThrownBy(() -> new NumberTemplate(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("{number:D}");
    }
}
