package io.tenantry.batch.demo;

import io.tenantry.batch.JobStarter;
import io.tenantry.billing.charging.ChargingRuns;
import io.tenantry.billing.invoicing.InvoiceWorker;
import io.tenantry.settlement.SettlementWorker;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Charges, invoices and settles everything that is due by a demo's clock, and waits until that is done. */
@ApplicationScoped
class DemoCatchUp {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int ATTEMPTS_MAX = 3;

    @Inject
    JobStarter jobs;

    @Inject
    ChargingRuns runs;

    @Inject
    InvoiceWorker invoices;

    @Inject
    SettlementWorker settlements;

    /**
     * Does all of it, in that order.
     *
     * @throws IllegalStateException if a charging run failed permanently; the runs show why
     */
    void run() {
        for (var attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            await(JobStarter.HOURLY_CHARGING);
            if (runs.isAllDone()) {
                issue();
                settleMonths();
                return;
            }
        }
        throw new IllegalStateException("charging did not complete; see the runs and the log");
    }

    /** Issues the documents of a month as soon as its window has ended, so that they have the dates of that time. */
    private void issue() {
        var unused = invoices.open();
        if (invoices.isDue()) {
            await(JobStarter.INVOICING);
        }
    }

    /** Creates the settlements with resellers in the same way. */
    private void settleMonths() {
        var unused = settlements.open();
        if (settlements.isDue()) {
            await(JobStarter.SETTLEMENT);
        }
    }

    private void await(String job) {
        var execution = jobs.startUnlessRunning(job);
        while (jobs.isRunning(execution)) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }
}
