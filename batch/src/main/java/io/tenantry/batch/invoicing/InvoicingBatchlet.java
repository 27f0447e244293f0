package io.tenantry.batch.invoicing;

import io.tenantry.batch.JobStarter;
import io.tenantry.billing.invoicing.InvoiceWorker;
import jakarta.batch.api.AbstractBatchlet;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.inject.Named;

/** One worker of the invoicing job. A batchlet has no transaction, so that each batch of wallets is one. */
@Named
@Dependent
public class InvoicingBatchlet extends AbstractBatchlet {
    @Inject
    InvoiceWorker worker;

    @Inject
    JobStarter jobs;

    private volatile boolean stopped;

    @Override
    public String process() {
        return "issued documents of " + worker.work(this::goesOn) + " runs";
    }

    @Override
    public void stop() {
        stopped = true;
    }

    private boolean goesOn() {
        jobs.pulse(JobStarter.INVOICING);
        return !stopped;
    }
}
