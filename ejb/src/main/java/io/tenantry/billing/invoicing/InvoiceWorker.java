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
 * Opens runs, claims them and issues their documents, batch by batch, until no work is available. Runs without a transaction: each step of
 * {@link InvoiceRuns} is one, so the worker may stop anywhere, and any number of workers may run on any node.
 */
@Dependent
public class InvoiceWorker {
    private static final LeasedWorkLoop SHIFT = new LeasedWorkLoop("invoicing");

    private final InvoiceRuns runs;

    @Inject
    public InvoiceWorker(InvoiceRuns runs) {
        this.runs = runs;
    }

    /**
     * Opens a run for each ended month of every tenant. A tenant for which that fails is attempted again later, and does not stop the others.
     */
    public int open() {
        return ConnectionPoolRole.CHARGING.run(() -> {
            var reached = runs.reached();
            return SHIFT.open(runs.unopened(reached), tenant -> tenant, tenant -> runs.open(tenant, reached));
        });
    }

    /** Whether there is work now. */
    public boolean isDue() {
        return runs.hasClaimable(runs.reached());
    }

    /**
     * Works until nothing is left.
     *
     * @param goesOn checked between any two pieces of work; the worker stops when it returns false
     * @return the number of runs processed
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
