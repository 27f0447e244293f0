package io.tenantry.usage;

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
record Counter(long carried, long peak, long kept) {
    Counter {
        if (carried < 0 || peak < carried || kept < 0) {
            throw new IllegalArgumentException("a counter of " + carried + ", " + peak + ", " + kept);
        }
    }

    /**
     * The first reading of a period.
     *
     * @param before what it stood at last in the period before; empty if that is not known or too long ago to still stand there
     */
    static Counter begin(Optional<Long> before, long value) {
        return new Counter(before.filter(old -> value >= old).orElse(0L), value, 0);
    }

    /** A later reading of the same period. */
    Counter read(long value) {
        return value < carried ? new Counter(0, value, used()) : new Counter(carried, Math.max(peak, value), kept);
    }

    /** What was used in the period. */
    long used() {
        return kept + peak - carried;
    }
}
