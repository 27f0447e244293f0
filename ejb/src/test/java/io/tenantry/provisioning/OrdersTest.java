package io.tenantry.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.identity.Access;
import io.tenantry.provider.account.Desk;
import io.tenantry.provisioning.Services.Outcome;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Wallets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is written down when a server is ordered that a vendor makes. */
class OrdersTest {
    private static Making making;

    @BeforeAll
    static void open() {
        making = new Making("ordering");
        making.books.in(() ->
                making.books.sql.update("insert into plan_region (plan_id, region) values (?, 'fra')", making.plan));
    }

    @Test
    void anOrderHoldsItsFirstHoursAndLeavesItsWork() {
        var wallet = making.books.wallet("1");
        var done = (Outcome.Done) order(wallet, making.upstreams);

        assertThat(making.state(done.serviceId())).isEqualTo("ORDERED");
        assertThat(making.column(done.serviceId(), "account || ' ' || upstream_region || ' ' || upstream_size"))
                .isEqualTo("workshop fra small");
        assertThat(making.hold(done.serviceId())).isEqualTo("HELD");
        assertThat(making.timeline(done.serviceId())).containsExactly("ordered");
        assertThat(making.desk.column(making.books.tenant, "kind || ' ' || state || ' ' || subject"))
                .contains("provision OPEN " + done.serviceId());
        assertThat(making.books.balance(wallet)).isEqualTo(making.books.money("1"));
    }

    @Test
    void whoHasTooLittleIsToldHowMuchIsMissing() {
        var wallet = making.books.wallet("0.015");
        assertThat(order(wallet, making.upstreams)).isEqualTo(new Outcome.TooLittle(making.books.money("0.005")));
        assertThat(services(wallet)).isEmpty();
    }

    @Test
    void whatOneVendorMakesAloneIsNotOrderedWhileItCannot() {
        var wallet = making.books.wallet("1");
        var closed = new Upstreams(List.of(making.vendor, new Closed()));
        assertThat(order(wallet, closed)).isEqualTo(new Outcome.OfferWithdrawn());
        assertThat(services(wallet)).isEmpty();
    }

    private static List<String> services(UUID wallet) {
        return Database.texts("select id from t_ordering.service where wallet_id = '" + wallet + "'");
    }

    private static Outcome order(UUID wallet, Upstreams upstreams) {
        var books = making.books;
        var catalog = new Catalog();
        Desk.inject(catalog, "sql", books.sql);
        Desk.inject(catalog, "clock", books.clock);
        var services = new Services();
        services.sql = books.sql;
        services.clock = books.clock;
        services.access = new Access(books.sql);
        services.audit = making.audit;
        services.catalog = catalog;
        services.wallets = new Wallets(books.sql, books.clock, books.ledger);
        services.charging = books.charging;
        services.upstreams = upstreams;
        services.lives = making.lives;
        services.quotas = new Quotas(books.sql);
        services.beginnings = new Beginnings();
        services.calls = making.calls;
        services.holds = making.holds;
        services.items = making.desk.items;
        return books.in(() -> services.order(making.wish(making.organization(wallet))));
    }

    /** One that makes every plan, and none now. */
    private static final class Closed implements Upstream {
        @Override
        public boolean makes(UUID planId) {
            return true;
        }

        @Override
        public Optional<Place> place(UUID planId, Plan.Size size, String region) {
            return Optional.empty();
        }

        @Override
        public Optional<Home> open(String account) {
            return Optional.empty();
        }
    }
}
