package io.tenantry.cloud.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.transfer.TransferPool.OverageShare;
import io.tenantry.cloud.transfer.TransferPool.Share;
import io.tenantry.kernel.money.Money;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Transfer unused by one service is available to another; overage is shared to the last byte. */
class TransferPoolTest {
    private static final UUID WALLET = new UUID(0, 0);

    @Test
    void sharesIncludedTransferAmongServers() {
        assertThat(overages(share(1, 150, 100), share(2, 50, 100))).containsExactly(0L, 0L);
    }

    @Test
    void assignsOverageToServersAboveTheirIncludedTransfer() {
        assertThat(overages(share(1, 150, 100), share(2, 60, 100))).containsExactly(10L, 0L);
        assertThat(overages(share(1, 400, 100), share(2, 200, 100))).containsExactly(300L, 100L);
        assertThat(overages(share(1, 400, 100), share(2, 200, 100), share(3, 0, 200)))
                .containsExactly(150L, 50L);
    }

    @Test
    void dividesAllOverageWithoutExceedingAServersOwn() {
        var random = new Random(20_261_122L);
        for (var run = 0; run < 500; run++) {
            var shares = new ArrayList<Share>();
            for (var number = 0; number < 1 + random.nextInt(8); number++) {
                shares.add(share(number, random.nextLong(1L << 50), random.nextLong(1L << 50)));
            }
            var transferPool = new TransferPool(shares);
            var all = transferPool.over();
            assertThat(all.stream()
                            .map(one -> BigInteger.valueOf(one.bytes()))
                            .reduce(BigInteger.ZERO, BigInteger::add))
                    .isEqualTo(transferPool
                            .used()
                            .subtract(transferPool.included())
                            .max(BigInteger.ZERO));
            assertThat(all)
                    .allSatisfy(one -> assertThat(one.bytes())
                            .isBetween(
                                    0L,
                                    Math.max(0, one.share().used() - one.share().included())));
        }
    }

    @Test
    void roundsAnAmountOnceToEightDecimals() {
        var price = Money.of("0.01", "EUR");
        assertThat(OverageBilling.amount(1L << 30, price)).isEqualTo(Money.of("0.01", "EUR"));
        assertThat(OverageBilling.amount(1, price)).isEqualTo(Money.of("0", "EUR"));
        assertThat(OverageBilling.amount(1L << 29, price)).isEqualTo(Money.of("0.005", "EUR"));
        assertThat(OverageBilling.amount(537, price)).isEqualTo(Money.of("0.00000001", "EUR"));
    }

    /** Returns the overage of services with transfer, in order; includes zeros while others have some. */
    private static List<Long> overages(Share... shares) {
        var all = new TransferPool(List.of(shares))
                .over().stream().map(OverageShare::bytes).toList();
        return all.subList(0, Math.min(2, all.size()));
    }

    private static Share share(int number, long used, long included) {
        return new Share(new UUID(0, number + 1), WALLET, used, included);
    }
}
