package io.tenantry.web.cloud.console;

import io.tenantry.cloud.console.ConsoleSlots;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A listener that supervises open consoles while the application runs. */
@WebListener
public class ConsoleSocketListener implements ServletContextListener {
    private static final long CHECK_SECONDS = 15;

    @Inject
    ConsoleSlots consoleSlots;

    @Inject
    UnopenedConsoles unopened;

    @Inject
    ConsoleExecutors crew;

    @Resource
    ManagedScheduledExecutorService later;

    private @Nullable Future<?> checks;
    private @Nullable Future<?> deadlines;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        checks = later.scheduleWithFixedDelay(consoleSlots::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
        deadlines = later.scheduleWithFixedDelay(unopened::check, 1, 1, TimeUnit.SECONDS);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (checks != null) {
            checks.cancel(true);
        }
        if (deadlines != null) {
            deadlines.cancel(true);
        }
        consoleSlots.close();
        crew.end();
    }
}
