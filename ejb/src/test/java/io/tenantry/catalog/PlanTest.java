package io.tenantry.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlanTest {
    @Test
    void reinstatesThePreviousState() {
        var plan = plan();
        plan.retire();
        plan.reinstate(Plan.State.DRAFT);
        assertThat(plan.state()).isEqualTo(Plan.State.DRAFT);
        plan.priced();
        plan.retire();
        plan.reinstate(Plan.State.ON_SALE);
        assertThat(plan.isSoldIn("fra1")).isTrue();
    }

    @Test
    void refusesToReinstateAPlanThatWasNotRetired() {
        var plan = plan();
        assertThatThrownBy(() -> plan.reinstate(Plan.State.ON_SALE)).isInstanceOf(IllegalStateException.class);
        assertThat(plan.state()).isEqualTo(Plan.State.DRAFT);
    }

    private static Plan plan() {
        var size = new Plan.Size(2, 4_096, 40, 2_000);
        return new Plan(
                new UUID(1, 1), "small", "Small", "vps", size, Set.of("fra1"), Instant.parse("2026-11-21T12:00:00Z"));
    }
}
