package io.tenantry.dunning;

import io.tenantry.dunning.DunningPolicy.Fault;
import java.util.Optional;
import java.util.UUID;

/**
 * What a ladder says of the services of one plan. It can only give them more time than the others have, never less.
 *
 * @param suspendMore so many days later than the others they are switched off; empty: never for debt
 * @param terminateMore so many days later than the ladder says they are ended after that; empty: never for debt
 * @param charging whether they are charged while they are off; empty: as the ladder says
 */
public record PlanDunningRule(
        UUID planId, Optional<Integer> suspendMore, Optional<Integer> terminateMore, Optional<Boolean> charging) {
    private static final Optional<Integer> AS_THE_OTHERS = Optional.of(0);

    /** What is wrong with it; empty if it may be used. */
    public Optional<Fault> fault() {
        if (isWrong(suspendMore) || isWrong(terminateMore)) {
            return Optional.of(Fault.PLAN_DAYS);
        }
        var isLikeOthersOnceOff = terminateMore.equals(AS_THE_OTHERS) && charging.isEmpty();
        if (suspendMore.equals(AS_THE_OTHERS) && isLikeOthersOnceOff) {
            return Optional.of(Fault.PLAN_SAYS_NOTHING);
        }
        return suspendMore.isEmpty() && !isLikeOthersOnceOff ? Optional.of(Fault.PLAN_NEVER_OFF) : Optional.empty();
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
