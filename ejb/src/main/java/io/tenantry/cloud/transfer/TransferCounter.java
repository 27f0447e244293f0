package io.tenantry.cloud.transfer;

import java.util.Optional;

/**
 * A provider's counter within one of its periods. It should start at zero and only increase; but some counters are reset late, after the period
 * has begun, and some decrease for a while. Neither is ever counted twice: a decrease is not added again, and the value left from the period
 * before is not part of this one. Where this is ambiguous, less is counted rather than more.
 *
 * @param carried the value left from the period before, as long as the counter was not reset
 * @param peak the highest value since the last reset
 * @param kept the transfer counted before the last reset
 */
record TransferCounter(long carried, long peak, long kept) {
    TransferCounter {
        if (carried < 0 || peak < carried || kept < 0) {
            throw new IllegalArgumentException("a counter of " + carried + ", " + peak + ", " + kept);
        }
    }

    /**
     * Creates the counter at the first reading of a period.
     *
     * @param before the last value of the period before; empty if it is unknown or too old to be still shown
     */
    static TransferCounter begin(Optional<Long> before, long value) {
        return new TransferCounter(before.filter(old -> value >= old).orElse(0L), value, 0);
    }

    /** Applies a later reading of the same period. */
    TransferCounter read(long value) {
        return value < carried
                ? new TransferCounter(0, value, used())
                : new TransferCounter(carried, Math.max(peak, value), kept);
    }

    /** Returns the transfer used in the period. */
    long used() {
        return kept + peak - carried;
    }
}
