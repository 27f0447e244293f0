package io.tenantry.web.staff;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.money.Money;
import org.junit.jupiter.api.Test;

class PlanPageTest {
    @Test
    void freePlanNeedsConfirmation() {
        assertThat(PlanPage.needsConfirmation(Money.of("0", "EUR"), false)).isTrue();
        assertThat(PlanPage.needsConfirmation(Money.of("0.00", "EUR"), true)).isFalse();
        assertThat(PlanPage.needsConfirmation(Money.of("0.00000001", "EUR"), false))
                .isFalse();
    }
}
