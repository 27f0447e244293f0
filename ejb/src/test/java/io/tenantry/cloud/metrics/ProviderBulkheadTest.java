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
    void anAccountHasThreePlacesAndOthersHaveTheirs() throws Exception {
        assertThat(sameAccount(3)).isZero();
        refuses(() -> sameAccount(4));
        var other = providerBulkhead.ask(
                "slow",
                () -> providerBulkhead.ask(
                        "slow", () -> providerBulkhead.ask("slow", () -> providerBulkhead.ask("quick", () -> 7))));
        assertThat(other).isEqualTo(7);
    }

    @Test
    void allTogetherHaveTwelve() throws Exception {
        assertThat(accounts(12)).isZero();
        refuses(() -> accounts(13));
    }

    @Test
    void aPlaceIsLeftHoweverTheQuestionEnds() throws Exception {
        for (var i = 0; i < 20; i++) {
            assertThatThrownBy(() -> providerBulkhead.ask("one", () -> {
                        throw new IllegalStateException("broken");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }
        assertThat(sameAccount(3)).isZero();
    }

    /** Runs this number of concurrent queries. */
    private int sameAccount(int count) throws Exception {
        return providerBulkhead.ask("one", () -> count == 1 ? 0 : sameAccount(count - 1));
    }

    private int accounts(int count) throws Exception {
        return providerBulkhead.ask("account " + count, () -> count == 1 ? 0 : accounts(count - 1));
    }

    private static void refuses(ThrowingCallable asking) {
        assertThatThrownBy(asking)
                .isInstanceOfSatisfying(
                        ProviderFailure.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.BUSY));
    }
}
