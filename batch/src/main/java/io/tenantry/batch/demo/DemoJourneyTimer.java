package io.tenantry.batch.demo;

import io.tenantry.admin.platform.DemoJourney;
import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.workqueue.WorkQueue;
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
import java.util.function.LongSupplier;

/**
 * A timer that moves a demo's clock towards its destination: a day, then all that is due on it (metering, transfer bills, comparisons with
 * providers, charging, invoices, settlement, dunning), then the next day. It stops waiting for a day whose work is not done within a minute:
 * failed work is retried later, as usual.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class DemoJourneyTimer {
    private static final System.Logger LOG = System.getLogger(DemoJourneyTimer.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Tasks that continue immediately are due again within a few seconds. */
    private static final Duration SOON = Duration.ofSeconds(4);

    private static final Duration HEARTBEAT_INTERVAL = Duration.ofMinutes(1);
    private static final Duration WORK_ATMOST = Duration.ofMinutes(1);
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @Resource
    TimerService timers;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Inject
    DemoJourney journey;

    @Inject
    DemoCatchUp catchUp;

    @Inject
    WorkQueue queue;

    LongSupplier nanos = System::nanoTime;

    private long lastHeartbeat;

    @PostConstruct
    void start() {
        if (settings.demo()) {
            again();
        }
    }

    @Timeout
    void goOn() {
        try {
            if (readiness.isReady()) {
                recordHeartbeat();
                if (journey.advance()) {
                    awaitWork();
                    catchUp.run();
                    awaitWork();
                }
            }
        } catch (RuntimeException failure) {
            LOG.log(System.Logger.Level.WARNING, "a demo day was not completed", failure);
        } finally {
            again();
        }
    }

    private void recordHeartbeat() {
        var now = nanos.getAsLong();
        if (lastHeartbeat == 0 || now - lastHeartbeat > HEARTBEAT_INTERVAL.toNanos()) {
            journey.recordHeartbeat();
            lastHeartbeat = now;
        }
    }

    private void awaitWork() {
        var started = nanos.getAsLong();
        while (!queue.isQuiet(SOON) && nanos.getAsLong() - started < WORK_ATMOST.toNanos()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
    }

    private void again() {
        timers.createSingleActionTimer(PAUSE.toMillis(), new TimerConfig("demo's journey", false));
    }
}
