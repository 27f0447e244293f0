package io.tenantry.batch.charging;

import io.tenantry.batch.JobStarter;
import io.tenantry.billing.charging.ChargingWorker;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/**
 * One worker of the charging job. A batchlet has no transaction, so that each batch of wallets is one, and a tenant's role never executes the
 * batch framework's statements.
 */
@Named
@Dependent
public class ChargingBatchlet extends AbstractBatchlet {
    @Inject
    ChargingWorker worker;

    @Inject
    JobStarter jobs;

    private volatile boolean stopped;

    @Override
    public String process() {
        return "charged " + worker.work(this::goesOn) + " slices";
    }

    @Override
    public void stop() {
        stopped = true;
    }

    private boolean goesOn() {
        jobs.pulse(JobStarter.HOURLY_CHARGING);
        return !stopped;
    }
}
