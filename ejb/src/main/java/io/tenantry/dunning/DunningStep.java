package io.tenantry.dunning;

import java.util.Optional;

/**
 * A step of a dunning policy.
 *
 * @param nth its number among those with the same action, from 1
 * @param days the days after the emails of the previous step were sent; for the first step, after the start of the debt
 * @param fee the late fee; empty if there is none
 */
public record DunningStep(DunningAction act, int nth, int days, Optional<LateFee> fee) {
    /** Maximum number of days. */
    public static final int DAYS_MAX = 365;

    /** Creates a step without a fee. */
    public DunningStep(DunningAction act, int nth, int days) {
        this(act, nth, days, Optional.empty());
    }

    /** Returns a copy with a fee. */
    public DunningStep withFee(LateFee costs) {
        return new DunningStep(act, nth, days, Optional.of(costs));
    }
}
