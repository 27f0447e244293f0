package io.tenantry.cloud.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.transfer.PackDrawdown.PackRemainder;
import io.tenantry.cloud.transfer.PackDrawdown.PackUse;
import io.tenantry.cloud.transfer.TransferPool.OverageShare;
import io.tenantry.cloud.transfer.TransferPool.Share;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PackDrawdownTest {
    private static final UUID FIRST = new UUID(0, 1);
    private static final UUID SECOND = new UUID(0, 2);
    private static final UUID WEB = new UUID(0, 3);
    private static final UUID MAIL = new UUID(0, 4);

    @Test
    void usesUpOnePackBeforeTheNext() {
        assertThat(PackDrawdown.of(
                        List.of(new PackRemainder(FIRST, 5), new PackRemainder(SECOND, 10)),
                        List.of(overageOf(WEB, 3), overageOf(MAIL, 4))))
                .containsExactly(new PackUse(FIRST, WEB, 3), new PackUse(FIRST, MAIL, 2), new PackUse(SECOND, MAIL, 2));
    }

    @Test
    void limitsUseToWhatPacksHold() {
        var uses =
                PackDrawdown.of(List.of(new PackRemainder(FIRST, 5)), List.of(overageOf(WEB, 3), overageOf(MAIL, 4)));
        assertThat(uses).containsExactly(new PackUse(FIRST, WEB, 3), new PackUse(FIRST, MAIL, 2));
        assertThat(PackDrawdown.taken(uses, overageOf(WEB, 3))).isEqualTo(3);
        assertThat(PackDrawdown.taken(uses, overageOf(MAIL, 4))).isEqualTo(2);
    }

    @Test
    void usesNothingWithoutPacksOrOverage() {
        assertThat(PackDrawdown.of(List.of(), List.of(overageOf(WEB, 3)))).isEmpty();
        assertThat(PackDrawdown.of(List.of(new PackRemainder(FIRST, 5)), List.of(overageOf(WEB, 0))))
                .isEmpty();
        assertThat(PackDrawdown.taken(List.of(), overageOf(WEB, 3))).isZero();
    }

    private static OverageShare overageOf(UUID service, long bytes) {
        return new OverageShare(new Share(service, FIRST, bytes, 0), bytes);
    }
}
