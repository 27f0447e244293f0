package io.tenantry.web.portal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class OrderStepTest {
    @Test
    void skipsAddonsStepWithoutAddons() {
        assertThat(OrderStep.all(true)).containsExactly(OrderStep.values());
        assertThat(OrderStep.all(false)).hasSize(OrderStep.values().length - 1).doesNotContain(OrderStep.ADDONS);
    }

    @Test
    void stepsLeadToNextAndPrevious() {
        assertThat(OrderStep.KEYS.after(OrderStep.all(true))).isEqualTo(OrderStep.ADDONS);
        assertThat(OrderStep.KEYS.after(OrderStep.all(false))).isEqualTo(OrderStep.REVIEW);
        assertThat(OrderStep.REVIEW.before(OrderStep.all(true))).isEqualTo(OrderStep.ADDONS);
        assertThat(OrderStep.REVIEW.before(OrderStep.all(false))).isEqualTo(OrderStep.KEYS);
        assertThat(OrderStep.PLAN.before(OrderStep.all(true))).isEqualTo(OrderStep.PLAN);
        assertThat(OrderStep.REVIEW.after(OrderStep.all(true))).isEqualTo(OrderStep.REVIEW);
    }

    @Test
    void addressAndFormContainSelection() {
        var at = OrderAddress.of(
                "/portal/order",
                Map.of(
                        "step", new String[] {"addons"},
                        "backups", new String[] {"daily"},
                        "volume", new String[] {"50"},
                        "addresses", new String[] {""},
                        "plan", new String[] {"small"}));
        assertThat(at).hasToString("/portal/order?step=addons&plan=small&backups=daily&volume=50");
        assertThat(at.number(OrderAddress.VOLUME)).contains(50);
        assertThat(at.but(OrderStep.ADDONS.fields())).containsExactly(new OrderAddress.Part("plan", "small"));
    }
}
