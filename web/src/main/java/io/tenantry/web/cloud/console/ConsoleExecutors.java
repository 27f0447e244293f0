package io.tenantry.web.cloud.console;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Thread pools for blocking work of consoles: providers and servers while a console is opened, the database and providers when one has ended.
 * They are small, and separate from those that serve pages: a server that hangs delays only other consoles that are being opened.
 */
@ApplicationScoped
public class ConsoleExecutors {
    private static final System.Logger LOG = System.getLogger(ConsoleExecutors.class.getName());
    private static final int OPENING = 8;
    private static final int OPENING_WAIT = 250;
    private static final int WRITING = 2;
    private static final int WRITING_WAIT = 10_000;
    private static final long IDLE_SECONDS = 30;
    private static final long FAREWELL_SECONDS = 3;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    ManagedThreadFactory threads;

    private @Nullable ThreadPoolExecutor opening;
    private @Nullable ThreadPoolExecutor writing;

    @PostConstruct
    void begin() {
        opening = pool(OPENING, OPENING_WAIT);
        writing = pool(WRITING, WRITING_WAIT);
    }

    /** Opens a console; returns false if too many are waiting for that already. */
    boolean open(Runnable work) {
        return give(opening, work);
    }

    /** Runs work that writes to the database. */
    void write(Runnable work) {
        if (!give(writing, work)) {
            LOG.log(System.Logger.Level.ERROR, "the end of a console could not be recorded: queue full");
        }
    }

    /** Sends a provider a request whose result is not awaited. */
    void ask(Runnable work) {
        if (!give(opening, work)) {
            LOG.log(System.Logger.Level.WARNING, "a provider could not be notified of a closed screen: queue full");
        }
    }

    /** Shuts down after pending writes are done. */
    void end() {
        end(opening);
        end(writing);
    }

    private ThreadPoolExecutor pool(int most, int waiting) {
        var pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), threads);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static boolean give(@Nullable ThreadPoolExecutor pool, Runnable work) {
        if (pool == null) {
            return false;
        }
        try {
            pool.execute(work);
            return true;
        } catch (RejectedExecutionException full) {
            return false;
        }
    }

    private static void end(@Nullable ThreadPoolExecutor pool) {
        if (pool == null) {
            return;
        }
        pool.shutdown();
        try {
            if (!pool.awaitTermination(FAREWELL_SECONDS, TimeUnit.SECONDS)) {
                var unused = pool.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
