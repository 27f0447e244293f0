package io.tenantry.admin.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The thread on which secrets are re-encrypted after an operator started it. It exists only while it is needed. */
@ApplicationScoped
public class KeyRotationThread {
    private static final long IDLE_SECONDS = 30;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    @Nullable
    ManagedThreadFactory managedThreads;

    private @Nullable ThreadPoolExecutor executor;

    /** For the container. */
    public KeyRotationThread() {}

    KeyRotationThread(ThreadFactory threads) {
        executor = oneOf(threads);
    }

    @PostConstruct
    void begin() {
        if (managedThreads != null) {
            executor = oneOf(managedThreads);
        }
    }

    /** Ends the thread. An interrupted re-encryption can be started again: what it did is done. */
    @PreDestroy
    void end() {
        if (executor != null) {
            executor.shutdownNow();
        }
    }

    /** Does the work when the thread is free. */
    public void execute(Runnable work) {
        if (executor == null) {
            throw new IllegalStateException("not started");
        }
        executor.execute(work);
    }

    private static ThreadPoolExecutor oneOf(ThreadFactory threads) {
        var one = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads);
        one.allowCoreThreadTimeOut(true);
        return one;
    }
}
