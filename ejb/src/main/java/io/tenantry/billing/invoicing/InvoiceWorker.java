package io.tenantry.billing.invoicing;

import io.tenantry.billing.charging.LeasedWorkLoop;
import io.tenantry.billing.charging.TransientRetry;
import io.tenantry.billing.invoicing.InvoiceRuns.Claim;
import io.tenantry.tenancy.ConnectionPoolRole;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Opens runs, claims them and issues their documents, batch by batch, until nothing is left that it may do. It has no transaction of its
 * own: each step of {@link InvoiceRuns} is one, so it may end anywhere, and any number of workers may be at it on any node.
 */
@Dependent
public class InvoiceWorker {
    private static final LeasedWorkLoop SHIFT = new LeasedWorkLoop("invoicing");

    private final InvoiceRuns runs;

    @Inject
    public InvoiceWorker(InvoiceRuns runs) {
        this.runs = runs;
    }

    /** Gives every tenant a run for each month that has ended. A tenant for which that fails is asked again, and stops nobody. */
    public int open() {
        return ConnectionPoolRole.CHARGING.run(() -> {
            var reached = runs.reached();
            return SHIFT.open(runs.unopened(reached), tenant -> tenant, tenant -> runs.open(tenant, reached));
        });
    }

    /** Whether there is anything to do now. */
    public boolean isDue() {
        return runs.hasClaimable(runs.reached());
    }

    /**
     * Works until nothing is left.
     *
     * @param goesOn asked between any two pieces of work; on false it stops
     * @return how many runs it had in hand
     */
    public int work(BooleanSupplier goesOn) {
        return ConnectionPoolRole.CHARGING.run(
                () -> SHIFT.work(goesOn, () -> runs.claim(runs.reached()), claim -> work(claim, goesOn)));
    }

    private void work(Claim claim, BooleanSupplier goesOn) {
        SHIFT.on(
                claim.runId(),
                "tenant=" + claim.tenant() + " month=" + claim.month(),
                () -> issue(claim, goesOn),
                why -> runs.park(claim, why));
    }

    private void issue(Claim claim, BooleanSupplier goesOn) {
        var left = runs.begin(claim) ? Optional.of(claim) : Optional.<Claim>empty();
        while (left.isPresent() && goesOn.getAsBoolean()) {
            var next = left.get();
            left = TransientRetry.of(() -> runs.issueNext(next));
        }
    }
}
