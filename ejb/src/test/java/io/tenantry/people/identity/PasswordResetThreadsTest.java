package io.tenantry.people.identity;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.audit.RequestOrigin;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PasswordResetThreadsTest {
    private static final TenantId FLOODED = new TenantId("flooded-resets");
    private static final TenantId CALM = new TenantId("calm-resets");

    private final PasswordResetThreads threads = new PasswordResetThreads(Executors.defaultThreadFactory());
    private final CountDownLatch isReleased = new CountDownLatch(1);

    @AfterEach
    void end() {
        isReleased.countDown();
        threads.end();
        RequestOrigin.clear();
    }

    @Test
    void worksForTheSameScopeAndOriginOnAnotherThread()
            throws InterruptedException, ExecutionException, TimeoutException {
        var origin = new RequestOrigin("192.0.2.7", "request-1");
        RequestOrigin.enter(origin);
        var seen = new CompletableFuture<String>();
        var thread = Thread.currentThread();
        Tenancy.in(CALM, () -> {
            threads.execute(
                    "192.0.2.7",
                    () -> seen.complete(Tenancy.tenant() + " " + RequestOrigin.current() + " " + Actors.current() + " "
                            + (Thread.currentThread() == thread)));
            return true;
        });
        assertThat(seen.get(30, TimeUnit.SECONDS))
                .isEqualTo(CALM + " " + Optional.of(origin) + " " + Optional.empty() + " false");
    }

    @Test
    void floodOfOneResellerLeavesAThreadToAnother() throws InterruptedException {
        for (var i = 0; i < 200; i++) {
            ask(FLOODED, "192.0.2." + i, this::hang);
        }
        var isDone = new CountDownLatch(1);
        ask(CALM, "192.0.2.7", isDone::countDown);
        assertThat(isDone.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void survivesFailures() throws InterruptedException {
        var isDone = new CountDownLatch(1);
        ask(CALM, "192.0.2.7", () -> {
            throw new IllegalStateException("no connection");
        });
        ask(CALM, "192.0.2.7", isDone::countDown);
        assertThat(isDone.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void ask(TenantId tenant, String network, Runnable work) {
        try (var scope = Tenancy.enter(Scope.of(tenant))) {
            threads.execute(network, work);
        }
    }

    private void hang() {
        try {
            isReleased.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
