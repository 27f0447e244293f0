package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.people.identity.TurnQueue.Applicant;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TurnQueueTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int WAITING_MAX = 6;
    private static final Scope AURORA = Scope.of(new TenantId("aurora"));
    private static final Scope BOREALIS = Scope.of(new TenantId("borealis"));

    private final TurnQueue queue = new TurnQueue(1, WAITING_MAX);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final BlockingQueue<String> order = new LinkedBlockingQueue<>();

    @BeforeEach
    void occupyTheOnlyPlace() throws InterruptedException {
        assertThat(queue.enter(new Applicant(AURORA, "holder", true), LONG)).isTrue();
    }

    @AfterEach
    void stop() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void admitsEachKeyOnce() throws Exception {
        queueUp(AURORA, "one", false);
        assertThat(queue.enter(new Applicant(AURORA, "one", false), LONG)).isFalse();
        assertThat(queue.enter(new Applicant(BOREALIS, "one", false), LONG)).isFalse();
        assertThat(turns(1)).containsExactly("one");
    }

    @Test
    void alternatesBetweenTenants() throws Exception {
        for (var key : List.of("a1", "a2", "a3")) {
            queueUp(AURORA, key, false);
        }
        queueUp(BOREALIS, "b1", false);
        queueUp(BOREALIS, "b2", false);
        assertThat(turns(5)).containsExactly("b1", "a1", "b2", "a2", "a3");
    }

    @Test
    void givesEverySecondTurnToThePlatform() throws Exception {
        for (var key : List.of("a1", "a2")) {
            queueUp(AURORA, key, true);
        }
        queueUp(BOREALIS, "b1", true);
        for (var key : List.of("p1", "p2", "p3")) {
            queueUp(Scope.PLATFORM, key, false);
        }
        assertThat(turns(6)).containsExactly("p1", "b1", "p2", "a1", "p3", "a2");
    }

    @Test
    void prefersKnownDevicesWithoutStarvingOthers() throws Exception {
        queueUp(AURORA, "stranger1", false);
        queueUp(AURORA, "stranger2", false);
        for (var key : List.of("k1", "k2", "k3", "k4")) {
            queueUp(AURORA, key, true);
        }
        assertThat(turns(6)).containsExactly("k1", "k2", "stranger1", "k3", "k4", "stranger2");
    }

    @Test
    void knownDevicesReplaceOthersOfTheirTenantInAFullQueue() throws Exception {
        var strangers = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < WAITING_MAX; i++) {
            strangers.add(wait(AURORA, "stranger" + i, false));
        }
        assertThat(queue.enter(new Applicant(AURORA, "late", false), LONG)).isFalse();
        var known = submit(AURORA, "known", true);
        assertThat(strangers.get(WAITING_MAX - 1).get()).isFalse();
        assertThat(turns(2)).containsExactly("known", "stranger0");
        assertThat(known.get()).isTrue();
    }

    @Test
    void fullQueueAdmitsATenantWithFewerEntries() throws Exception {
        var crowd = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < WAITING_MAX; i++) {
            crowd.add(wait(AURORA, "a" + i, true));
        }
        var few = new ArrayList<Future<Boolean>>();
        for (int i = 0; i < WAITING_MAX / 2; i++) {
            few.add(submit(BOREALIS, "b" + i, false));
            assertThat(crowd.get(WAITING_MAX - 1 - i).get())
                    .as("the newest entry is dropped")
                    .isFalse();
        }
        assertThat(queue.waiting()).isEqualTo(WAITING_MAX);
        assertThat(queue.enter(new Applicant(BOREALIS, "more", false), LONG))
                .as("each tenant has half of the queue")
                .isFalse();
        assertThat(queue.enter(new Applicant(AURORA, "more", false), LONG)).isFalse();
        assertThat(few).noneMatch(Future::isDone);
    }

    @Test
    void givesUpAfterTheMaximumWait() throws Exception {
        assertThat(queue.enter(new Applicant(AURORA, "late", false), Duration.ofMillis(20)))
                .isFalse();
        assertThat(queue.waiting()).isZero();
        queue.leave();
        assertThat(queue.enter(new Applicant(AURORA, "late", false), Duration.ZERO))
                .isTrue();
    }

    private Future<Boolean> submit(Scope scope, String key, boolean isKnown) {
        return threads.submit(() -> {
            var hasTurn = queue.enter(new Applicant(scope, key, isKnown), LONG);
            if (hasTurn) {
                order.add(key);
            }
            return hasTurn;
        });
    }

    private void queueUp(Scope scope, String key, boolean isKnown) throws InterruptedException {
        var unused = wait(scope, key, isKnown);
    }

    private Future<Boolean> wait(Scope scope, String key, boolean isKnown) throws InterruptedException {
        int before = queue.waiting();
        var waiting = submit(scope, key, isKnown);
        while (queue.waiting() <= before) {
            TimeUnit.MILLISECONDS.sleep(2);
        }
        return waiting;
    }

    /** Ends that many turns, one after the other, and returns whose they were. */
    private List<String> turns(int count) throws InterruptedException {
        var all = new ArrayList<String>();
        for (int i = 0; i < count; i++) {
            queue.leave();
            all.add(String.valueOf(order.poll(10, TimeUnit.SECONDS)));
        }
        return all;
    }
}
