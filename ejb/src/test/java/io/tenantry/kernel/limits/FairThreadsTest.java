package io.tenantry.kernel.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.kernel.limits.FairThreads.Applicant;
import io.tenantry.kernel.limits.FairThreads.Lateness;
import io.tenantry.kernel.limits.FairThreads.Limits;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Work that hangs at one reseller, or for one person, delays only that. */
@Timeout(60)
class FairThreadsTest {
    private static final Scope AURORA = Scope.of(new TenantId("aurora"));
    private static final Scope BOREALIS = Scope.of(new TenantId("borealis"));
    private static final Scope CIRRUS = Scope.of(new TenantId("cirrus"));
    private static final Limits RUNNING = new Limits(4, 3, 2);
    private static final Limits WAITING = new Limits(8, 6, 3);
    private static final Duration MAX = Duration.ofSeconds(45);

    private final Later threads = new Later();
    private final AtomicLong nanos = new AtomicLong();
    private final List<String> done = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private final FairThreads fair = new FairThreads(threads, RUNNING, WAITING, nanos::get);

    private boolean ask(Scope scope, String person) {
        var name = scope.label() + " " + person;
        return fair.execute(
                new Applicant(scope, person), () -> done.add(name), lateness -> ended.add(name + " " + lateness));
    }

    @Test
    void onePersonUsesItsPartOfThreadsAndPlaces() {
        for (var i = 0; i < 2 + 3; i++) {
            assertThat(ask(AURORA, "ada")).isTrue();
        }
        assertThat(threads.tasks).hasSize(2);
        assertThat(ask(AURORA, "ada")).isFalse();
        assertThat(ask(AURORA, "ben")).isTrue();
        assertThat(threads.tasks).hasSize(3);
    }

    @Test
    void oneResellerUsesItsPartOfThreadsAndPlaces() {
        for (var person : List.of("ada", "ada", "ben", "ben", "cem", "cem", "dot", "dot", "eve")) {
            assertThat(ask(AURORA, person)).as(person).isTrue();
        }
        assertThat(threads.tasks).hasSize(3);
        assertThat(ask(AURORA, "fay")).isFalse();
        assertThat(ask(BOREALIS, "ada")).isTrue();
        assertThat(threads.tasks).as("another reseller has a thread at once").hasSize(4);
    }

    @Test
    void turnsRotateAmongResellersAndThenAmongPeople() {
        for (var person : List.of("ada", "ben", "cem")) {
            ask(AURORA, person);
        }
        ask(BOREALIS, "bob");
        for (var person : List.of("ada", "ada", "dot")) {
            ask(AURORA, person);
        }
        ask(BOREALIS, "bob");
        ask(CIRRUS, "cid");
        threads.runAll();
        assertThat(done)
                .containsExactly(
                        "aurora ada",
                        "aurora ben",
                        "aurora cem",
                        "borealis bob",
                        "cirrus cid",
                        "aurora ada",
                        "borealis bob",
                        "aurora dot",
                        "aurora ada");
    }

    @Test
    void dropsWorkThatWaitsTooLong() {
        for (var i = 0; i < 3; i++) {
            ask(AURORA, "ada");
        }
        nanos.set(MAX.toNanos());
        fair.endLate(MAX);
        assertThat(ended).isEmpty();
        nanos.incrementAndGet();
        fair.endLate(MAX);
        fair.endLate(MAX);
        assertThat(ended)
                .containsExactly(
                        "aurora ada " + Lateness.WAITED,
                        "aurora ada " + Lateness.INTERRUPTED,
                        "aurora ada " + Lateness.INTERRUPTED);
        assertThat(ask(BOREALIS, "bob")).isTrue();
        threads.runAll();
        assertThat(done).as("work that gets no thread in time is not started").containsExactly("borealis bob");
    }

    @Test
    void interruptsWorkThatHangsAndCountsItUntilItEnds() throws InterruptedException {
        var isAtWork = new CountDownLatch(1);
        var isInterrupted = new CountDownLatch(1);
        var isReleased = new CountDownLatch(1);
        var later = new CountDownLatch(1);
        var pool = Executors.newCachedThreadPool();
        var real = new FairThreads(pool, new Limits(1, 1, 1), WAITING, nanos::get);
        var ada = new Applicant(AURORA, "ada");
        real.execute(ada, () -> {
            isAtWork.countDown();
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException late) {
                isInterrupted.countDown();
            }
            awaitQuietly(isReleased);
        });
        assertThat(isAtWork.await(30, TimeUnit.SECONDS)).isTrue();
        nanos.set(MAX.toNanos() + 1);
        real.endLate(MAX);
        assertThat(isInterrupted.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(real.execute(ada, later::countDown)).isTrue();
        assertThat(later.getCount()).isEqualTo(1);
        isReleased.countDown();
        assertThat(later.await(30, TimeUnit.SECONDS)).isTrue();
        real.end(MAX);
        assertThat(pool.isTerminated()).isTrue();
        assertThat(real.execute(ada, later::countDown)).isFalse();
    }

    @Test
    void failedWorkFreesItsThread() {
        var ada = new Applicant(AURORA, "ada");
        for (var i = 0; i < 3; i++) {
            fair.execute(ada, () -> {
                throw new IllegalStateException("broken");
            });
        }
        while (!threads.tasks.isEmpty()) {
            var task = threads.tasks.remove(0);
            assertThatThrownBy(task::run).hasMessage("broken");
        }
        ask(AURORA, "ada");
        threads.runAll();
        assertThat(done).containsExactly("aurora ada");
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** Runs nothing until triggered. */
    private static final class Later extends AbstractExecutorService {
        private final List<Runnable> tasks = new ArrayList<>();
        private boolean isShutdown;

        void runAll() {
            while (!tasks.isEmpty()) {
                tasks.remove(0).run();
            }
        }

        @Override
        public void execute(Runnable task) {
            if (isShutdown) {
                throw new RejectedExecutionException("ended");
            }
            tasks.add(task);
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
