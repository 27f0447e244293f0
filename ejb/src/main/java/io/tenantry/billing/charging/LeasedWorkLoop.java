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

/** How a worker goes about runs that are claimed under leases: one after the other, and one that fails stops nobody. */
public final class LeasedWorkLoop {
    private static final System.Logger LOG = System.getLogger(LeasedWorkLoop.class.getName());

    private final String work;

    /**
     * @param work what is done, as the log calls it
     */
    public LeasedWorkLoop(String work) {
        this.work = work;
    }

    /** Opens the runs of everybody. One for whom that fails is asked again. */
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
     * Claims and does until there is nothing to claim.
     *
     * @param goesOn asked before each claim; on false it stops
     * @return how much it had in hand
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
     * Works on one run. What fails is parked, unless somebody else has claimed it meanwhile; if that fails too its lease runs out.
     *
     * @param run its id, by which the log can be searched
     * @param whose what else the log says of it
     * @param park is told why
     */
    public void on(Object run, String whose, Runnable duty, Consumer<String> park) {
        try (var logged = LogContext.with(work, run.toString())) {
            try {
                duty.run();
            } catch (LeaseLostException lost) {
                LOG.log(System.Logger.Level.WARNING, lost.getMessage());
            } catch (RuntimeException failure) {
                LOG.log(System.Logger.Level.ERROR, work + " parked " + whose + " run=" + run, failure);
                park(run, failure, park);
            }
        }
    }

    private void park(Object run, RuntimeException failure, Consumer<String> park) {
        try {
            park.accept(TransientRetry.rootMessage(failure));
        } catch (RuntimeException unreachable) {
            LOG.log(System.Logger.Level.WARNING, "the lease of " + work + " run=" + run + " will run out", unreachable);
        }
    }
}
