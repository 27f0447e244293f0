package io.tenantry.batch;

import io.tenantry.nodes.Nodes;
import jakarta.batch.operations.JobOperator;
import jakarta.batch.operations.NoSuchJobExecutionException;
import jakarta.batch.runtime.BatchRuntime;
import jakarta.batch.runtime.BatchStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Starts jobs and remembers which node runs which execution, so that those of a node that died can be told from those that
 * live. It restarts nothing: a new execution goes on from the data.
 */
@ApplicationScoped
public class JobStarter {
    private final Map<String, Long> latest = new ConcurrentHashMap<>();

    @Inject
    Nodes nodes;

    /** Starts the job, unless this node is at it already; what became due meanwhile is found by the one that runs. */
    public long startUnlessRunning(String job) {
        return latest.compute(job, (name, before) -> before != null && isRunning(before) ? before : start(name));
    }

    /** Whether an execution that this node started is still at work. */
    public boolean isRunning(long execution) {
        try {
            var status = operator().getJobExecution(execution).getBatchStatus();
            return status == BatchStatus.STARTING || status == BatchStatus.STARTED || status == BatchStatus.STOPPING;
        } catch (NoSuchJobExecutionException gone) {
            return false;
        }
    }

    private long start(String job) {
        var execution = operator().start(job, new Properties());
        nodes.started(execution, job);
        return execution;
    }

    private static JobOperator operator() {
        return BatchRuntime.getJobOperator();
    }
}
