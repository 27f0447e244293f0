package io.tenantry.batch.workqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.kernel.time.MovableClock;
import io.tenantry.tenancy.TenantId;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkQueue;
import io.tenantry.workqueue.WorkerPool;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** No more workers than configured, and always one that hears a call. */
class WorkerThreadsTest {
    /** The default lease is three minutes. */
    private static final Duration TEN_LEASES = Duration.ofMinutes(30);

    private final Deque<Runnable> started = new ArrayDeque<>();
    private static final TenantId TENANT = new TenantId("hung-work");

    private final List<String> done = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private final List<@Nullable String> shown = new ArrayList<>();
    private final WorkerThreads threads = new WorkerThreads();
    private final Readiness readiness = new Readiness();
    private Instant now = Instant.parse("2026-11-02T08:00:00Z");
    private boolean isBusy;
    private Runnable duringWork = () -> {};

    @BeforeEach
    void prepare() {
        threads.settings = new Settings(Map.of("tenantry.work.workers", "2")::get, name -> null);
        threads.readiness = readiness;
        threads.clock = new MovableClock() {
            @Override
            public Instant real() {
                return now;
            }
        };
        threads.executor = new Later();
        threads.workerPool = new WorkerPool(new WorkQueue(), List.of(), parked -> {}) {
            @Override
            public int work(BooleanSupplier goesOn, Consumer<ClaimedWorkItem> begins) {
                done.add(goesOn.getAsBoolean() ? "worked" : "stopped");
                begins.accept(item(done.size()));
                duringWork.run();
                return 1;
            }
        };
    }

    @Test
    void callStartsWorkerWithoutWaiting() {
        threads.call();
        assertThat(started).hasSize(1);
        assertThat(done).isEmpty();
        started.remove().run();
        assertThat(done).containsExactly("worked");
    }

    @Test
    void startsNoMoreWorkersThanConfigured() {
        for (var call = 0; call < 5; call++) {
            threads.call();
        }
        assertThat(started).hasSize(2);
    }

    @Test
    void finishedWorkerFreesItsSlot() {
        threads.call();
        threads.call();
        started.remove().run();
        threads.call();
        threads.call();
        assertThat(started).as("one still at work, one new").hasSize(2);
    }

    @Test
    void workerChecksAgainWhenCalledMeanwhile() {
        threads.call();
        threads.call();
        started.removeLast();
        duringWork = () -> {
            duringWork = () -> {};
            threads.call();
        };
        started.remove().run();
        assertThat(started).as("both places are taken: no worker was started").isEmpty();
        assertThat(done).containsExactly("worked", "worked");
    }

    @Test
    void rejectedThreadOccupiesNoSlot() {
        isBusy = true;
        for (var call = 0; call < 3; call++) {
            threads.call();
        }
        isBusy = false;
        threads.call();
        threads.call();
        assertThat(started).hasSize(2);
    }

    @Test
    void failedWorkerFreesItsSlotForNextTick() {
        duringWork = () -> {
            throw new IllegalStateException("no connection");
        };
        threads.call();
        threads.call();
        started.remove().run();
        started.remove().run();
        threads.call();
        threads.call();
        assertThat(started).hasSize(2);
    }

    @Test
    void crashedWorkerFreesItsSlot() {
        duringWork = () -> {
            throw new AssertionError("out of memory");
        };
        threads.call();
        threads.call();
        for (var worker : List.copyOf(started)) {
            assertThatThrownBy(worker::run).isInstanceOf(AssertionError.class);
        }
        started.clear();
        threads.call();
        threads.call();
        assertThat(started).hasSize(2);
    }

    @Test
    void stoppingNodeStartsNoWorkerAndEndsRunningOnes() {
        threads.call();
        duringWork = () -> {
            threads.stop();
            threads.call();
        };
        started.remove().run();
        assertThat(started).isEmpty();
        assertThat(done).as("it does not look once more").containsExactly("worked");
        threads.call();
        assertThat(started).isEmpty();
    }

    @Test
    void workerStartingDuringStopIsStopped() {
        threads.call();
        threads.stop();
        started.remove().run();
        assertThat(done).containsExactly("stopped");
    }

    @Test
    void hungWorkerIsInterruptedAndReplacedOnce() {
        var isInterrupted = new ArrayList<Boolean>();
        duringWork = () -> {
            duringWork = () -> {};
            now = now.plus(TEN_LEASES).plusSeconds(1);
            threads.call();
            threads.call();
            threads.call();
            isInterrupted.add(Thread.currentThread().isInterrupted());
            assertThat(readiness.warnings()).containsOnlyKeys(WorkerThreads.HUNG);
        };
        threads.call();
        started.remove().run();
        assertThat(isInterrupted).containsExactly(true);
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        assertThat(done).as("the replaced one does not check again").containsExactly("worked");
        assertThat(started).as("as many as configured, beside the hung one").hasSize(2);
        assertThat(readiness.warnings()).as("once it has ended").isEmpty();
    }

