package io.tenantry.provider.sandbox.shell;

import java.util.List;

/**
 * How busy a simulated machine is at an instant: waves whose shape is the machine's own, so that it goes up and down and yet is the same
 * whenever it is looked at for the same instant.
 *
 * @param averages load over one, five and fifteen minutes
 * @param cpuPercent of all cores
 */
record Load(List<Double> averages, double cpuPercent, int memoryUsedMib, int cacheMib) {
    private static final double SHORT_WAVE_SECONDS = 47;
    private static final double LONG_WAVE_SECONDS = 3_600;
    private static final double IDLE = 0.04;

    static Load of(Box box) {
        var second = box.now().getEpochSecond();
        var now = busy(box, second);
        var averages = List.of(
                round(now * box.vcpus()),
                round((now + busy(box, second - 150)) / 2 * box.vcpus()),
                round((now + busy(box, second - 300) + busy(box, second - 700)) / 3 * box.vcpus()));
        var used = (int) (box.memoryMib() * (0.12 + 0.25 * busy(box, second - second % 60)));
        return new Load(averages, Math.round(now * 1_000) / 10.0, used, box.memoryMib() / 5);
    }

    /** From nearly nothing to nearly all, as a share of one. */
    private static double busy(Box box, long second) {
        var phase = Math.floorMod(box.seed(), 997);
        var slow = Math.sin((second + phase * 31L) / LONG_WAVE_SECONDS * 2 * Math.PI);
        var fast = Math.sin((second + phase * 7L) / SHORT_WAVE_SECONDS * 2 * Math.PI);
        return IDLE + 0.14 * (1 + slow) + 0.06 * (1 + fast);
    }

    private static double round(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
