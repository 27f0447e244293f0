package io.tenantry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testing.BuildLog;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random orders, actions and faults: after them no service is paid for and missing, none runs and is free, no server is left unreported, and
 * the ledger balances.
 *
 * <p>{@code -Dtenantry.orders=10000} sets the number, {@code -Dtenantry.orders.seed=...} the first seed. Each seed has 250 orders.
 */
@Tag("full")
class StormTest {
    private static final int ORDERS = Integer.getInteger("tenantry.orders", 0);
    private static final long SEED = Long.getLong("tenantry.orders.seed", 1);
    private static final int OF_A_SEED = 250;
    private static final int OF_A_SEED_SHORT = 40;
    private static final int ORDERS_SHORT = 70;
    private static final int SEEDS_ATMOST = 12;

    private static final List<Observation> MUST_HAPPEN = List.of(
            new Observation("order", "Done"),
            new Observation("accident", "death at the database"),
            new Observation("accident", "standstill"),
            new Observation("suspension", "Done"),
            new Observation("timeline", "rescued"),
            new Observation("timeline", "rescue_left"),
            new Observation("add-on VOLUME", "Done"),
            new Observation("add-on GROW", "Done"),
            new Observation("add-on BACKUPS_ON", "Done"),
            new Observation("add-on SNAPSHOT", "Done"),
            new Observation("add-on ADDRESS", "Done"));

    private static SimulationTenants simulationTenants;

    private record Observation(String group, String what) {
        long in(EventCounts all) {
            return all.of(group, what);
        }
    }

    @BeforeAll
    static void build() {
        simulationTenants = new SimulationTenants("storm");
    }

    @AfterAll
    static void clear() {
        simulationTenants.close();
    }

    @Test
    void chargesExactlyTheServicesThatExist() {
        var storm = new Storm(simulationTenants);
        var all = new EventCounts();
        var passed = Duration.ZERO;
        var began = System.nanoTime();
        var wanted = ORDERS > 0 ? ORDERS : ORDERS_SHORT;
        var each = ORDERS > 0 ? Math.min(OF_A_SEED, ORDERS) : OF_A_SEED_SHORT;
        for (var seed = SEED; shouldContinue(all, wanted, seed); seed++) {
            var since = System.nanoTime();
            var outcome = storm.of(History.of(seed, each));
            all.add(outcome.eventCounts());
            passed = passed.plus(outcome.passed());
            BuildLog.note("storm: seed " + seed + ", " + outcome.eventCounts().of("action") + " actions, "
                    + Duration.ofNanos(System.nanoTime() - since).toMillis() + " ms, " + outcome.passed());
        }
        BuildLog.note(all.table("moment"));
        BuildLog.note("storm: " + all.of("action", "Order") + " orders, " + all.of("action") + " actions, "
                + all.of("accident") + " accidents at " + all.kinds("moment") + " named moments, "
                + all.of("external change")
                + " external changes; "
                + passed + " passed; lost 0, free 0, unreported 0; "
                + Duration.ofNanos(System.nanoTime() - began).toSeconds() + " s");

        assertThat(MUST_HAPPEN).allSatisfy(one -> assertThat(one.in(all)).isPositive());
        assertThat(all.of("external change")).isPositive();
    }

    /** A small number of orders may lack an event that must happen at least once: another seed then includes it. */
    private static boolean shouldContinue(EventCounts all, int wanted, long seed) {
        return all.of("action", "Order") < wanted
                || (seed < SEED + SEEDS_ATMOST && MUST_HAPPEN.stream().anyMatch(one -> one.in(all) == 0));
    }
}
