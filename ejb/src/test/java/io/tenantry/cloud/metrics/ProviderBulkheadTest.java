package io.tenantry.cloud.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ProviderBulkheadTest {
    private final ProviderBulkhead providerBulkhead = new ProviderBulkhead();

    @Test
    void limitsAnAccountToThreeConcurrentCallsWithoutBlockingOthers() throws Exception {
        assertThat(callOneAccount(3)).isZero();
        assertBusy(() -> callOneAccount(4));
        var other = providerBulkhead.ask(
                "slow",
                () -> providerBulkhead.ask(
                        "slow", () -> providerBulkhead.ask("slow", () -> providerBulkhead.ask("quick", () -> 7))));
        assertThat(other).isEqualTo(7);
    }

    @Test
    void limitsAllAccountsTogetherToTwelveConcurrentCalls() throws Exception {
        assertThat(callAccounts(12)).isZero();
        assertBusy(() -> callAccounts(13));
    }

    @Test
    void releasesASlotWhenACallFails() throws Exception {
        for (var i = 0; i < 20; i++) {
            assertThatThrownBy(() -> providerBulkhead.ask("one", () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(callOneAccount(3)).isZero();
    }

    /** Runs this number of concurrent calls. */
    private int callOneAccount(int count) throws Exception {
        return providerBulkhead.ask("one", () -> count == 1 ? 0 : callOneAccount(count - 1));
    }

    private int callAccounts(int count) throws Exception {
        return providerBulkhead.ask("account " + count, () -> count == 1 ? 0 : callAccounts(count - 1));
    }

    private static void assertBusy(ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.BUSY));
    }
}
