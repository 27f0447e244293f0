package io.tenantry.invoicing;

import io.tenantry.charging.Attempts;
import io.tenantry.invoicing.InvoiceRuns.Claim;
import io.tenantry.tenancy.Lane;
import io.tenantry.tenancy.LogContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Opens runs, claims them and issues their documents, batch by batch, until nothing is left that it may do. It has no transaction of its
 * own: each step of {@link InvoiceRuns} is one, so it may end anywhere, and any number of workers may be at it on any node.
 */
@Dependent
public class InvoiceWorker {
    private static final System.Logger LOG = System.getLogger(InvoiceWorker.class.getName());

    private final InvoiceRuns runs;

    @Inject
    public InvoiceWorker(InvoiceRuns runs) {
        this.runs = runs;
    }

    /** Gives every tenant a run for each month that has ended. A tenant for which that fails is asked again, and stops nobody. */
    public int open() {
        return Lane.CHARGING.run(() -> open(runs.reached()));
    }

    private int open(Instant reached) {
        var opened = 0;
        for (var tenant : runs.unopened(reached)) {
            try {
                opened += runs.open(tenant, reached);
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, "no invoicing run opened tenant=" + tenant, failure);
            }
        }
        return opened;
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
        return Lane.CHARGING.run(() -> workOn(goesOn));
    }

    private int workOn(BooleanSupplier goesOn) {
        var worked = 0;
        while (goesOn.getAsBoolean()) {
            var claim = runs.claim(runs.reached());
            if (claim.isEmpty()) {
                break;
            }
            try (var logged =
                    LogContext.with("invoicing", String.valueOf(claim.get().runId()))) {
                issue(claim.get(), goesOn);
            }
            worked++;
        }
        return worked;
    }

    private void issue(Claim claim, BooleanSupplier goesOn) {
        try {
            var left = runs.begin(claim) ? Optional.of(claim) : Optional.<Claim>empty();
            while (left.isPresent() && goesOn.getAsBoolean()) {
                var next = left.get();
                left = Attempts.of(() -> runs.issueNext(next));
            }
        } catch (ClaimLost lost) {
            LOG.log(System.Logger.Level.WARNING, lost.getMessage());
        } catch (RuntimeException failure) {
            park(claim, failure);
        }
    }

    private void park(Claim claim, RuntimeException failure) {
        LOG.log(
                System.Logger.Level.ERROR,
                "invoicing parked tenant=" + claim.tenant() + " month=" + claim.month() + " run=" + claim.runId(),
                failure);
        try {
            runs.park(claim, Attempts.rootMessage(failure));
        } catch (RuntimeException unreachable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the lease of invoicing run=" + claim.runId() + " will run out",
                    unreachable);
        }
    }
}
