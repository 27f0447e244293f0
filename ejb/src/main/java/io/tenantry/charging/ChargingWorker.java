package io.tenantry.charging;

import io.tenantry.charging.ChargingRuns.Claim;
import io.tenantry.charging.ChargingRuns.Unplanned;
import io.tenantry.tenancy.Lane;
import io.tenantry.tenancy.LogContext;
import io.tenantry.tenancy.SqlFailure;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Plans runs, claims slices and charges them, batch by batch, until nothing is left that it may do. It has no transaction of its own:
 * each step of {@link ChargingRuns} is one, so it may end anywhere, and any number of workers may be at it on any node.
 */
@Dependent
public class ChargingWorker {
    private static final System.Logger LOG = System.getLogger(ChargingWorker.class.getName());
    private static final int ATTEMPTS_MAX = 5;
    private static final long PAUSE_MAX_MILLIS = 200;

    private final ChargingRuns runs;
    private final Consumer<RunParked> parked;

    @Inject
    ChargingWorker(ChargingRuns runs, Event<RunParked> parked) {
        this(runs, parked::fire);
    }

    /** For use outside a container. */
    ChargingWorker(ChargingRuns runs, Consumer<RunParked> parked) {
        this.runs = runs;
        this.parked = parked;
    }

    /**
     * Works until nothing is left.
     *
     * @param goesOn asked between any two pieces of work; on false it stops
     * @return how many slices it had in hand
     */
    public int work(BooleanSupplier goesOn) {
        return Lane.CHARGING.run(() -> workOn(goesOn));
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

    /** A tenant whose run cannot even be planned is parked, and stops nobody. */
    private Optional<Claim> plan(Unplanned run) {
        try {
            return runs.plan(run);
        } catch (RuntimeException failure) {
            LOG.log(
                    System.Logger.Level.ERROR,
                    "charging parked tenant=" + run.tenant() + " run=" + run.runId(),
                    failure);
            runs.park(run, rootMessage(failure));
            tell(new RunParked(run.runId(), run.tenant(), rootMessage(failure)));
            return Optional.empty();
        }
    }

    private void charge(Claim claim, BooleanSupplier goesOn) {
        var left = Optional.of(claim);
        while (left.isPresent() && goesOn.getAsBoolean()) {
            try {
                left = chargeWithRetries(left.get());
            } catch (LeaseLost lost) {
                LOG.log(System.Logger.Level.WARNING, lost.getMessage());
                return;
            } catch (RuntimeException failure) {
                park(left.get(), failure);
                return;
            }
        }
    }

    /** A lost connection or a deadlock rolls back the batch; the same batch finds the same wallets due. */
    private Optional<Claim> chargeWithRetries(Claim claim) {
        for (var attempt = 1; ; attempt++) {
            try {
                return runs.chargeNext(claim);
            } catch (RuntimeException failure) {
                if (attempt == ATTEMPTS_MAX || !isTransient(failure)) {
                    throw failure;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(1, PAUSE_MAX_MILLIS)));
            }
        }
    }

    private void park(Claim claim, RuntimeException failure) {
        LOG.log(
                System.Logger.Level.ERROR,
                "charging parked tenant=" + claim.tenant() + " until=" + claim.until() + " slice=" + claim.sliceId(),
                failure);
        try {
            runs.park(claim, rootMessage(failure));
            tell(new RunParked(claim.runId(), claim.tenant(), rootMessage(failure)));
        } catch (RuntimeException unreachable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the lease of slice=" + claim.sliceId() + " will run out",
                    unreachable);
        }
    }

    /** Whoever hears of it must not stop the work. */
    private void tell(RunParked event) {
        try {
            parked.accept(event);
        } catch (RuntimeException unheard) {
            LOG.log(System.Logger.Level.WARNING, "nobody was told of run=" + event.runId(), unheard);
        }
    }

    private static boolean isTransient(RuntimeException failure) {
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SqlFailure sql) {
                return sql.isTransient();
            }
        }
        // A commit whose answer was lost is unknown: the same batch again finds out.
        return failure instanceof EJBException;
    }

    private static String rootMessage(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }
}
