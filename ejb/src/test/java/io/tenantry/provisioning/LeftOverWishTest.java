package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.provider.Power;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.testing.Boundary;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An item whose worker died when all was done is still there when something else is wanted: it has nothing to do with that. */
class LeftOverWishTest {
    private static Making making;
    private static SwitchPower switcher;

    @BeforeAll
    static void open() {
        making = new Making("left-over");
        var books = making.books;
        switcher = new Workroom(new Workroom.Parts(
                        books.sql,
                        books.clock,
                        books.charging,
                        new Wallets(books.sql, books.clock, books.ledger),
                        making.desk.items,
                        making.upstreams,
                        Boundary.of(books.tenant)))
                .power();
    }

    @Test
    void aServerIsRestartedOnceAlsoIfWorkIsLeftOver() {
        var service = making.order(making.books.wallet("1"));
        making.settle();
        making.books.in(() -> making.desk.items.write(SwitchPower.KIND, "left over", service));
        assertThat(making.books.<Powers.Outcome>in(() -> making.powers().want(service, Switching.RESTART)))
                .isEqualTo(new Powers.Outcome.Wanted());
        var leftOver = claimed();
        var wanted = claimed();

        assertThat(work(leftOver)).isEqualTo(Outcome.done());
        assertThat(making.vendor.switched()).isEmpty();
        assertThat(work(wanted)).isInstanceOf(Outcome.Later.class);
        assertThat(work(leftOver)).isEqualTo(Outcome.done());
        assertThat(making.vendor.switched()).containsExactly(Power.RESTART);

        making.work();
        assertThat(making.vendor.switched()).containsExactly(Power.RESTART);
        assertThat(making.timeline(service)).endsWith("power_restart", "power_restarted");
        assertThat(making.desk.column(making.books.tenant, "state")).containsOnly("DONE");
    }

    private static Work claimed() {
        return making.desk.queue.claim(Set.of(SwitchPower.KIND)).orElseThrow();
    }

    private static Outcome work(Work work) {
        try (var acting = Actors.enter(Actor.system("power"))) {
            return Tenancy.in(work.tenant(), () -> switcher.work(work));
        }
    }
}
