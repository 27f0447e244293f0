package io.tenantry.web.push;

import io.tenantry.kernel.push.SignalChannel;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedScheduledExecutorService;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A listener that receives the signals of all nodes on a separate thread while the application runs, and supervises open pages. */
@WebListener
public class PushListener implements ServletContextListener {
    private static final long CHECK_SECONDS = 30;
    private static final long FAREWELL_MILLIS = 3_000;

    @Inject
    SignalChannel channel;

    @Inject
    PushSockets sockets;

    @Resource
    ManagedThreadFactory threads;

    @Resource
    ManagedScheduledExecutorService later;

    private volatile boolean stopped;
    private @Nullable Thread thread;
    private @Nullable Future<?> checks;

    @Override
    public void contextInitialized(ServletContextEvent event) {
        var listening = threads.newThread(() -> channel.listen(sockets, () -> !stopped));
        listening.setName("tenantry-live");
        listening.setDaemon(true);
        listening.start();
        thread = listening;
        checks = later.scheduleWithFixedDelay(sockets::check, CHECK_SECONDS, CHECK_SECONDS, TimeUnit.SECONDS);
    }

    @Override
    public void contextDestroyed(ServletContextEvent event) {
        stopped = true;
        if (checks != null) {
            checks.cancel(true);
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
