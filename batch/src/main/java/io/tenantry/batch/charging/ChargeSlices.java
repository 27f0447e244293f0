package io.tenantry.batch.charging;

import io.tenantry.batch.JobStarter;
import io.tenantry.charging.ChargingRuns;
import io.tenantry.charging.ChargingRuns.Claim;
import io.tenantry.charging.ChargingRuns.Unplanned;
import io.tenantry.charging.LeaseLost;
import io.tenantry.tenancy.LogContext;
import io.tenantry.tenancy.SqlFailure;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.ejb.EJBException;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One worker: plans and claims until nothing is left that it may do. A batchlet has no transaction of its own, so that each
 * batch of wallets is one, and a tenant's role never meets the batch framework's statements.
 */
@Named
@Dependent
public class ChargeSlices extends AbstractBatchlet {
    private static final System.Logger LOG = System.getLogger(ChargeSlices.class.getName());
    private static final int ATTEMPTS_MAX = 5;
    private static final long PAUSE_MAX_MILLIS = 200;

    @Inject
    ChargingRuns runs;

    @Inject
    JobStarter jobs;

    private volatile boolean stopped;

    @Override
    public String process() {
        var slices = 0;
        while (!stopped) {
            jobs.pulse(JobStarter.HOURLY_CHARGING);
            var unplanned = runs.unplanned();
            var claim = unplanned.isPresent() ? plan(unplanned.get()) : runs.claim();
            if (claim.isPresent()) {
                work(claim.get());
                slices++;
            } else if (unplanned.isEmpty()) {
                break;
            }
        }
        return "charged " + slices + " slices";
    }

    @Override
    public void stop() {
        stopped = true;
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
            return Optional.empty();
        }
    }

    private void work(Claim claim) {
        try (var logged = LogContext.with("run", String.valueOf(claim.runId()))) {
            charge(claim);
        }
    }

    private void charge(Claim claim) {
        var left = Optional.of(claim);
        while (left.isPresent() && !stopped) {
            try {
                jobs.pulse(JobStarter.HOURLY_CHARGING);
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
        } catch (RuntimeException unreachable) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the lease of slice=" + claim.sliceId() + " will run out",
                    unreachable);
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
