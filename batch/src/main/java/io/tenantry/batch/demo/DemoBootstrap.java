package io.tenantry.batch.demo;

import io.tenantry.config.Settings;
import io.tenantry.demo.Demo;
import io.tenantry.health.Readiness;
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

/**
 * A startup timer that creates the demo data before requests are served, if this is a demo. It is a timer, so that the deployment does not
 * wait; if the creation fails, the application stays unready and the next start tries again.
 */
@Singleton
@Startup
@TransactionManagement(TransactionManagementType.BEAN)
public class DemoBootstrap {
    private static final System.Logger LOG = System.getLogger(DemoBootstrap.class.getName());
    private static final Duration PAUSE = Duration.ofMillis(300);

    @Resource
    TimerService timers;

    @Inject
    Settings settings;

    @Inject
    Readiness readiness;

    @Inject
    Demo demo;

    @Inject
    DemoCatchUp catchUp;

    @PostConstruct
    void start() {
        if (settings.demo()) {
            again();
        }
    }

    @Timeout
    void settle() {
        try {
            if (readiness.isMigrated() && demo.settle(catchUp::run, this::reportProgress)) {
                readiness.ready();
                LOG.log(System.Logger.Level.INFO, "ready node={0} demo=true", settings.node());
            } else {
                again();
            }
        } catch (RuntimeException failure) {
            readiness.failed("the demo could not be created: " + failure.getMessage());
            LOG.log(
                    System.Logger.Level.ERROR,
                    "the demo could not be created; this server stays unready, its next start retries",
                    failure);
        }
    }

    private void again() {
        timers.createSingleActionTimer(PAUSE.toMillis(), new TimerConfig("demo", false));
    }

    private void reportProgress(String progress) {
        readiness.doing(progress);
        LOG.log(System.Logger.Level.INFO, progress);
    }
}
