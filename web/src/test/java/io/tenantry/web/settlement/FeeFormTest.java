package io.tenantry.web.settlement;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.Currency;
import org.junit.jupiter.api.Test;

class FeeFormTest {
    private static final Currency EUR = Currency.getInstance("EUR");

    private final FeeForm form = new FeeForm();

    @Test
    void isEmptyUntilAFieldHasANumberEvenZero() {
        assertThat(form.isEmpty()).isTrue();
        form.setMinimum(BigDecimal.ZERO);
        assertThat(form.isEmpty()).isFalse();
        assertThat(form.terms(EUR).faults()).isEmpty();
    }

    @Test
    void findsTiersWithoutPercentageOrRevenue() {
        form.getSteps().get(0).setPercent(new BigDecimal("5"));
        form.getSteps().get(1).setAbove(new BigDecimal("1000"));
        form.getSteps().get(2).setPercent(new BigDecimal("3"));

        assertThat(form.withoutPercentage()).containsExactly(1);
        assertThat(form.withoutRevenue()).containsExactly(2);
    }

    @Test
    void acceptsWholeTiersAndEmptyOnes() {
        form.getSteps().get(0).setPercent(new BigDecimal("5"));
        form.getSteps().get(1).setAbove(new BigDecimal("1000"));
        form.getSteps().get(1).setPercent(new BigDecimal("3"));

        assertThat(form.withoutPercentage()).isEmpty();
        assertThat(form.withoutRevenue()).isEmpty();
        assertThat(form.terms(EUR).tiers()).hasSize(2);
    }
}
