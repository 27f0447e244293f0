package io.tenantry.web.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.brand.Colour;
import io.tenantry.web.admin.ContrastAdvice.ColourReplacement;
import io.tenantry.web.admin.ContrastAdvice.ColourUse;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ContrastAdviceTest {
    @Test
    void reportsWherePaleColourWasReplaced() {
        var advice = advice("#fde047");

        assertThat(advice.repairs())
                .extracting(ColourReplacement::place)
                .contains(ColourUse.ON_BUTTON, ColourUse.TEXT_LIGHT, ColourUse.LOUD);
    }

    @Test
    void reportsDarkColourLightenedInDarkTheme() {
        assertThat(advice("#1e1b4b").repairs())
                .extracting(ColourReplacement::place)
                .containsExactly(ColourUse.TEXT_DARK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#fde047", "#ffffff", "#000000", "#808080", "#00ff00", "#4f46e5"})
    void replacesOnlyWithReadableContrast(String primary) {
        assertThat(advice(primary).repairs())
                .allSatisfy(colourReplacement ->
                        assertThat(colourReplacement.ratioUsed()).isGreaterThanOrEqualTo(new BigDecimal("4.5")));
    }

    private static ContrastAdvice advice(String primary) {
        return ContrastAdvice.of(Colour.of(primary), Colour.of("#0ea5e9"), Colour.of("#f59e0b"));
    }
}
