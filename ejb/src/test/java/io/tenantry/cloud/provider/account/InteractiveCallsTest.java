package io.tenantry.cloud.provider.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InteractiveCallsTest {
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final InteractiveCalls calls = new InteractiveCalls(Executors.defaultThreadFactory());
    private final CountDownLatch answer = new CountDownLatch(1);
    private final List<CompletableFuture<?>> hanging = new ArrayList<>();

    @AfterEach
    void end() {
        answer.countDown();
        calls.end();
    }

    @Test
    void answersInTheScopeOfTheCaller() {
        assertThat(ask("aurora", "main", () -> Tenancy.tenant().value())).isEqualTo("aurora");
    }

    @Test
    void limitsAnAccountToThreeConcurrentCallsWithoutBlockingOthers() throws Exception {
        hang("aurora", "slow", 3);

        assertBusy(() -> ask("aurora", "slow", () -> 1));

        assertThat(ask("aurora", "quick", () -> 7)).isEqualTo(7);
        assertThat(ask("borealis", "slow", () -> 8)).isEqualTo(8);
    }

    @Test
    void limitsAResellerToSixConcurrentCallsWithoutBlockingOthers() throws Exception {
        hang("aurora", "one", 3);
        hang("aurora", "two", 3);

        assertBusy(() -> ask("aurora", "three", () -> 1));

        assertThat(ask("borealis", "one", () -> 7)).isEqualTo(7);
    }

    @Test
    void limitsTheNodeToEighteenConcurrentCalls() throws Exception {
        for (var tenant : List.of("aurora", "borealis", "corona")) {
            hang(tenant, "one", 3);
            hang(tenant, "two", 3);
        }

        assertBusy(() -> ask("dione", "one", () -> 1));
    }

    @Test
    void countsACallUntilItEndsEvenIfNobodyWaitsForIt() throws Exception {
        var isDone = new CountDownLatch(3);
        for (var i = 0; i < 3; i++) {
            assertFails(
                    Reason.NO_RESPONSE,
                    () -> ask("aurora", "slow", SHORT, () -> {
                        awaitWithoutInterruption();
                        isDone.countDown();
                        return 1;
                    }));
        }
        assertBusy(() -> ask("aurora", "slow", () -> 1));

        answer.countDown();
        assertThat(isDone.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();

        assertThat(answered("aurora", "slow")).isEqualTo(7);
    }

    @Test
    void releasesASlotWhenACallFails() {
        for (var i = 0; i < 20; i++) {
            assertThatThrownBy(() -> answered("aurora", "one", () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("an adapter failed");
        }
    }

    @Test
    void passesOnAFailureOfTheProvider() {
        assertFails(
                Reason.CREDENTIALS,
                () -> ask("aurora", "one", () -> {
                    throw new ProviderFailure(Reason.CREDENTIALS, "401");
                }));
    }

    private void hang(String tenant, String account, int count) throws InterruptedException {
        var started = new CountDownLatch(count);
        for (var i = 0; i < count; i++) {
            hanging.add(CompletableFuture.supplyAsync(
                    () -> ask(tenant, account, () -> {
                        started.countDown();
                        return answer.await(LONG.toSeconds(), TimeUnit.SECONDS);
                    }),
                    task -> new Thread(task).start()));
        }
        assertThat(started.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** As a provider's client, which does not notice that its thread is interrupted. */
    private void awaitWithoutInterruption() {
        for (var isOpen = false; !isOpen; ) {
            try {
                isOpen = answer.await(LONG.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException ignored) {
                // Goes on.
            }
        }
    }

    /** Repeats a call that is refused, because a slot is released shortly after its call has ended. */
    private int answered(String tenant, String account) {
        return answered(tenant, account, () -> 7);
    }

    private int answered(String tenant, String account, Callable<Integer> question) {
        for (var until = System.nanoTime() + LONG.toNanos(); ; Thread.onSpinWait()) {
            try {
                return ask(tenant, account, question);
            } catch (ProviderFailure busy) {
                assertThat(busy.reason()).isEqualTo(Reason.BUSY);
                assertThat(System.nanoTime()).isLessThan(until);
            }
        }
    }

    private <T> T ask(String tenant, String account, Callable<T> question) {
        return ask(tenant, account, LONG, question);
    }

    private <T> T ask(String tenant, String account, Duration limit, Callable<T> question) {
        return Tenancy.in(new TenantId(tenant), () -> calls.ask(account, limit, question));
    }

    private static void assertBusy(ThrowingCallable call) {
        assertFails(Reason.BUSY, call);
    }

    private static void assertFails(Reason reason, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(reason));
    }
}
