package io.tenantry.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.charging.ClockSkewException;
import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.kernel.cluster.Nodes;
import jakarta.batch.operations.JobStartException;
import jakarta.batch.runtime.BatchStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One execution of a job at a time on each node, and always one that lives. */
class JobStarterTest {
    private static final String JOB = JobStarter.HOURLY_CHARGING;
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final FakeJobOperator batch = new FakeJobOperator();
    private final List<String> recorded = new ArrayList<>();
    private final Map<String, String> configured = new HashMap<>();
    private final Readiness readiness = new Readiness();
    private final JobStarter jobs = new JobStarter();
    private boolean isRecordLost;

    /** Near the largest number: the virtual machine's counter may begin anywhere, and overflow. */
    private long nanos = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

    @BeforeEach
    void prepare() {
        jobs.operator = batch::operator;
        jobs.nanos = () -> nanos;
        jobs.readiness = readiness;
        jobs.nodes = new Nodes() {
            @Override
            public void started(long execution, String job) {
                if (isRecordLost) {
                    throw new IllegalStateException("no connection");
                }
                recorded.add(job + " " + execution);
            }
        };
        configured.put("tenantry.charging.lease", LEASE.toString());
        configure();
        readiness.ready();
    }

    private void configure() {
        jobs.settings = new Settings(Map.copyOf(configured)::get, name -> null);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    @Test
    void recordsWhichNodeRunsAnExecution() {
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(101);
        assertThat(recorded).containsExactly("hourly-charging 101");
    }

    @Test
    void startsNothingWhileJobIsRunning() {
        var first = jobs.startUnlessRunning(JOB);
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(first);
        assertThat(jobs.isRunning(first)).isTrue();
        assertThat(batch.calls).containsExactly("start hourly-charging as 101");
    }

    @Test
    void startsOneJobWhileAnotherIsRunning() {
        jobs.startUnlessRunning(JOB);
        jobs.startUnlessRunning(JobStarter.INVOICING);
        jobs.startUnlessRunning(JobStarter.SETTLEMENT);
        assertThat(batch.calls)
                .containsExactly("start hourly-charging as 101", "start invoicing as 102", "start settlement as 103");
    }

    @ParameterizedTest
    @EnumSource(names = {"COMPLETED", "FAILED", "STOPPED", "ABANDONED"})
    void startsNextExecutionAfterPreviousEnded(BatchStatus end) {
        var first = jobs.startUnlessRunning(JOB);
        batch.executions.put(first, end);
        assertThat(jobs.isRunning(first)).isFalse();
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(102);
        assertThat(batch.calls).as("nothing is stopped that has ended").noneMatch(call -> call.startsWith("stop"));
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTING", "STARTED", "STOPPING"})
    void startsNoSecondExecutionBeforeFirstEnded(BatchStatus status) {
        var first = jobs.startUnlessRunning(JOB);
        batch.executions.put(first, status);
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(first);
    }

    @Test
    void treatsExecutionWithDeletedRecordAsEnded() {
        var first = jobs.startUnlessRunning(JOB);
        batch.executions.remove(first);
        assertThat(jobs.isRunning(first)).isFalse();
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(102);
    }

    @Test
    void replacesExecutionSilentForTwoLeases() {
        var first = jobs.startUnlessRunning(JOB);
        pass(LEASE.multipliedBy(2).minusNanos(1));
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(first);
        pass(Duration.ofNanos(1));
        assertThat(jobs.isRunning(first)).isFalse();
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(102);
        assertThat(batch.calls)
                .containsExactly("start hourly-charging as 101", "stop 101", "start hourly-charging as 102");
        assertThat(jobs.isRunning(102)).isTrue();
    }

    @Test
    void heartbeatOfWorkerKeepsExecutionAlive() {
        var first = jobs.startUnlessRunning(JOB);
        pass(LEASE.multipliedBy(2).minusNanos(1));
        jobs.pulse(JOB);
        pass(LEASE);
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(first);
        pass(LEASE);
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(102);
    }

    @Test
    void ignoresHeartbeatsOfOtherJobs() {
        jobs.startUnlessRunning(JOB);
        pass(LEASE.multipliedBy(2));
        jobs.pulse(JobStarter.INVOICING);
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(102);
    }

    @Test
    void ignoresHeartbeatsOfEarlierExecution() {
        jobs.startUnlessRunning(JOB);
        jobs.pulse(JOB);
        pass(LEASE.multipliedBy(3));
        var second = jobs.startUnlessRunning(JOB);
        pass(LEASE);
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(second);
    }

    @Test
    void replacesStalledExecutionThatCannotBeStopped() {
        jobs.startUnlessRunning(JOB);
        batch.isStopRefused = true;
        pass(LEASE.multipliedBy(2));
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(102);
    }

    @Test
    void retriesJobAfterRefusedStart() {
        batch.isRefusing = true;
        assertThatThrownBy(() -> jobs.startUnlessRunning(JOB)).isInstanceOf(JobStartException.class);
        assertThat(recorded).isEmpty();
        batch.isRefusing = false;
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(101);
        assertThat(recorded).containsExactly("hourly-charging 101");
    }

    @Test
    void doesNotRestartExecutionThatCouldNotBeRecorded() {
        isRecordLost = true;
        var first = jobs.startUnlessRunning(JOB);
        isRecordLost = false;
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(first);
        assertThat(batch.calls).containsExactly("start hourly-charging as 101");
    }

    @Test
    void respectsRecordedExecutionOfEarlierStart() {
        batch.executions.put(7L, BatchStatus.STARTED);
        batch.executions.put(8L, BatchStatus.COMPLETED);
        assertThat(jobs.isRunning(7)).isTrue();
        assertThat(jobs.isRunning(8)).isFalse();
        assertThat(jobs.isRunning(9)).isFalse();
    }

    /** The second caller arrives while the first one is starting the job. */
    @Test
    void concurrentCallersStartOneExecution() throws Exception {
        var starting = new CountDownLatch(1);
        var goOn = new CountDownLatch(1);
        var starts = new AtomicInteger();
        batch.whileStarting = () -> {
            if (starts.incrementAndGet() == 1) {
                starting.countDown();
                await(goOn);
            }
        };
        var first = CompletableFuture.supplyAsync(() -> jobs.startUnlessRunning(JOB));
        await(starting);
        var second = new AtomicReference<Thread>();
        var later = CompletableFuture.supplyAsync(() -> {
            second.set(Thread.currentThread());
            return jobs.startUnlessRunning(JOB);
        });
        awaitWaiting(second, later);
        goOn.countDown();
        assertThat(later.get(10, TimeUnit.SECONDS)).isEqualTo(first.get(10, TimeUnit.SECONDS));
        assertThat(starts).hasValue(1);
    }

    private static void awaitWaiting(AtomicReference<Thread> thread, CompletableFuture<Long> result) {
        var started = System.nanoTime();
        while (!result.isDone()
                && (thread.get() == null || thread.get().getState() != Thread.State.BLOCKED)
                && System.nanoTime() - started < TimeUnit.SECONDS.toNanos(5)) {
            Thread.onSpinWait();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void startsOnlyWhatIsDue() {
        jobs.startIfDue(JOB, () -> false);
        assertThat(batch.calls).isEmpty();
        jobs.startIfDue(JOB, () -> true);
        assertThat(batch.calls).containsExactly("start hourly-charging as 101");
    }

    @Test
    void checksNothingBeforeReadyOrWhileStopping() {
        var starting = new Readiness();
        jobs.readiness = starting;
        jobs.startIfDue(JOB, JobStarterTest::unasked);
        starting.migrated();
        jobs.startIfDue(JOB, JobStarterTest::unasked);
        starting.ready();
        starting.stopping();
        jobs.startIfDue(JOB, JobStarterTest::unasked);
        assertThat(batch.calls).isEmpty();
    }

    @Test
    void startsJobsOnlyOnRequestWithoutChargingTimer() {
        configured.put("tenantry.charging.timer", "false");
        configure();
        jobs.startIfDue(JOB, JobStarterTest::unasked);
        assertThat(batch.calls).isEmpty();
        assertThat(jobs.startUnlessRunning(JOB)).isEqualTo(101);
    }

    @Test
    void skipsTickOnClockSkew() {
        assertThatCode(() -> jobs.startIfDue(JOB, () -> {
                    throw new ClockSkewException(Duration.ofMinutes(3));
                }))
                .doesNotThrowAnyException();
        assertThat(batch.calls).isEmpty();
    }

    @Test
    void propagatesOtherFailuresToServer() {
        var broken = new IllegalStateException("no such table");
        assertThatThrownBy(() -> jobs.startIfDue(JOB, () -> {
                    throw broken;
                }))
                .isSameAs(broken);
    }

    private static boolean unasked() {
        throw new AssertionError("this node may not look");
    }
}
