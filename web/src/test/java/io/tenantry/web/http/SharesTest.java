package io.tenantry.web.http;

import static io.tenantry.web.http.Shares.Outcome.ALL_FULL;
import static io.tenantry.web.http.Shares.Outcome.HOLDER_FULL;
import static io.tenantry.web.http.Shares.Outcome.TAKEN;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharesTest {
    private final Shares shares = new Shares();

    private Shares.Outcome take(String holder, long amount) {
        return shares.take(holder, amount, 3, 5);
    }

    @Test
    void limitsShareOfOneHolder() {
        assertThat(take("a", 2)).isEqualTo(TAKEN);
        assertThat(take("a", 2)).isEqualTo(HOLDER_FULL);
        assertThat(take("a", 1)).isEqualTo(TAKEN);
        assertThat(take("b", 1)).isEqualTo(TAKEN);
    }

    @Test
    void limitsTotalOfAllHolders() {
        assertThat(take("a", 3)).isEqualTo(TAKEN);
        assertThat(take("b", 3)).isEqualTo(ALL_FULL);
        assertThat(take("b", 2)).isEqualTo(TAKEN);
        assertThat(take("c", 1)).isEqualTo(ALL_FULL);
    }

    @Test
    void releasedShareCanBeTakenAgain() {
        take("a", 3);
        take("b", 2);
        shares.give("a", 1);
        assertThat(take("c", 1)).isEqualTo(TAKEN);
        shares.give("c", 1);
        assertThat(take("a", 1)).isEqualTo(TAKEN);
    }

    @Test
    void forgetsHolderWithoutShares() {
        take("a", 3);
        take("b", 1);
        shares.give("a", 1);
        shares.give("b", 1);
        assertThat(shares.holders()).isEqualTo(1);
        assertThat(shares.total()).isEqualTo(2);
        shares.give("a", 2);
        assertThat(shares.holders()).isZero();
    }
}
