package io.tenantry.billing.charging;

import io.tenantry.billing.charging.ChargingRuns.Claim;
import io.tenantry.billing.charging.ChargingRuns.UnslicedRun;
import io.tenantry.config.Settings;
import io.tenantry.kernel.cluster.NodeShare;
import io.tenantry.kernel.cluster.Nodes;
import io.tenantry.tenancy.ConnectionPoolRole;
import io.tenantry.tenancy.LogContext;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plans runs, claims slices and charges them, batch by batch, until no work is available. Runs without a transaction: each step of
 * {@link ChargingRuns} is one, so the worker may stop anywhere, and any number of workers may run on any node.
 */
@Dependent
public class ChargingWorker {
    private static final System.Logger LOG = System.getLogger(ChargingWorker.class.getName());

    /** Runs of another node's share are taken a few at a time, as that node is working on them. */
    private static final int FOREIGN_MAX = 16;

    private static final LeasedWorkLoop SLICES = new LeasedWorkLoop("charging");

    private final ChargingRuns runs;
    private final ChargingLanes lanes;
    private final Supplier<NodeShare> shares;
    private final Consumer<RunParked> parked;

    @Inject
    ChargingWorker(ChargingRuns runs, ChargingLanes lanes, Nodes nodes, Settings settings, Event<RunParked> parked) {
        this(runs, lanes, () -> new NodeShare(settings.node(), nodes.alive()), parked::fire);
    }

    /** For use outside a container, by one worker alone. */
    public ChargingWorker(ChargingRuns runs, Consumer<RunParked> parked) {
        this(runs, new ChargingLanes(), () -> new NodeShare("", List.of()), parked);
    }

    private ChargingWorker(
            ChargingRuns runs, ChargingLanes lanes, Supplier<NodeShare> shares, Consumer<RunParked> parked) {
        this.runs = runs;
        this.lanes = lanes;
        this.shares = shares;
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
        var share = shares.get();
        var attempted = new HashSet<Long>();
        var taken = new ArrayDeque<UnslicedRun>();
        var slices = 0;
        while (goesOn.getAsBoolean()) {
            var open = runs.unplanned().stream()
                    .filter(run -> !attempted.contains(run.runId()))
                    .toList();
            var own = open.stream()
                    .filter(run -> share.contains(run.tenant().value()))
                    .toList();
            var lane = lanes.enterAny(
                    (own.isEmpty() ? open : own).stream().map(UnslicedRun::lane).collect(Collectors.toSet()));
            if (lane.isPresent()) {
                try (var held = lane.get()) {
                    for (var run : own.isEmpty() ? foreign(open, held.lane()) : in(own, held.lane())) {
                        if (!goesOn.getAsBoolean()) {
                            return slices;
                        }
                        held.beginRun();
                        attempted.add(run.runId());
                        slices += charge(run, taken, goesOn);
                    }
                }
                continue;
            }
            var claimed = SLICES.work(goesOn, runs::claim, claim -> charge(claim, goesOn));
            slices += claimed;
            if (claimed == 0) {
                if (taken.isEmpty()) {
                    break;
                }
                slices += charge(taken.remove(), null, goesOn);
            }
        }
        return slices;
    }

    private static List<UnslicedRun> in(List<UnslicedRun> open, int lane) {
        return open.stream().filter(run -> run.lane() == lane).toList();
    }

    /** From the end, as their own node begins with the first. */
    private static List<UnslicedRun> foreign(List<UnslicedRun> open, int lane) {
        var all = new ArrayList<>(in(open, lane));
        Collections.reverse(all);
        return all.subList(0, Math.min(FOREIGN_MAX, all.size()));
    }

    /**
     * Charges a run at once, or the first of its slices if it is large. Returns the number of slices processed.
     *
     * @param taken collects runs that other workers hold: should one of them have stopped, somebody must wait for its lock to end; if null, this
     *     worker waits now
     */
    private int charge(UnslicedRun run, @Nullable Queue<UnslicedRun> taken, BooleanSupplier goesOn) {
        try {
            var outcome = TransientRetry.of(() -> runs.chargeWhole(run, taken == null));
            if (outcome == Charging.RunOutcome.CHARGED) {
                return 1;
            }
            if (outcome == Charging.RunOutcome.TAKEN) {
                if (taken != null) {
                    taken.add(run);
                }
                return 0;
            }
            var claim = runs.plan(run);
            claim.ifPresent(first -> charge(first, goesOn));
            return claim.isPresent() ? 1 : 0;
        } catch (RuntimeException failure) {
            park(run, failure);
            return 0;
        }
    }

    /** A tenant whose run cannot be charged or planned is parked, and does not stop the others. */
    private void park(UnslicedRun run, RuntimeException failure) {
        LOG.log(System.Logger.Level.ERROR, "charging parked tenant=" + run.tenant() + " run=" + run.runId(), failure);
        runs.park(run, TransientRetry.rootMessage(failure));
        sendAlert(new RunParked(run.runId(), run.tenant(), TransientRetry.rootMessage(failure)));
    }

    private void charge(Claim claim, BooleanSupplier goesOn) {
        try (var logged = LogContext.with("run", String.valueOf(claim.runId()))) {
            chargeBatches(claim, goesOn);
        }
    }

    private void chargeBatches(Claim claim, BooleanSupplier goesOn) {
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
