package io.tenantry.batch.invoicing;

import io.tenantry.batch.JobStarter;
import io.tenantry.billing.invoicing.InvoiceWorker;
import io.tenantry.billing.invoicing.InvoicingRequested;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;

/**
 * A timer that starts the job {@code invoicing} when something is due: a month that has ended and whose window is over, a run whose worker
 * died, one that failed, or one in which wallets waited. It may fire twice or late, on one node or on all, without any effect on correctness.
 */
@Singleton
@TransactionManagement(TransactionManagementType.BEAN)
public class InvoicingTimer {
    @Inject
    JobStarter jobs;

    @Inject
    InvoiceWorker worker;

    @Schedule(hour = "*", minute = "*", second = "25", persistent = false, info = JobStarter.INVOICING)
    void tick() {
        jobs.startIfDue(JobStarter.INVOICING, this::isDue);
    }

    private boolean isDue() {
        var unused = worker.open();
        return worker.isDue();
    }

    /** Handles a request for immediate invoicing, such as an operator's. */
    public void requested(@Observes(during = TransactionPhase.AFTER_SUCCESS) InvoicingRequested event) {
        jobs.startUnlessRunning(JobStarter.INVOICING);
    }
}