    @Test
    void logNamesItemOfHungWorker() {
        hangThree();
        assertThat(errors.get(0))
                .contains("hangs and is replaced", "work=1", "kind=server.test", "tenant=" + TENANT)
                .doesNotContain("secret-key");
        assertThat(errors.get(1)).contains("hangs and is replaced", "work=2");
    }

    @Test
    void exhaustedReplacementsAreLoggedOnceAndShown() {
        hangThree();
        assertThat(errors).hasSize(3);
        assertThat(errors.get(2)).contains("hangs and is not replaced", "restart the node", "work=3");
        assertThat(shown)
                .containsExactly(
                        "1 hung, replaced by others; the log says where",
                        "2 hung, replaced by others; the log says where",
                        "2 hung, replaced by others; 1 hung, not replaced: restart the node; the log says where");
        assertThat(readiness.warnings()).as("once all have ended").isEmpty();
    }

    /** Each of three workers hangs while the next one works; two are replaced. */
    private void hangThree() {
        duringWork = () -> {
            if (done.size() > 3) {
                return;
            }
            now = now.plus(TEN_LEASES).plusSeconds(1);
            threads.call();
            threads.call();
            threads.call();
            shown.add(readiness.warnings().get(WorkerThreads.HUNG));
            if (done.size() < 3) {
                started.remove().run();
            }
        };
        var log = Logger.getLogger(Worker.class.getName());
        var captured = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                if (entry.getLevel().equals(Level.SEVERE)) {
                    errors.add(entry.getMessage());
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(captured);
        try {
            threads.call();
            started.remove().run();
        } finally {
            log.removeHandler(captured);
        }
    }

    private static ClaimedWorkItem item(long id) {
        return new ClaimedWorkItem(
                id, TENANT, "server.test", "secret-key", new UUID(0, id), 1, 1, Instant.parse("2026-11-02T08:00:00Z"));
    }

    @Test
    void workerIsNotReplacedBeforeTenLeases() {
        duringWork = () -> {
            duringWork = () -> {};
            now = now.plus(TEN_LEASES);
            threads.call();
            assertThat(readiness.warnings()).isEmpty();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        };
        threads.call();
        started.remove().run();
        assertThat(done).hasSizeGreaterThan(1);
    }

    @Test
    void replacesNoMoreThanConfigured() {
        duringWork = () -> {
            if (done.size() == 4) {
                threads.stop();
            }
            now = now.plus(TEN_LEASES).plusSeconds(1);
            threads.call();
            if (!started.isEmpty()) {
                started.remove().run();
            }
        };
        threads.call();
        started.remove().run();
        assertThat(done).as("two are replaced, the other two keep their places").hasSize(4);
        assertThat(started).isEmpty();
    }

    @Test
    void stopWaitsForWorkerOnAnItem() throws InterruptedException {
        var isAtWork = new CountDownLatch(1);
        var end = new AtomicReference<String>();
        threads.executor = Executors.newCachedThreadPool();
        threads.farewell = Duration.ofMinutes(1);
        duringWork = () -> {
            isAtWork.countDown();
            while (!threads.isStopping()) {
                Thread.onSpinWait();
            }
            end.set(Thread.currentThread().isInterrupted() ? "interrupted" : "done");
        };
        threads.call();
        assertThat(isAtWork.await(30, TimeUnit.SECONDS)).isTrue();
        threads.stop();
        assertThat(end).hasValue("done");
    }

    @Test
    void stopInterruptsWorkerThatHangs() throws InterruptedException {
        var isAtWork = new CountDownLatch(1);
        var isInterrupted = new CountDownLatch(1);
        threads.executor = Executors.newCachedThreadPool();
        threads.farewell = Duration.ofMillis(10);
        duringWork = () -> {
            isAtWork.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException stopped) {
                isInterrupted.countDown();
            }
        };
        threads.call();
        assertThat(isAtWork.await(30, TimeUnit.SECONDS)).isTrue();
        threads.stop();
        assertThat(isInterrupted.await(30, TimeUnit.SECONDS)).isTrue();
    }

    /** Starts nothing; the test runs what was started. */
    private final class Later extends AbstractExecutorService {
        private boolean isShutdown;

        @Override
        public void execute(Runnable worker) {
            if (isBusy || isShutdown) {
                throw new RejectedExecutionException("no thread");
            }
            started.add(worker);
        }

        @Override
        public void shutdown() {
            isShutdown = true;
        }

        @Override
        public List<Runnable> shutdownNow() {
            isShutdown = true;
            return List.of();
        }

        @Override
        public boolean isShutdown() {
            return isShutdown;
        }

        @Override
        public boolean isTerminated() {
            return isShutdown;
        }

        @Override
        public boolean awaitTermination(long time, TimeUnit unit) {
            return true;
        }
    }
}
