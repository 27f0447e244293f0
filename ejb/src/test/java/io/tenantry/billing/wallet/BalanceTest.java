package io.tenantry.billing.wallet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.kernel.money.Money;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BalanceTest {
    @ParameterizedTest
    @CsvSource({
        "1, 0.1, 10",
        "0.99999999, 0.1, 9",
        "0.09999999, 0.1, 0",
        "0.1, 0.1, 1",
        "0.00000001, 0.00000001, 1",
        "0, 0.1, 0",
        "-0.00000001, 0.1, 0",
        "-5, 0.1, 0"
    })
    void runwayIsInWholeHoursAtThePresentCost(String balance, String burn, long hours) {
        assertThat(wallet(balance, burn).runwayHours()).contains(hours);
    }

    @ParameterizedTest
    @CsvSource({"1", "0", "-1"})
    void hasNoRunwayWhenNothingRuns(String balance) {
        assertThat(wallet(balance, "0").runwayHours()).isEmpty();
    }

    @Test
    void runwayIgnoresTheCreditLimit() {
        var wallet = wallet("1", "0.1");
        assertThat(wallet.creditLimit().isPositive()).isTrue();
        assertThat(wallet.runwayHours()).contains(10L);
    }

    @ParameterizedTest
    @CsvSource({"1, 101", "-5, 95", "-100, 0", "-100.5, -0.5"})
    void spendableIncludesTheCreditLimit(String balance, String spendable) {
        assertThat(wallet(balance, "0").spendable()).isEqualTo(Money.of(spendable, "EUR"));
    }

    private static Wallets.Balance wallet(String balance, String burn) {
        return new Wallets.Balance(
                new UUID(0, 1),
                new UUID(0, 2),
                Money.of(balance, "EUR"),
                Money.of(burn, "EUR"),
                Money.of("100", "EUR"),
                Money.of("0", "EUR"),
                Wallets.BalanceStatus.OK,
                Optional.empty());
    }
}
