package io.tenantry.billing.charging;

import io.tenantry.billing.charging.ChargingRuns.Claim;
import io.tenantry.billing.charging.ChargingRuns.UnslicedRun;
import io.tenantry.tenancy.ConnectionPoolRole;
import io.tenantry.tenancy.LogContext;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Plans runs, claims slices and charges them, batch by batch, until no work is available. Runs without a transaction: each step of
 * {@link ChargingRuns} is one, so the worker may stop anywhere, and any number of workers may run on any node.
 */
@Dependent
public class ChargingWorker {
    private static final System.Logger LOG = System.getLogger(ChargingWorker.class.getName());

    private final ChargingRuns runs;
    private final Consumer<RunParked> parked;

    @Inject
    ChargingWorker(ChargingRuns runs, Event<RunParked> parked) {
        this(runs, parked::fire);
    }

    /** For use outside a container. */
    public ChargingWorker(ChargingRuns runs, Consumer<RunParked> parked) {
        this.runs = runs;
        this.parked = parked;
    }

    /**
     * Works until nothing is left.
     *
     * @param goesOn checked between any two pieces of work; the worker stops when it returns false
     * @return the number of slices processed
     */
    public int work(BooleanSupplier goesOn) {
        return ConnectionPoolRole.CHARGING.run(() -> workOn(goesOn));
    }

    private int workOn(BooleanSupplier goesOn) {
        var slices = 0;
        while (goesOn.getAsBoolean()) {
            var unplanned = runs.unplanned();
            var claim = unplanned.isPresent() ? plan(unplanned.get()) : runs.claim();
            if (claim.isPresent()) {
                try (var logged =
                        LogContext.with("run", String.valueOf(claim.get().runId()))) {
                    charge(claim.get(), goesOn);
                }
                slices++;
            } else if (unplanned.isEmpty()) {
                break;
            }
        }
        return slices;
    }

    /** A tenant whose run cannot be planned is parked, and does not stop the others. */
    private Optional<Claim> plan(UnslicedRun run) {
        try {
            return runs.plan(run);
        } catch (RuntimeException failure) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "charging parked tenant=" + run.tenant() + " run=" + run.runId(),
                    failure);
            runs.park(run, TransientRetry.rootMessage(failure));
            sendAlert(new RunParked(run.runId(), run.tenant(), TransientRetry.rootMessage(failure)));
            return Optional.empty();
        }
    }

    private void charge(Claim claim, BooleanSupplier goesOn) {
        var left = Optional.of(claim);
        while (left.isPresent() && goesOn.getAsBoolean()) {
            try {
                var next = left.get();
                left = TransientRetry.of(() -> runs.chargeNext(next));
            } catch (LeaseLostException lost) {
                LOG.log(System.Logger.Level.WARNING, lost.getMessage());
                return;
            } catch (RuntimeException failure) {
                park(left.get(), failure);
                return;
            }
        }
    }

    private void park(Claim claim, RuntimeException failure) {
        LOG.log(
                System.Logger.Level.ERROR,
                "charging parked tenant=" + claim.tenant() + " until=" + claim.until() + " slice=" + claim.sliceId(),
                failure);
        try {
            runs.park(claim, TransientRetry.rootMessage(failure));
            sendAlert(new RunParked(claim.runId(), claim.tenant(), TransientRetry.rootMessage(failure)));
        } catch (RuntimeException unreachable) {
            LOG.log(System.Logger.Level.WARNING, "the lease of slice=" + claim.sliceId() + " will expire", unreachable);
        }
    }

    /** A failing observer must not stop the work. */
    private void sendAlert(RunParked event) {
        try {
            parked.accept(event);
        } catch (RuntimeException unheard) {
            LOG.log(System.Logger.Level.WARNING, "no notification of run=" + event.runId(), unheard);
        }
    }
}
