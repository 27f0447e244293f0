package io.tenantry.batch.workqueue;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import io.tenantry.health.Readiness;
import io.tenantry.workqueue.WorkItemQueued;
import io.tenantry.workqueue.WorkQueue;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WorkTimerTest {
    private final Readiness readiness = new Readiness();
    private final WorkTimer timer = new WorkTimer();
    private int calls;
    private int pruned;

    @BeforeEach
    void prepare() {
        timer.readiness = readiness;
        timer.crew = new WorkerThreads() {
            @Override
            void call() {
                calls++;
            }
        };
        timer.crew.readiness = readiness;
        timer.crew.settings = new Settings(name -> null, name -> null);
        timer.queue = new WorkQueue() {
            @Override
            public int prune() {
                return ++pruned;
            }
        };
    }

    @Test
    void callsWorkersOnTickAndWhenWorkIsQueued() {
        readiness.ready();
        timer.tick();
        assertThat(calls).isOne();
        timer.crew.queued(new WorkItemQueued());
        assertThat(calls).isEqualTo(2);
    }

    @Test
    void callsNoWorkerBeforeReadyOrWhileStopping() {
        timer.tick();
        timer.crew.queued(new WorkItemQueued());
        readiness.ready();
        readiness.stopping();
        timer.tick();
        timer.crew.queued(new WorkItemQueued());
        assertThat(calls).isZero();
    }

    @Test
    void prunesItemsEvenWithoutWorkTimer() {
        readiness.ready();
        timer.crew.settings = new Settings(Map.of("tenantry.work.timer", "false")::get, name -> null);
        timer.tick();
        timer.crew.queued(new WorkItemQueued());
        assertThat(calls).isZero();
        timer.prune();
        assertThat(pruned).isOne();
    }
}
