package io.tenantry.faults;

import static io.tenantry.faults.Resellers.ROUNDS;
import static io.tenantry.faults.Resellers.await;
import static io.tenantry.faults.Resellers.showOutcome;
import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cluster.BytemanFaults;
import io.tenantry.cluster.BytemanFaults.Effect;
import io.tenantry.cluster.BytemanFaults.Point;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Charging fails, or its server dies, at each point between two steps: before and after a claim, a batch, a commit, the end of a
 * run, and around the batch framework's own records. The other node, or the same one on retry, finishes.
 */
@Tag("full")
class NamedPointsIT {
    private static final String CHARGING = "io.tenantry.billing.charging.";
    private static final String JBERET = "org.jberet.";

    /** Points reached by each piece of work, many times, as opposed to once per run or job. */
    private static final List<Point> OFTEN = around(
            CHARGING + "ChargingRuns.chargeNext",
            CHARGING + "Charging.chargeSlice",
            CHARGING + "ChargingRuns.unplanned",
            "org.jboss.jca.adapters.jdbc.local.LocalManagedConnection.commit");

    private static final List<Point> SELDOM = around(
            CHARGING + "ChargingRuns.open",
            CHARGING + "ChargingRuns.claim",
            CHARGING + "ChargingRuns.plan",
            CHARGING + "ChargingRuns.finish",
            CHARGING + "ChargingWorker.charge",
            "io.tenantry.batch.charging.ChargingBatchlet.process",
            "io.tenantry.batch.charging.OpenChargingRunsBatchlet.process",
            "io.tenantry.batch.charging.ChargingPartitionMapper.mapPartitions",
            "io.tenantry.kernel.cluster.Nodes.started",
            JBERET + "runtime.runner.JobExecutionRunner.run",
            JBERET + "runtime.runner.StepExecutionRunner.run",
            JBERET + "runtime.runner.BatchletRunner.run",
            JBERET + "repository.JdbcRepository.updateJobExecution",
            JBERET + "repository.JdbcRepository.updateStepExecution",
            JBERET + "repository.JdbcRepository.savePersistentData",
            JBERET + "repository.JdbcRepository.addPartitionExecution");

    /** In the short form; the long form repeats all points. */
    private static final int FAILURES = 5;

    private static final int KILLS = 2;

    /** If it fails here, an execution is never recorded as over: its node must keep charging nevertheless. */
    private static final Point NEVER_ENDS = new Point(JBERET + "runtime.runner.JobExecutionRunner", "run", "ENTRY");

    @TempDir
    static Path folder;

    private static Resellers resellers;

    @BeforeAll
    static void startNodes() throws IOException {
        var cluster = Resellers.cluster(folder);
        cluster.letSaboteursIn();
        cluster.start("a", "b");
        resellers = Resellers.on(cluster, 200);
    }

    @AfterAll
    static void stopNodes() {
        resellers.close();
    }

    @AfterEach
    void everyHourIsChargedOnce() {
        resellers.requireEveryHourChargedOnce();
    }

    private static List<Point> around(String... methods) {
        return Stream.of(methods)
                .flatMap(method -> {
                    var dot = method.lastIndexOf('.');
                    return Stream.of("ENTRY", "EXIT")
                            .map(where -> new Point(method.substring(0, dot), method.substring(dot + 1), where));
                })
                .toList();
    }

    @Test
    void doesWorkOnceAfterFailureAtAnyPoint() {
        var missed = new ArrayList<Point>();
        for (var round = 0; round < ROUNDS; round++) {
            for (var point : chosen()) {
                fail(point, times(point), missed);
            }
        }
        assertThat(missed).as("points that were never reached").isEmpty();
    }

    private static List<Point> chosen() {
        var all = new ArrayList<>(OFTEN);
        all.addAll(SELDOM);
        Collections.shuffle(all, resellers.random());
        if (ROUNDS > 1) {
            return all;
        }
        all.remove(NEVER_ENDS);
        all.add(0, NEVER_ENDS);
        return all.subList(0, FAILURES);
    }

    private static int times(Point point) {
        return OFTEN.contains(point) ? 1 + resellers.random().nextInt(8) : 1;
    }

    private static void fail(Point point, int times, List<Point> missed) {
        showOutcome("%s fails the %d. time", point, times);
        resellers.later(2);
        var bytemanFaults = resellers.cluster().saboteur("a");
        bytemanFaults.arm(point, times, Effect.FAIL);
        try {
            resellers.settle(List.of(resellers.work("a")));
        } finally {
            if (!bytemanFaults.disarm()) {
                missed.add(point);
            }
        }
        resellers.requireEveryHourChargedOnce();
    }

    @Test
    void otherNodeContinuesAfterCrashAtAnyPoint() throws Exception {
        var died = 0;
        while (died < KILLS * ROUNDS) {
            var points = chosen();
            if (dies(points.get(resellers.random().nextInt(points.size())))) {
                died++;
            }
        }
    }

    /** Returns whether the node reached the point: the other one may have been faster. */
    private static boolean dies(Point point) throws Exception {
        resellers.later(4);
        var bytemanFaults = resellers.cluster().saboteur("b");
        var times = times(point);
        bytemanFaults.arm(point, times, Effect.DIE);
        var lost = resellers.work("b");
        resellers.pause(20, 100);
        var survivor = resellers.work("a");
        if (isSpared(bytemanFaults, lost)) {
            return false;
        }
        var began = System.nanoTime();
        await(List.of(survivor));
        await(List.of(resellers.work("a")));
        showOutcome(
                "a node died at %s (%d.); all done %d ms later", point, times, (System.nanoTime() - began) / 1_000_000);
        resellers.requireEveryHourChargedOnce();
        assertThat(resellers.cluster().node("b").process().onExit())
                .as("the end of the node's process")
                .succeedsWithin(Duration.ofSeconds(10));
        resellers.cluster().start("b");
        return true;
    }

    /** Returns whether the node survived. It may die after the response: completed work is still being recorded. */
    private static boolean isSpared(BytemanFaults bytemanFaults, Future<Duration> work) throws InterruptedException {
        try {
            work.get();
            return !bytemanFaults.disarm();
        } catch (ExecutionException | IllegalStateException gone) {
            return false;
        }
    }
}
