package io.tenantry.billing.charging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ChargingLanesTest {
    private final ChargingLanes lanes = new ChargingLanes();
    private long now;

    @BeforeEach
    void stopTime() {
        lanes.nanos = () -> now;
    }

    @Test
    void admitsOneWorkerToALane() {
        var first = lanes.enterAny(Set.of(1, 2)).orElseThrow();
        var second = lanes.enterAny(Set.of(1, 2)).orElseThrow();
        assertThat(Set.of(first.lane(), second.lane())).containsExactlyInAnyOrder(1, 2);
        assertThat(lanes.enterAny(Set.of(1, 2))).isEmpty();

        first.close();
        assertThat(lanes.enterAny(Set.of(1, 2)).orElseThrow().lane()).isEqualTo(first.lane());
    }

    @Test
    void admitsAnotherWorkerWhereOneIsHeldUp() {
        var heldUp = lanes.enterAny(Set.of(3)).orElseThrow();
        now += ChargingLanes.HELD_UP.toNanos();
        heldUp.beginRun();
        now += ChargingLanes.HELD_UP.toNanos();
        assertThat(lanes.enterAny(Set.of(3))).isEmpty();

        now++;
        var other = lanes.enterAny(Set.of(3)).orElseThrow();
        heldUp.close();
        assertThat(lanes.enterAny(Set.of(3))).isEmpty();
        other.close();
        assertThat(lanes.enterAny(Set.of(3))).isPresent();
    }

    @Test
    void entersNoLaneWithoutRuns() {
        assertThat(lanes.enterAny(Set.of())).isEmpty();
    }
}
