package io.tenantry.billing.charging.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.testing.BuildLog;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Ten years of a reseller for each seed. {@code -Dtenantry.sim.seeds=1000} sets the number of seeds, {@code -Dtenantry.sim.seed=17} selects
 * one, {@code -Dtenantry.sim.hourly=100} runs at every hour of the ten years.
 */
class SimulatorTest {
    private static final int SEEDS = 4;

    @Tag("full")
    @Test
    void chargesEveryStartedHourOnceAndCapsEveryMonth() {
        var scale = Scale.tenYears(Integer.getInteger("tenantry.sim.hourly", 5));
        var one = Long.getLong("tenantry.sim.seed");
        var seeds = one != null
                ? LongStream.of(one)
                : LongStream.rangeClosed(1, Integer.getInteger("tenantry.sim.seeds", SEEDS));
        var sum = new Sum();
        seeds.forEach(seed -> sum.add(seed, scale));

        BuildLog.note(sum);
        assertThat(sum.hours).isPositive();
        assertThat(sum.thresholds).isPositive();
    }

    /** Totals over all seeds. */
    private static final class Sum {
        private int seeds;
        private long services;
        private long changes;
        private long charges;
        private long hours;
        private long thresholds;
        private long slowestMillis;

        void add(long seed, Scale scale) {
            var start = System.nanoTime();
            var outcome = Simulation.of(History.of(seed, Simulation.zone(seed), scale), scale);
            var millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            seeds++;
            services += outcome.services();
            changes += outcome.changes();
            charges += outcome.charges();
            hours += outcome.hours();
            thresholds += outcome.events().values().stream()
                    .mapToInt(Integer::intValue)
                    .sum();
            slowestMillis = Math.max(slowestMillis, millis);
            if (seeds % 50 == 0 || seeds == 1) {
                BuildLog.note("seed " + seed + " in " + Simulation.zone(seed) + ", " + millis + " ms: " + outcome);
            }
        }

        @Override
        public String toString() {
            return "simulator: " + seeds + " seeds, " + services + " services, " + changes + " changes of plan, "
                    + hours
                    + " hours in " + charges + " charges, " + thresholds + " thresholds told, slowest seed "
                    + slowestMillis + " ms";
        }
    }
}
