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
 * Opens runs, claims them and settles their months until none is left. Each step is a separate transaction, so it may end anywhere, and any
 * number of workers may run on any node.
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

    /** Creates runs of every reseller for its ended months. A failure for one reseller is retried and does not affect the others. */
    public int open() {
        return ConnectionPoolRole.CHARGING.run(() -> {
            var reached = runs.reached();
            return SHIFT.open(runs.unopened(reached), Tenant::id, tenant -> runs.open(tenant, reached));
        });
    }

    /** Whether there is work to do now. */
    public boolean isDue() {
        return runs.hasClaimable(runs.reached());
    }

    /**
     * Works until no run is left.
     *
     * @param goesOn checked between any two months; stops when false
     * @return the number of runs processed
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
        if (outcome instanceof Outcome.Calculated calculated) {
            var unusedNumber = TransientRetry.of(() -> runs.issue(claim, calculated.wholesaleStatement()));
        } else if (outcome instanceof Outcome.NotReady) {
            runs.putOff(claim);
        } else {
            runs.end(claim);
        }
    }
}
