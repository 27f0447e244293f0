package io.tenantry.settlement;

import io.tenantry.billing.charging.LeasedWorkLoop;
import io.tenantry.billing.charging.TransientRetry;
import io.tenantry.settlement.SettlementRuns.Claim;
import io.tenantry.settlement.WholesaleUsage.Outcome;
import io.tenantry.tenancy.ConnectionPoolRole;
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
    private static final LeasedWorkLoop SHIFT = new LeasedWorkLoop("settlement");

    private final SettlementRuns runs;
    private final WholesaleUsage wholesaleUsage;

    @Inject
    public SettlementWorker(SettlementRuns runs, WholesaleUsage wholesaleUsage) {
        this.runs = runs;
        this.wholesaleUsage = wholesaleUsage;
    }

    /** Gives every reseller a run for each month that has ended. One for which that fails is asked again, and stops nobody. */
    public int open() {
        return ConnectionPoolRole.CHARGING.run(() -> {
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
        return ConnectionPoolRole.CHARGING.run(() -> SHIFT.work(goesOn, () -> runs.claim(runs.reached()), this::work));
    }

    private void work(Claim claim) {
        SHIFT.on(
                claim.runId(),
                "tenant=" + claim.tenant() + " month=" + claim.period().month(),
                () -> settle(claim),
                why -> runs.park(claim, why));
    }

    private void settle(Claim claim) {
        var outcome = TransientRetry.of(() -> wholesaleUsage.take(claim));
        if (outcome instanceof Outcome.Taken taken) {
            var unusedNumber = TransientRetry.of(() -> runs.issue(claim, taken.wholesaleStatement()));
        } else if (outcome instanceof Outcome.Waits) {
            runs.putOff(claim);
        } else {
            runs.end(claim);
        }
    }
}
