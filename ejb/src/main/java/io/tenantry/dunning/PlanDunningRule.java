package io.tenantry.dunning;

import io.tenantry.dunning.DunningPolicy.Fault;
import java.util.Optional;
import java.util.UUID;

/**
 * A dunning policy's exception for the services of one plan. It can only give them more time than others, never less.
 *
 * @param suspendMore additional days until they are suspended; empty: never for debt
 * @param terminateMore additional days until they are terminated after that; empty: never for debt
 * @param charging whether they are charged while suspended; empty: as the policy sets
 */
public record PlanDunningRule(
        UUID planId, Optional<Integer> suspendMore, Optional<Integer> terminateMore, Optional<Boolean> charging) {
    private static final Optional<Integer> AS_THE_OTHERS = Optional.of(0);

    /** Returns the fault of the rule; empty if it is valid. */
    public Optional<Fault> fault() {
        if (isWrong(suspendMore) || isWrong(terminateMore)) {
            return Optional.of(Fault.PLAN_DAYS);
        }
        var isLikeOthersOnceOff = terminateMore.equals(AS_THE_OTHERS) && charging.isEmpty();
        if (suspendMore.equals(AS_THE_OTHERS) && isLikeOthersOnceOff) {
            return Optional.of(Fault.PLAN_RULE_EMPTY);
        }
        return suspendMore.isEmpty() && !isLikeOthersOnceOff
                ? Optional.of(Fault.PLAN_NEVER_SUSPENDED)
                : Optional.empty();
    }

    private static boolean isWrong(Optional<Integer> more) {
        return more.filter(days -> days < 0 || days > DunningStep.DAYS_MAX).isPresent();
    }

    Optional<Integer> more(DunningAction dunningAction) {
        return switch (dunningAction) {
            case RUNWAY, REMIND, FINAL_NOTICE -> AS_THE_OTHERS;
            case SUSPEND -> suspendMore;
            case TERMINATE -> terminateMore;
        };
    }
}
