package io.tenantry.dunning;

import java.util.Optional;

/**
 * A step of a ladder.
 *
 * @param nth which of its kind, from 1
 * @param days so long after the letters of the step before it have gone out; the first: after the debt began
 * @param fee what it costs; empty if nothing
 */
public record DunningStep(DunningAction act, int nth, int days, Optional<LateFee> fee) {
    /** Nobody waits for longer. */
    public static final int DAYS_MAX = 365;

    /** One that costs nothing. */
    public DunningStep(DunningAction act, int nth, int days) {
        this(act, nth, days, Optional.empty());
    }

    /** The same for a fee. */
    public DunningStep withFee(LateFee costs) {
        return new DunningStep(act, nth, days, Optional.of(costs));
    }
}
