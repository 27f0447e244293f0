package io.tenantry.batch.workqueue;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.DatabaseUnavailable;
import io.tenantry.workqueue.WorkerPool;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.enterprise.concurrent.ManagedExecutorService;
import jakarta.inject.Inject;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The workers of this node. Each call starts one more worker, up to the configured limit; each works until nothing is due, and checks once more
 * if there was a call meanwhile. The next tick of the timer compensates for a call that has no effect.
 */
@Singleton
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class WorkerThreads {
    private static final System.Logger LOG = System.getLogger(WorkerThreads.class.getName());

    private final AtomicInteger atWork = new AtomicInteger();
    private final AtomicLong calls = new AtomicLong();
    private volatile boolean stopped;

    @Resource
    ManagedExecutorService threads;

    @Inject
    WorkerPool workerPool;

    @Inject
    Settings settings;

    /** Signals that work may be available. Does not wait for it. */
    public void call() {
        calls.incrementAndGet();
        if (stopped) {
            return;
        }
        if (atWork.incrementAndGet() > settings.workWorkers()) {
            atWork.decrementAndGet();
            return;
        }
        try {
            threads.execute(this::work);
        } catch (RejectedExecutionException busy) {
            atWork.decrementAndGet();
            LOG.log(System.Logger.Level.WARNING, "no thread available for work items", busy);
        }
    }

    @PreDestroy
    void stop() {
        stopped = true;
    }

    private void work() {
        try {
            long heard;
            do {
                heard = calls.get();
                workerPool.work(() -> !stopped);
            } while (!stopped && heard != calls.get());
        } catch (RuntimeException failure) {
            DatabaseUnavailable.report(LOG, "work items wait for the next tick", failure);
        } finally {
            atWork.decrementAndGet();
        }
    }
}
