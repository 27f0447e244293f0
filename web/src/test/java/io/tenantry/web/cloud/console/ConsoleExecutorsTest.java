package io.tenantry.web.cloud.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.TenantId;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Servers and providers that hang at one reseller do not delay the consoles of another. */
@Timeout(60)
class ConsoleExecutorsTest {
    private static final int MANY = 60;

    private final CountDownLatch isReleased = new CountDownLatch(1);
    private final ConsoleExecutors executors = new ConsoleExecutors(Executors.defaultThreadFactory());

    @AfterEach
    void end() {
        isReleased.countDown();
        executors.end();
    }

    @Test
    void hangingServersOfOneResellerLeaveThreadsToAnother() throws InterruptedException {
        var accepted = 0;
        for (var i = 0; i < MANY; i++) {
            accepted += executors.open(visitor("stalled-servers"), this::hang, late -> {}) ? 1 : 0;
        }
        assertThat(accepted).as("three at once, and fifty that wait").isEqualTo(53);
        var isOpened = new CountDownLatch(1);
        assertThat(executors.open(visitor("good-servers"), isOpened::countDown, late -> {}))
                .isTrue();
        assertThat(isOpened.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void requestsWithoutAnyoneWaitingLeaveThreadsToOpenings() throws InterruptedException {
        for (var i = 0; i < MANY; i++) {
            executors.ask(visitor("stalled-panel"), this::hang);
        }
        var isOpened = new CountDownLatch(2);
        executors.ask(visitor("good-panel"), isOpened::countDown);
        executors.open(visitor("stalled-panel"), isOpened::countDown, late -> {});
        assertThat(isOpened.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void hang() {
        try {
            isReleased.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static ConsoleVisitor visitor(String tenant) {
        var person = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Ada");
        return new ConsoleVisitor(Scope.of(new TenantId(tenant)), UUID.randomUUID(), person, Optional.empty());
    }
}
