package io.tenantry.billing.charging;

import io.tenantry.tenancy.LogContext;
import io.tenantry.tenancy.TenantId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

/** Processes runs that are claimed under leases: one after the other, and a failed one does not stop the others. */
public final class LeasedWorkLoop {
    private static final System.Logger LOG = System.getLogger(LeasedWorkLoop.class.getName());

    private final String work;

    /**
     * Creates a loop.
     *
     * @param work the name of the work in the log
     */
    public LeasedWorkLoop(String work) {
        this.work = work;
    }

    /** Opens the runs of all items. A failed one is logged, and attempted with the next call. */
    public <T> int open(List<T> everybody, Function<T, TenantId> id, ToIntFunction<T> open) {
        var opened = 0;
        for (var one : everybody) {
            try {
                opened += open.applyAsInt(one);
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, "no " + work + " run opened tenant=" + id.apply(one), failure);
            }
        }
        return opened;
    }

    /**
     * Claims and processes work until there is nothing to claim.
     *
     * @param goesOn checked before each claim; the loop stops when it returns false
     * @return the number of claims processed
     */
    public <C> int work(BooleanSupplier goesOn, Supplier<Optional<C>> claims, Consumer<C> duty) {
        var worked = 0;
        while (goesOn.getAsBoolean()) {
            var claim = claims.get();
            if (claim.isEmpty()) {
                break;
            }
            duty.accept(claim.get());
            worked++;
        }
        return worked;
    }

    /**
     * Processes one run. A failed run is parked, unless another worker has claimed it in the meantime; if parking fails too, its lease expires.
     *
     * @param run its id, by which the log can be searched
     * @param owner further information for the log
     * @param park receives the error
     */
    public void on(Object run, String owner, Runnable duty, Consumer<String> park) {
        try (var logged = LogContext.with(work, run.toString())) {
            try {
                duty.run();
            } catch (LeaseLostException lost) {
                LOG.log(System.Logger.Level.WARNING, lost.getMessage());
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, work + " parked " + owner + " run=" + run, failure);
                park(run, failure, park);
            }
        }
    }

    private void park(Object run, RuntimeException failure, Consumer<String> park) {
        try {
            park.accept(TransientRetry.rootMessage(failure));
        } catch (RuntimeException unreachable) {
            LOG.log(System.Logger.Level.WARNING, "the lease of " + work + " run=" + run + " will expire", unreachable);
        }
    }
}
