package io.tenantry.batch.demo;

import io.tenantry.batch.JobStarter;
import io.tenantry.charging.ChargingRuns;
import io.tenantry.config.Settings;
import io.tenantry.demo.Demo;
import io.tenantry.health.Readiness;
import io.tenantry.invoicing.InvoiceWorker;
import io.tenantry.settlement.SettlementWorker;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.Timeout;
import jakarta.ejb.TimerConfig;
import jakarta.ejb.TimerService;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * In a demo, sees to it that the demo is there before people are served. A timer does it, so that the deployment does not wait;
 * if it cannot be made, the application stays unready and the next start begins again.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class DemoStart {
    private static final System.Logger LOG = System.getLogger(DemoStart.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
    private static final int ATTEMPTS_MAX = 3;

    @Resource
    TimerService timers;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Inject
    Demo demo;

    @Inject
    JobStarter jobs;

    @Inject
    ChargingRuns runs;

    @Inject
    InvoiceWorker invoices;

    @Inject
    SettlementWorker settlements;

    @PostConstruct
    void start() {
        if (settings.demo()) {
            again();
        }
    }

    @Timeout
    void settle() {
        try {
            if (readiness.isMigrated() && demo.settle(this::catchUp, this::tell)) {
                readiness.ready();
                LOG.log(System.Logger.Level.INFO, "ready node={0} demo=true", settings.node());
            } else {
                again();
            }
        } catch (RuntimeException failure) {
            readiness.failed("the demo could not be made: " + failure.getMessage());
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the demo could not be made; this server stays unready, its next start begins again",
                    failure);
        }
    }

    private void again() {
        timers.createSingleActionTimer(PAUSE.toMillis(), new TimerConfig("demo", false));
    }

    private void tell(String progress) {
        readiness.doing(progress);
        LOG.log(System.Logger.Level.INFO, progress);
    }

    private void catchUp() {
        for (var attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            await(JobStarter.HOURLY_CHARGING);
            if (runs.isAllDone()) {
                issue();
                settleMonths();
                return;
            }
        }
        throw new IllegalStateException("charging did not get through; see the runs and the log");
    }

    /** Documents of a month are issued as soon as its window is over, so that they have the dates of then. */
    private void issue() {
        var unused = invoices.open();
        if (invoices.isDue()) {
            await(JobStarter.INVOICING);
        }
    }

    /** And so are settlements with resellers. */
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
