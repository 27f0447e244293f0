package io.tenantry.cloud.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provisioning.ServiceOrders.Outcome;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The rows written when a server is ordered from a provider. */
class OrdersTest {
    private static ProvisioningFixture provisioningFixture;

    @BeforeAll
    static void open() {
        provisioningFixture = new ProvisioningFixture("ordering");
        provisioningFixture.billingFixture.in(() -> provisioningFixture.billingFixture.sql.update(
                "insert into plan_region (plan_id, region) values (?, 'fra')", provisioningFixture.plan));
    }

    @Test
    void reservesTheFirstHoursAndQueuesTheWork() {
        var wallet = provisioningFixture.billingFixture.wallet("1");
        var done = (Outcome.Done) order(wallet, provisioningFixture.provisioningTargets);

        assertThat(provisioningFixture.state(done.serviceId())).isEqualTo("ORDERED");
        assertThat(provisioningFixture.column(
                        done.serviceId(), "account || ' ' || provider_region || ' ' || provider_size"))
                .isEqualTo("workshop fra small");
        assertThat(provisioningFixture.reservationState(done.serviceId())).isEqualTo("RESERVED");
        assertThat(provisioningFixture.timeline(done.serviceId())).containsExactly("ordered");
        assertThat(provisioningFixture.workQueueFixture.column(
                        provisioningFixture.billingFixture.tenant, "kind || ' ' || state || ' ' || subject"))
                .contains("provision OPEN " + done.serviceId());
        assertThat(provisioningFixture.billingFixture.balance(wallet))
                .isEqualTo(provisioningFixture.billingFixture.money("1"));
    }

    @Test
    void reportsTheMissingAmount() {
        var wallet = provisioningFixture.billingFixture.wallet("0.015");
        assertThat(order(wallet, provisioningFixture.provisioningTargets))
                .isEqualTo(new Outcome.InsufficientFunds(provisioningFixture.billingFixture.money("0.005")));
        assertThat(services(wallet)).isEmpty();
    }

    @Test
    void refusesAnOrderWhoseOnlyProviderIsUnavailable() {
        var wallet = provisioningFixture.billingFixture.wallet("1");
        var closed = new ProvisioningTargets(List.of(provisioningFixture.provider, new Closed()));
        assertThat(order(wallet, closed)).isEqualTo(new Outcome.OfferWithdrawn());
        assertThat(services(wallet)).isEmpty();
    }

    @Test
    void refusesAnOrderAtAPriceThatIsNoLongerInForce() {
        var wallet = provisioningFixture.billingFixture.wallet("1");
        var seen = price();
        assertThat(order(wallet, Optional.of(UUID.randomUUID()))).isEqualTo(new Outcome.PriceChanged(monthly()));
        assertThat(services(wallet)).isEmpty();
        assertThat(order(wallet, Optional.of(seen))).isInstanceOf(Outcome.Done.class);
    }

    /** Returns the price version of the plan that is in force. */
    private static UUID price() {
        return provisioningFixture.billingFixture.in(() -> provisioningFixture.billingFixture.sql.one(
                "select id from price_version where plan_id = ? order by version desc limit 1",
                row -> row.uuid("id"),
                provisioningFixture.plan));
    }

    private static Money monthly() {
        return provisioningFixture.billingFixture.in(() -> provisioningFixture.billingFixture.sql.one(
                "select currency, monthly from price_version where id = ?",
                row -> Money.of(row.decimal("monthly").toString(), row.text("currency")),
                price()));
    }

    private static List<String> services(UUID wallet) {
        return Database.texts("select id from t_ordering.service where wallet_id = '" + wallet + "'");
    }

    private static Outcome order(UUID wallet, ProvisioningTargets provisioningTargets) {
        return order(wallet, provisioningTargets, Optional.empty());
    }

    private static Outcome order(UUID wallet, Optional<UUID> seenPrice) {
        return order(wallet, provisioningFixture.provisioningTargets, seenPrice);
    }

    private static Outcome order(UUID wallet, ProvisioningTargets provisioningTargets, Optional<UUID> seenPrice) {
        var billingFixture = provisioningFixture.billingFixture;
        var catalog = new Catalog();
        ProviderAccountFixture.inject(catalog, "sql", billingFixture.sql);
        ProviderAccountFixture.inject(catalog, "clock", billingFixture.clock);
        var serviceOrders = new ServiceOrders();
        serviceOrders.clock = billingFixture.clock;
        serviceOrders.access = new Access(billingFixture.sql);
        serviceOrders.audit = provisioningFixture.audit;
        serviceOrders.launchConfigs = new LaunchConfigs();
        serviceOrders.orderChecks = new OrderChecks(
                billingFixture.sql,
                catalog,
                new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger),
                provisioningTargets,
                serviceOrders.launchConfigs,
                new Quotas(billingFixture.sql));
        serviceOrders.serviceLifecycle = provisioningFixture.serviceLifecycle;
        serviceOrders.reservations = provisioningFixture.reservations;
        serviceOrders.items = provisioningFixture.workQueueFixture.items;
        return billingFixture.in(() -> {
            var order = provisioningFixture.orderOf(provisioningFixture.organization(wallet));
            return serviceOrders.order(new Order(
                    order.organizationId(),
                    order.name(),
                    order.planId(),
                    order.region(),
                    order.launchConfig(),
                    seenPrice));
        });
    }

    /** A target that accepts every plan, and none now. */
    private static final class Closed implements ProvisioningTarget {
        @Override
        public boolean makes(UUID planId) {
            return true;
        }

        @Override
        public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
            return Optional.empty();
        }

        @Override
        public Optional<TargetAccount> open(String account) {
            return Optional.empty();
        }
    }
}
