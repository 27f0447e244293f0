package io.tenantry.cloud.provider.sandbox.shell;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/**
 * The load of a simulated machine at an instant: waves specific to the machine, so that the load varies and yet is reproducible for the same
 * instant.
 *
 * @param averages load over one, five and fifteen minutes
 * @param cpuPercent of all cores
 */
public record SimulatedLoad(List<Double> averages, double cpuPercent, int memoryUsedMib, int cacheMib) {
    private static final double SHORT_WAVE_SECONDS = 47;
    private static final double LONG_WAVE_SECONDS = 3_600;
    private static final double IDLE = 0.04;
    private static final double SLOW = 0.14;
    private static final double FAST = 0.06;

    /** The average of {@link #cpuPercent}. */
    public static final BigDecimal USUAL_PERCENT = BigDecimal.valueOf(Math.round(100 * (IDLE + SLOW + FAST)));

    static SimulatedLoad of(SimulatedHost simulatedHost) {
        var second = simulatedHost.now().getEpochSecond();
        var now = busy(simulatedHost.seed(), second);
        var averages = List.of(
                round(now * simulatedHost.vcpus()),
                round((now + busy(simulatedHost.seed(), second - 150)) / 2 * simulatedHost.vcpus()),
                round((now + busy(simulatedHost.seed(), second - 300) + busy(simulatedHost.seed(), second - 700))
                        / 3
                        * simulatedHost.vcpus()));
        var used = (int) (simulatedHost.memoryMib() * (0.12 + 0.25 * busy(simulatedHost.seed(), second - second % 60)));
        return new SimulatedLoad(averages, Math.round(now * 1_000) / 10.0, used, simulatedHost.memoryMib() / 5);
    }

    /** Returns the percentage of all cores at an instant, for the machine with that seed. */
    public static BigDecimal cpuPercent(long seed, Instant at) {
        return BigDecimal.valueOf(Math.round(busy(seed, at.getEpochSecond()) * 1_000), 1);
    }

    /** Returns a share between almost 0 and almost 1. */
    private static double busy(long seed, long second) {
        var phase = Math.floorMod(seed, 997);
        var slow = Math.sin((second + phase * 31L) / LONG_WAVE_SECONDS * 2 * Math.PI);
        var fast = Math.sin((second + phase * 7L) / SHORT_WAVE_SECONDS * 2 * Math.PI);
        return IDLE + SLOW * (1 + slow) + FAST * (1 + fast);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
