package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Plan;
import io.tenantry.provider.Power;
import io.tenantry.provider.Provider;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.testing.Boundary;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An item whose worker died when all was done is still there when something else is wanted: then two see to one wish. */
class LeftOverWishTest {
    private static Making making;

    @BeforeAll
    static void open() {
        making = new Making("left-over");
    }

    @Test
    void aServerIsRestartedOnceAlsoIfTwoSeeToIt() {
        var service = making.order(making.books.wallet("1"));
        making.settle();
        making.books.in(() -> making.desk.items.write(SwitchPower.KIND, "left over", service));
        assertThat(making.books.<Powers.Outcome>in(() -> making.powers().want(service, Switching.RESTART)))
                .isEqualTo(new Powers.Outcome.Wanted());
        var one = claimed();
        var other = claimed();
        var switcher = switcher(making.vendor);

        var meanwhile = switcher(looking(() -> assertThat(work(switcher, other)).isInstanceOf(Outcome.Later.class)));
        assertThat(work(meanwhile, one)).isInstanceOf(Outcome.Later.class);

        assertThat(making.vendor.switched()).containsExactly(Power.RESTART);
        making.work();
        assertThat(making.vendor.switched()).containsExactly(Power.RESTART);
        assertThat(making.timeline(service)).endsWith("power_restart", "power_restarted");
        assertThat(making.desk.column(making.books.tenant, "state")).containsOnly("DONE");
    }

    private static Work claimed() {
        return making.desk.queue.claim(Set.of(SwitchPower.KIND)).orElseThrow();
    }

    private static Outcome work(SwitchPower switcher, Work work) {
        try (var acting = Actors.enter(Actor.system("power"))) {
            return Tenancy.in(work.tenant(), () -> switcher.work(work));
        }
    }

    /** Somebody who switches servers of that vendor. */
    private static SwitchPower switcher(Provider vendor) {
        var books = making.books;
        var upstreams = new Upstreams(List.of(new Upstream() {
            @Override
            public Optional<Place> place(UUID planId, Plan.Size size, String region) {
                return Optional.empty();
            }

            @Override
            public Optional<Home> open(String account) {
                return Optional.of(new Home(vendor, Map.of()));
            }
        }));
        return new Workroom(new Workroom.Parts(
                        books.sql,
                        books.clock,
                        books.charging,
                        new Wallets(books.sql, books.clock, books.ledger),
                        making.desk.items,
                        upstreams,
                        Boundary.of(books.tenant)))
                .power();
    }

    /** The vendor, with something that happens once, while a server is looked at. */
    private static Provider looking(Runnable meanwhile) {
        var left = new int[] {1};
        return (Provider) Proxy.newProxyInstance(
                LeftOverWishTest.class.getClassLoader(),
                new Class<?>[] {Provider.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("server") && left[0]-- > 0) {
                        meanwhile.run();
                    }
                    try {
                        return method.invoke(making.vendor, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }
}
