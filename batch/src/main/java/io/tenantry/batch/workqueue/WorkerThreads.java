package io.tenantry.batch.workqueue;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.workqueue.WorkItemQueued;
import io.tenantry.workqueue.WorkerPool;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedThreadFactory;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The workers of this node. Each call starts one more worker, up to the configured limit; each works until nothing is due, and checks once more
 * if there was a call meanwhile. The next tick of the timer compensates for a call that has no effect.
 *
 * <p>A worker that stays on one item for {@value #HUNG_LEASES} leases hangs: it is interrupted, and another one takes its place, so that the
 * items of others do not wait for it. Its own item has long been claimed by another worker, and what it still writes is refused by the fence.
 * At most as many workers are replaced as are configured, so a cause that hangs every worker does not use up the threads of the server. Workers
 * that hang then keep their places, which is logged and shown: only a restart frees them.
 *
 * <p>The threads are used for nothing else, and these limits are those of their number. When the node stops, workers begin no other item, and
 * have {@link #FAREWELL} to end the present one; then they are interrupted, and another node does the item when its lease has expired.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class WorkerThreads {
    /** Every call of a handler is bounded by less than a lease; a handler makes several, but each takes a new lease. */
    static final int HUNG_LEASES = 10;

    /** Most calls of a handler end within that time. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private static final String REASON = "a work item takes longer than " + HUNG_LEASES + " leases";

    /** The subject of the warning on the readiness page. */
    static final String HUNG = "workers";

    private static final System.Logger LOG = System.getLogger(WorkerThreads.class.getName());

    private final Set<Worker> atWork = new LinkedHashSet<>();
    private final Set<Worker> replaced = new LinkedHashSet<>();
    private final Set<Worker> stuck = new LinkedHashSet<>();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean stopped;

    @Resource(lookup = "java:comp/DefaultManagedThreadFactory")
    @Nullable
    ManagedThreadFactory managedThreads;

    @Nullable
    ExecutorService executor;

    Duration farewell = FAREWELL;

    @Inject
    WorkerPool workerPool;

    @Inject
    Settings settings;

    @Inject
    MovableClock clock;

    @Inject
    Readiness readiness;

    @PostConstruct
    void begin() {
        executor = Executors.newCachedThreadPool(managedThreads);
    }

    /** Calls a worker after a transaction that queued a work item has committed. */
    public void queued(@Observes(during = TransactionPhase.AFTER_SUCCESS) WorkItemQueued event) {
        callIfReady();
    }

    /** Calls a worker, unless this node processes no work items or is not ready. */
    public void callIfReady() {
        if (readiness.isReady() && settings.work().timer()) {
            call();
        }
    }

    /** Signals that work may be available. Does not wait for it. */
    void call() {
        calls.incrementAndGet();
        if (stopped) {
            return;
        }
        replaceHung();
        var worker = new Worker(this::work);
        synchronized (this) {
            if (atWork.size() >= settings.work().workers()) {
                return;
            }
            atWork.add(worker);
        }
        try {
            executor().execute(worker);
        } catch (RejectedExecutionException busy) {
            ended(worker);
            LOG.log(System.Logger.Level.WARNING, "no thread available for work items", busy);
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
        var threads = executor();
        threads.shutdown();
        try {
            if (!threads.awaitTermination(farewell.toMillis(), TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.INFO, "workers are interrupted, as the node stops");
                threads.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the node stops, so that no worker begins another item. */
    boolean isStopping() {
        return stopped;
    }

    private ExecutorService executor() {
        if (executor == null) {
            throw new IllegalStateException("not started");
        }
        return executor;
    }

    private synchronized void replaceHung() {
        var since = clock.real().minus(settings.work().lease().multipliedBy(HUNG_LEASES));
        for (var worker : List.copyOf(atWork)) {
            if (!worker.isOnItemSince(since)) {
                stuck.remove(worker);
            } else if (replaced.size() < settings.work().workers()) {
                atWork.remove(worker);
                stuck.remove(worker);
                replaced.add(worker);
                worker.replace(REASON);
            } else if (stuck.add(worker)) {
                worker.report("hangs and is not replaced, as " + replaced.size() + " are: restart the node", REASON);
            }
        }
        showHung();
    }

    private synchronized void ended(Worker worker) {
        atWork.remove(worker);
        stuck.remove(worker);
        replaced.remove(worker);
        showHung();
    }

    private void showHung() {
        if (!stuck.isEmpty()) {
            readiness.warning(
                    HUNG,
                    replaced.size() + " hung, replaced by others; " + stuck.size()
                            + " hung, not replaced: restart the node; the log says where");
        } else if (!replaced.isEmpty()) {
            readiness.warning(HUNG, replaced.size() + " hung, replaced by others; the log says where");
        } else {
            readiness.noWarning(HUNG);
        }
    }

    private void work(Worker worker) {
        worker.begin(clock.real());
        try {
            long heard;
            do {
                heard = calls.get();
                workerPool.work(() -> worker.goesOn(clock.real()) && !stopped, worker::begins);
            } while (!stopped && !worker.isReplaced() && heard != calls.get());
        } catch (RuntimeException failure) {
            DatabaseUnavailable.report(LOG, "work items wait for the next tick", failure);
        } finally {
            worker.end();
            ended(worker);
        }
    }
}
