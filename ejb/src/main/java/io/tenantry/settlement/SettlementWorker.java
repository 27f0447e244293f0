package io.tenantry.settlement;

import io.tenantry.charging.Attempts;
import io.tenantry.charging.Shift;
import io.tenantry.settlement.SettlementRuns.Claim;
import io.tenantry.settlement.Takings.Outcome;
import io.tenantry.tenancy.Lane;
import io.tenantry.tenancy.Tenant;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;

/**
 * Opens runs, claims them and settles their months until nothing is left. It has no transaction of its own: each step is one, so it may end
 * anywhere, and any number of workers may be at it on any node.
 */
@Dependent
public class SettlementWorker {
    private static final Shift SHIFT = new Shift("settlement");

    private final SettlementRuns runs;
    private final Takings takings;

    @Inject
    public SettlementWorker(SettlementRuns runs, Takings takings) {
        this.runs = runs;
        this.takings = takings;
    }

    /** Gives every reseller a run for each month that has ended. One for which that fails is asked again, and stops nobody. */
    public int open() {
        return Lane.CHARGING.run(() -> {
            var reached = runs.reached();
            return SHIFT.open(runs.unopened(reached), Tenant::id, tenant -> runs.open(tenant, reached));
        });
    }

    /** Whether there is anything to do now. */
    public boolean isDue() {
        return runs.hasClaimable(runs.reached());
    }

    /**
     * Works until nothing is left.
     *
     * @param goesOn asked between any two months; on false it stops
     * @return how many runs it had in hand
     */
    public int work(BooleanSupplier goesOn) {
        return Lane.CHARGING.run(() -> SHIFT.work(goesOn, () -> runs.claim(runs.reached()), this::work));
    }

    private void work(Claim claim) {
        SHIFT.on(
                claim.runId(),
                "tenant=" + claim.tenant() + " month=" + claim.period().month(),
                () -> settle(claim),
                why -> runs.park(claim, why));
    }

    private void settle(Claim claim) {
        var outcome = Attempts.of(() -> takings.take(claim));
        if (outcome instanceof Outcome.Taken taken) {
            var unusedNumber = Attempts.of(() -> runs.issue(claim, taken.taking()));
        } else if (outcome instanceof Outcome.Waits) {
            runs.putOff(claim);
        } else {
            runs.end(claim);
        }
    }
}
