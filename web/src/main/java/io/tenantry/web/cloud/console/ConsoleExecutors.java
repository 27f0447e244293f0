package io.tenantry.web.cloud.console;

import io.tenantry.kernel.limits.FairThreads;
import io.tenantry.kernel.limits.FairThreads.Applicant;
import io.tenantry.kernel.limits.FairThreads.Lateness;
import io.tenantry.kernel.limits.FairThreads.Limits;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Threads for blocking work of consoles: providers and servers while a console is opened, the database and providers when one has ended. They
 * are few, and separate from those that serve pages. Each reseller and each person uses a part of them, so a server or provider that hangs
 * delays only consoles of the same reseller; and an opening ends after a while, with whatever it waits for.
 */
@ApplicationScoped
public class ConsoleExecutors {
    /** From the request to the open console, including the wait for a thread. */
    static final Duration OPENING_MAX = Duration.ofSeconds(45);

    private static final System.Logger LOG = System.getLogger(ConsoleExecutors.class.getName());
    private static final Limits OPENING = new Limits(8, 3, 2);
    private static final Limits OPENING_WAITING = new Limits(250, 50, 5);
    private static final Limits ASKING = new Limits(4, 2, 2);
    private static final Limits ASKING_WAITING = new Limits(1_000, 250, 250);
    private static final int WRITING = 2;
    private static final int WRITING_WAITING = 10_000;
    private static final long IDLE_SECONDS = 30;
    private static final Duration FAREWELL = Duration.ofSeconds(3);

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    @Nullable
    ManagedThreadFactory managedThreads;

    private @Nullable FairThreads opening;
    private @Nullable FairThreads asking;
    private @Nullable ThreadPoolExecutor writing;

    /** For the container. */
    public ConsoleExecutors() {}

    ConsoleExecutors(ThreadFactory threads) {
        begin(threads);
    }

    @PostConstruct
    void begin() {
        if (managedThreads != null) {
            begin(managedThreads);
        }
    }

    private void begin(ThreadFactory threads) {
        opening = new FairThreads(Executors.newCachedThreadPool(threads), OPENING, OPENING_WAITING);
        asking = new FairThreads(Executors.newCachedThreadPool(threads), ASKING, ASKING_WAITING);
        writing = new ThreadPoolExecutor(
                WRITING, WRITING, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WRITING_WAITING), threads);
        writing.allowCoreThreadTimeOut(true);
    }

    /**
     * Opens a console.
     *
     * @param late called if that takes longer than {@link #OPENING_MAX}
     * @return false if too many are waiting for that already
     */
    boolean open(ConsoleVisitor visitor, Runnable work, Consumer<Lateness> late) {
        return opening != null && opening.execute(applicant(visitor), work, late);
    }

    /** Ends openings that take too long. */
    void check() {
        if (opening != null) {
            opening.endLate(OPENING_MAX);
        }
    }

    /** Runs work that writes to the database. */
    void write(Runnable work) {
        try {
            if (writing != null) {
                writing.execute(work);
            }
        } catch (RejectedExecutionException full) {
            LOG.log(System.Logger.Level.ERROR, "the end of a console could not be recorded: queue full", full);
        }
    }

    /** Sends a provider a request whose result is not awaited. */
    void ask(ConsoleVisitor visitor, Runnable work) {
        if (asking == null || !asking.execute(applicant(visitor), work)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "a provider could not be notified of a closed screen: too many requests wait tenant={0}",
                    visitor.scope().label());
        }
    }

    /** Shuts down after pending writes are done. */
    void end() {
        if (opening != null) {
            opening.end(FAREWELL);
        }
        if (asking != null) {
            asking.end(FAREWELL);
        }
        if (writing != null) {
            end(writing);
        }
    }

    private static Applicant applicant(ConsoleVisitor visitor) {
        return new Applicant(visitor.scope(), visitor.getName());
    }

    private static void end(ThreadPoolExecutor pool) {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)) {
                var unused = pool.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
