package io.tenantry.billing.wallet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.billing.wallet.Wallets.Counterpart;
import io.tenantry.billing.wallet.Wallets.Movement;
import io.tenantry.kernel.money.Money;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MovementTest {
    @ParameterizedTest
    @CsvSource({"1000000, EUR", "0.00000001, EUR", "100000000, JPY", "10000000000, IDR"})
    void acceptsAmountsUpToTheMaximum(String amount, String currency) {
        assertThat(entered(Money.of(amount, currency)).amount()).isEqualTo(Money.of(amount, currency));
    }

    @ParameterizedTest
    @CsvSource({"1000000.00000001, EUR", "9999999, EUR", "100000001, JPY", "10000000001, IDR", "0, EUR", "-1, EUR"})
    void refusesAmountsAboveTheMaximum(String amount, String currency) {
        assertThatThrownBy(() -> entered(Money.of(amount, currency))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void acceptsAnyAmountOfABank() {
        var large = Money.of("9999999", "EUR");
        assertThat(new Movement(UUID.randomUUID(), large, Counterpart.CASH, "paid", "key", Movement.Origin.BANK)
                        .amount())
                .isEqualTo(large);
    }

    private static Movement entered(Money amount) {
        return new Movement(UUID.randomUUID(), amount, Counterpart.ADJUSTMENT, "penalty", "key");
    }
}
