package io.tenantry.cloud.transfer;

import java.util.Optional;

/**
 * A vendor's counter within one of its periods. It should only rise, and begin at nothing; but some are reset late, after the period has
 * begun, and some fall back for a while. Neither is ever counted twice: what falls is not added again, and what stood there from the
 * period before is not of this one. Where that cannot be told for certain, less is counted rather than more.
 *
 * @param carried what it stood at in the period before, as long as it was not reset
 * @param peak the highest that it stood at since it began anew
 * @param kept what was counted before it did
 */
record TransferCounter(long carried, long peak, long kept) {
    TransferCounter {
        if (carried < 0 || peak < carried || kept < 0) {
            throw new IllegalArgumentException("a counter of " + carried + ", " + peak + ", " + kept);
        }
    }

    /**
     * The first reading of a period.
     *
     * @param before what it stood at last in the period before; empty if that is not known or too long ago to still stand there
     */
    static TransferCounter begin(Optional<Long> before, long value) {
        return new TransferCounter(before.filter(old -> value >= old).orElse(0L), value, 0);
    }

    /** A later reading of the same period. */
    TransferCounter read(long value) {
        return value < carried
                ? new TransferCounter(0, value, used())
                : new TransferCounter(carried, Math.max(peak, value), kept);
    }

    /** What was used in the period. */
    long used() {
        return kept + peak - carried;
    }
}
