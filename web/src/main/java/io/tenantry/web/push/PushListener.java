package io.tenantry.web.push;

import io.tenantry.kernel.push.SignalChannel;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A listener that receives the signals of all nodes on a separate thread while the application runs, and supervises open pages. */
@WebListener
public class PushListener implements ServletContextListener {
    private static final Duration CHECK = Duration.ofSeconds(30);
    private static final long FAREWELL_MILLIS = 3_000;

    @Inject
    SignalChannel channel;

    @Inject
    PushSockets sockets;

    @Resource
    ManagedThreadFactory threads;

    private volatile boolean stopped;
    private @Nullable Thread thread;
    private @Nullable PeriodicChecks checks;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var listening = threads.newThread(() -> channel.listen(sockets, () -> !stopped));
        listening.setName("tenantry-live");
        listening.setDaemon(true);
        listening.start();
        thread = listening;
        var periodic = new PeriodicChecks(threads);
        periodic.repeat(sockets::check, CHECK);
        checks = periodic;
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        stopped = true;
        if (checks != null) {
            checks.close();
        }
        var listening = thread;
        if (listening != null) {
            listening.interrupt();
            try {
                listening.join(FAREWELL_MILLIS);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
