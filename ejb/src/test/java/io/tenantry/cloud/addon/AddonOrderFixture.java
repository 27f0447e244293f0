package io.tenantry.cloud.addon;

import io.tenantry.billing.wallet.ItemsCharged;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.addon.AddonSelection.Extra;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provisioning.Order;
import io.tenantry.cloud.provisioning.ProvisioningBeans;
import io.tenantry.cloud.provisioning.ServiceOrders;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** A site where customers order servers with add-ons, of a provider that supports all of them. */
final class AddonOrderFixture {
    final AddonFixture addonFixture;
    final AddonOffers offers;
    final UUID plan;
    private final ProvisioningBeans provisioningBeans;
    private int customers;

    /** An organization, its owner, and its wallet. */
    record Customer(UUID organization, Actor owner, UUID wallet) {}

    AddonOrderFixture(String slug) {
        addonFixture = new AddonFixture(slug);
        addonFixture.provider.enableServerCreation();
        var billingFixture = addonFixture.billingFixture;
        provisioningBeans = new ProvisioningBeans(new ProvisioningBeans.Parts(
                billingFixture.sql,
                billingFixture.clock,
                billingFixture.charging,
                new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger),
                addonFixture.workQueueFixture.items,
                addonFixture.provisioningTargets,
                Boundary.of(billingFixture.tenant)));
        addonFixture.workers.addAll(provisioningBeans.workers());
        offers = new AddonOffers(addonFixture.addonPricing, addonFixture.addonServers);
        var price = billingFixture.price("7.30");
        plan = billingFixture.in(() -> billingFixture.sql.one(
                "select plan_id from price_version where id = ?", row -> row.uuid("plan_id"), price));
        billingFixture.in(
                () -> billingFixture.sql.update("insert into plan_region (plan_id, region) values (?, 'fra')", plan));
    }

    /** A gibibyte and an address cost 73 and 7.3 cents a month, backups 3.65: whole tenths of a cent an hour. */
    void publish() {
        addonFixture.publish("0.073", "3.65");
        addonFixture.publish(AddonType.ADDRESS, "0.73");
    }

    /** Creates a customer with that much money. */
    Customer customer(String money) {
        var billingFixture = addonFixture.billingFixture;
        var wallet = billingFixture.wallet(money);
        var owner = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Olga");
        var organization = billingFixture.in(() -> {
            var id = billingFixture.sql.one(
                    "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet);
            var now = billingFixture.clock.instant();
            billingFixture.sql.update("""
                    insert into organization (id, name, billing_email, country, created_at) values (?, 'Kiosk', 'k@kiosk.example', 'DE', ?)
                    """, id, now);
            billingFixture.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, 'Olga', ?)",
                    owner.personId(),
                    "olga" + ++customers + "@kiosk.example",
                    now);
            billingFixture.sql.update(
                    "insert into membership (organization_id, person_id, role, joined_at) values (?, ?, 'owner', ?)",
                    id,
                    owner.personId(),
                    now);
            return id;
        });
        return new Customer(organization, owner, wallet);
    }

    /** Returns daily backups, ten gibibytes and two addresses, at the current prices. */
    AddonSelection allAddons() {
        return new AddonSelection(List.of(
                Extra.addresses(2, currentPrice(AddonType.ADDRESS)),
                Extra.volume(10, currentPrice(AddonType.VOLUME)),
                Extra.backups(
                        Optional.of(Policy.DAILY),
                        Optional.of(addonFixture.billingFixture.in(
                                () -> addonFixture.offered(Optional.of(Policy.DAILY)))))));
    }

    Optional<UUID> currentPrice(AddonType kind) {
        return Optional.of(addonFixture.billingFixture.in(() -> addonFixture.offered(kind)));
    }

    ServiceOrders.Outcome order(Customer customer, AddonSelection addonSelection) {
        return order(customer, addonSelection, UUID.randomUUID().toString());
    }

    /** Orders as the page does: in one transaction, as the person. */
    ServiceOrders.Outcome order(Customer customer, AddonSelection addonSelection, String key) {
        return Database.in(addonFixture.billingFixture.tenant, () -> {
            try (var actorScope = Actors.enter(customer.owner())) {
                return orders().order(new Order(customer.organization(), "web", plan, "fra"), addonSelection, key);
            }
        });
    }

    UUID ordered(Customer customer, AddonSelection addonSelection) {
        return ((ServiceOrders.Outcome.Done) order(customer, addonSelection)).serviceId();
    }

    private ServerOrders orders() {
        return new ServerOrders(
                addonFixture.billingFixture.clock,
                addonFixture.access,
                provisioningBeans.serviceOrders(),
                addonFixture.addonServers,
                addonFixture.addonPricing,
                ItemsCharged.wallets(addonFixture.billingFixture),
                addonFixture.reservations,
                addonFixture.entries);
    }

    /** Staff resolve the parked item: no such server exists. */
    void giveUp(UUID service) {
        addonFixture.billingFixture.in(() -> provisioningBeans.decisions().giveUp(service, "nobody there"));
    }

    /** Makes all servers run and runs all workers until no work is left. */
    void completeOrders() {
        addonFixture.provider.setServerStates(ProviderServer.State.RUNNING);
        addonFixture.work(8);
    }

    /** Returns columns of a server's add-ons. */
    List<String> addons(UUID service, String expression) {
        return Database.texts("select " + expression + " from " + schema() + ".addon where service_id = '" + service
                + "' order by kind, ordered_at, id");
    }

    String state(UUID service) {
        return Database.texts("select state from " + schema() + ".service where id = '" + service + "'")
                .get(0);
    }

    /** Returns the number of a customer's rows. */
    int rows(String table, String column, UUID id) {
        return Database.texts("select id from " + schema() + "." + table + " where " + column + " = '" + id + "'")
                .size();
    }

    /** Returns the amount reserved in a wallet. */
    Money reserved(Customer customer) {
        return addonFixture.billingFixture.in(() -> addonFixture.billingFixture.sql.one(
                "select coalesce(sum(amount), 0) as held from wallet_reservation where wallet_id = ? and state = 'RESERVED'",
                row -> new Money(
                        row.decimal("held"),
                        addonFixture.billingFixture.money("0").currency()),
                customer.wallet()));
    }

    private String schema() {
        return addonFixture.billingFixture.tenant.schema();
    }
}
