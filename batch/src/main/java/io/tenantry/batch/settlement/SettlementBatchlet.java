package io.tenantry.batch.settlement;

import io.tenantry.batch.JobStarter;
import io.tenantry.settlement.SettlementWorker;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** One worker of the settlement job. A batchlet has no transaction, so that each half of a settlement is one. */
@Named
@Dependent
public class SettlementBatchlet extends AbstractBatchlet {
    @Inject
    SettlementWorker worker;

    @Inject
    JobStarter jobs;

    private volatile boolean stopped;

    @Override
    public String process() {
        return "settled " + worker.work(this::goesOn) + " months";
    }

    @Override
    public void stop() {
        stopped = true;
    }

    private boolean goesOn() {
        jobs.pulse(JobStarter.SETTLEMENT);
        return !stopped;
    }
}
