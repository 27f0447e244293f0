package io.tenantry.batch;

import io.tenantry.billing.charging.ClockSkewException;
import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.kernel.cluster.Nodes;
import io.tenantry.tenancy.DatabaseUnavailable;
import jakarta.batch.operations.BatchRuntimeException;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * A starter of jobs that also records which node runs which execution, so that executions of dead nodes can be distinguished from those of live
 * ones. It restarts nothing: a new execution continues from the data, and any number of them may run concurrently.
 */
@ApplicationScoped
public class JobStarter {
    /** Charges every tenant for each hour up to now. */
    public static final String HOURLY_CHARGING = "hourly-charging";

    /** Issues the documents of every month that has ended. */
    public static final String INVOICING = "invoicing";

    /** Settles every month that has ended with each reseller. */
    public static final String SETTLEMENT = "settlement";

    private static final System.Logger LOG = System.getLogger(JobStarter.class.getName());

    /** The number of lease durations without a pulse after which a worker has lost its claims. */
    private static final int SILENT_LEASES = 2;

    Supplier<JobOperator> operator = BatchRuntime::getJobOperator;

    /** Measures how long a worker has been silent; not the time of day, which may jump. */
    LongSupplier nanos = System::nanoTime;

    private final Map<String, LatestExecution> latest = new ConcurrentHashMap<>();
    private final Map<String, Long> pulses = new ConcurrentHashMap<>();

    @Inject
    Nodes nodes;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    private record LatestExecution(long execution, long startedNanos) {}

    /** Starts the job, unless this node is running it already; the running execution finds what has become due meanwhile. */
    public long startUnlessRunning(String job) {
        return latest.compute(job, (name, before) -> {
                    if (before != null && isAtWork(name, before)) {
                        return before;
                    }
                    if (before != null && isUnfinished(before.execution())) {
                        LOG.log(
                                System.Logger.Level.WARNING,
                                "execution=" + before.execution() + " of " + name + " is stalled: starting another");
                        stop(before.execution());
                    }
                    return new LatestExecution(start(name), nanos.getAsLong());
                })
                .execution();
    }

    /** Starts a job if something is due, on a node and at a time at which it may charge; called by the job's timer. */
    public void startIfDue(String job, BooleanSupplier isDue) {
        if (!settings.charging().timer() || !readiness.isReady()) {
            return;
        }
        try {
            if (isDue.getAsBoolean()) {
                startUnlessRunning(job);
            }
        } catch (ClockSkewException skewed) {
            LOG.log(System.Logger.Level.ERROR, skewed.getMessage());
        }
    }

    /** Records that a worker of the job is alive. Must be called between any two pieces of work. */
    public void pulse(String job) {
        pulses.put(job, nanos.getAsLong());
    }

    /**
     * Returns whether an execution that this node started is still running. Its record alone is not sufficient: an execution whose thread died
     * before it could write its end would run forever, and this node would never charge again.
     */
    public boolean isRunning(long execution) {
        return latest.entrySet().stream()
                .filter(entry -> entry.getValue().execution() == execution)
                .findFirst()
                .map(entry -> isAtWork(entry.getKey(), entry.getValue()))
                .orElseGet(() -> isUnfinished(execution));
    }

    private boolean isAtWork(String job, LatestExecution one) {
        var heard = pulses.getOrDefault(job, one.startedNanos());
        var now = nanos.getAsLong();
        var silent = Duration.ofNanos(Math.min(now - one.startedNanos(), now - heard));
        return isUnfinished(one.execution())
                && silent.compareTo(settings.charging().lease().multipliedBy(SILENT_LEASES)) < 0;
    }

    private boolean isUnfinished(long execution) {
        try {
            var status = operator.get().getJobExecution(execution).getBatchStatus();
            return status == BatchStatus.STARTING || status == BatchStatus.STARTED || status == BatchStatus.STOPPING;
        } catch (NoSuchJobExecutionException gone) {
            return false;
        }
    }

    /** Stops an execution; if it is alive after all, it ends after its current piece of work. */
    private void stop(long execution) {
        try {
            operator.get().stop(execution);
        } catch (BatchRuntimeException over) {
            LOG.log(System.Logger.Level.DEBUG, "nothing to stop", over);
        }
    }

    /** An execution that could not be recorded runs all the same: it must be remembered, or each tick would start another. */
    private long start(String job) {
        var execution = operator.get().start(job, new Properties());
        try {
            nodes.started(execution, job);
        } catch (RuntimeException failure) {
            DatabaseUnavailable.report(LOG, "execution=" + execution + " of " + job + " was not recorded", failure);
        }
        return execution;
    }
}
