package io.tenantry.web.cloud.console;

import io.tenantry.cloud.console.ConsoleSlots;
import io.tenantry.web.push.PeriodicChecks;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A listener that supervises open consoles while the application runs. */
@WebListener
public class ConsoleSocketListener implements ServletContextListener {
    private static final Duration CHECK = Duration.ofSeconds(15);
    private static final Duration DEADLINE_CHECK = Duration.ofSeconds(1);

    @Inject
    ConsoleSlots consoleSlots;

    @Inject
    UnopenedConsoles unopened;

    @Inject
    ConsoleExecutors crew;

    @Resource
    ManagedThreadFactory threads;

    private @Nullable PeriodicChecks checks;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var periodic = new PeriodicChecks(threads);
        periodic.repeat(consoleSlots::check, CHECK);
        periodic.repeat(unopened::check, DEADLINE_CHECK);
        periodic.repeat(crew::check, DEADLINE_CHECK);
        checks = periodic;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        if (checks != null) {
            checks.close();
        }
        consoleSlots.close();
        crew.end();
    }
}
