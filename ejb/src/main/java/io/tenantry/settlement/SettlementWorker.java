package io.tenantry.settlement;

import io.tenantry.charging.Attempts;
import io.tenantry.settlement.SettlementRuns.Claim;
import io.tenantry.settlement.Takings.Outcome;
import io.tenantry.tenancy.Lane;
import io.tenantry.tenancy.LogContext;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import java.util.function.BooleanSupplier;

/**
 * Opens runs, claims them and settles their months until nothing is left. It has no transaction of its own: each step is one, so it may end
 * anywhere, and any number of workers may be at it on any node.
 */
@Dependent
public class SettlementWorker {
    private static final System.Logger LOG = System.getLogger(SettlementWorker.class.getName());

    private final SettlementRuns runs;
    private final Takings takings;

    @Inject
    public SettlementWorker(SettlementRuns runs, Takings takings) {
        this.runs = runs;
        this.takings = takings;
    }

    /** Gives every reseller a run for each month that has ended. One for which that fails is asked again, and stops nobody. */
    public int open() {
        return Lane.CHARGING.run(this::openAll);
    }

    private int openAll() {
        var reached = runs.reached();
        var opened = 0;
        for (var tenant : runs.unopened(reached)) {
            try {
                opened += runs.open(tenant, reached);
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, "no settlement run opened tenant=" + tenant.id(), failure);
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
     * @param goesOn asked between any two months; on false it stops
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
            try (var logged = LogContext.with("settlement", claim.get().runId().toString())) {
                settle(claim.get());
            }
            worked++;
        }
        return worked;
    }

    private void settle(Claim claim) {
        try {
            var outcome = Attempts.of(() -> takings.take(claim));
            if (outcome instanceof Outcome.Taken taken) {
                var unusedNumber = Attempts.of(() -> runs.issue(claim, taken.taking()));
            } else if (outcome instanceof Outcome.Waits) {
                runs.putOff(claim);
            } else {
                runs.end(claim);
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
                "settlement parked tenant=" + claim.tenant() + " month="
                        + claim.period().month() + " run=" + claim.runId(),
                failure);
        try {
            runs.park(claim, Attempts.rootMessage(failure));
        } catch (RuntimeException unreachable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the lease of settlement run=" + claim.runId() + " will run out",
                    unreachable);
        }
    }
}
