package io.tenantry.options;

import io.tenantry.money.Money;
import io.tenantry.options.Extras.Extra;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provider.Server;
import io.tenantry.provisioning.Order;
import io.tenantry.provisioning.Services;
import io.tenantry.provisioning.Workroom;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import io.tenantry.wallet.ItemsTaken;
import io.tenantry.wallet.Wallets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Where a customer orders servers with what they are to have besides, of a vendor that makes all of it. */
final class Showroom {
    final Shed shed;
    final WholeOffers offers;
    final UUID plan;
    private final Workroom workroom;
    private int customers;

    /** An organization, who acts for it, and what it pays from. */
    record Customer(UUID organization, Actor owner, UUID wallet) {}

    Showroom(String slug) {
        shed = new Shed(slug);
        shed.vendor.makesServers();
        var books = shed.books;
        workroom = new Workroom(new Workroom.Parts(
                books.sql,
                books.clock,
                books.charging,
                new Wallets(books.sql, books.clock, books.ledger),
                shed.desk.items,
                shed.upstreams,
                Boundary.of(books.tenant)));
        shed.workers.addAll(workroom.workers());
        offers = new WholeOffers(shed.terms, shed.hosts);
        var price = books.price("7.30");
        plan = books.in(() ->
                books.sql.one("select plan_id from price_version where id = ?", row -> row.uuid("plan_id"), price));
        books.in(() -> books.sql.update("insert into plan_region (plan_id, region) values (?, 'fra')", plan));
    }

    /** A gibibyte and an address cost 73 and 7.3 cents a month, backups 3.65: whole tenths of a cent an hour. */
    void publish() {
        shed.publish("0.073", "3.65");
        shed.publish(OptionKind.ADDRESS, "0.73");
    }

    /** A customer with that much money. */
    Customer customer(String money) {
        var books = shed.books;
        var wallet = books.wallet(money);
        var owner = new Actor(Actor.Kind.MEMBER, UUID.randomUUID(), "Olga");
        var organization = books.in(() -> {
            var id = books.sql.one(
                    "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet);
            var now = books.clock.instant();
            books.sql.update("""
                    insert into organization (id, name, billing_email, country, created_at) values (?, 'Kiosk', 'k@kiosk.example', 'DE', ?)
                    """, id, now);
            books.sql.update(
                    "insert into person (id, email, name, created_at) values (?, ?, 'Olga', ?)",
                    owner.personId(),
                    "olga" + ++customers + "@kiosk.example",
                    now);
            books.sql.update(
                    "insert into membership (organization_id, person_id, role, joined_at) values (?, ?, 'owner', ?)",
                    id,
                    owner.personId(),
                    now);
            return id;
        });
        return new Customer(organization, owner, wallet);
    }

    /** Backups each day, ten gibibytes and two addresses, at the prices of now. */
    Extras everything() {
        return new Extras(List.of(
                Extra.addresses(2, seen(OptionKind.ADDRESS)),
                Extra.volume(10, seen(OptionKind.VOLUME)),
                Extra.backups(
                        Optional.of(Policy.DAILY),
                        Optional.of(shed.books.in(() -> shed.offered(Optional.of(Policy.DAILY)))))));
    }

    Optional<UUID> seen(OptionKind kind) {
        return Optional.of(shed.books.in(() -> shed.offered(kind)));
    }

    Services.Outcome order(Customer customer, Extras extras) {
        return order(customer, extras, UUID.randomUUID().toString());
    }

    /** As the page does: in one transaction, of the person. */
    Services.Outcome order(Customer customer, Extras extras, String key) {
        return Database.in(shed.books.tenant, () -> {
            try (var acting = Actors.enter(customer.owner())) {
                return orders().order(new Order(customer.organization(), "web", plan, "fra"), extras, key);
            }
        });
    }

    UUID ordered(Customer customer, Extras extras) {
        return ((Services.Outcome.Done) order(customer, extras)).serviceId();
    }

    private WholeOrders orders() {
        return new WholeOrders(
                shed.books.clock,
                shed.access,
                workroom.services(),
                shed.hosts,
                shed.terms,
                ItemsTaken.wallets(shed.books),
                shed.holds,
                shed.entries);
    }

    /** Staff see to what waits for a person: there is no such server. */
    void giveUp(UUID service) {
        shed.books.in(() -> workroom.decisions().giveUp(service, "nobody there"));
    }

    /** All servers run, and everybody works until nothing is left to do. */
    void settle() {
        shed.vendor.all(Server.State.RUNNING);
        shed.work(8);
    }

    /** What a server has besides, as columns of it. */
    List<String> options(UUID service, String expression) {
        return Database.texts("select " + expression + " from " + schema() + ".service_option where service_id = '"
                + service + "' order by kind, ordered_at, id");
    }

    String state(UUID service) {
        return Database.texts("select state from " + schema() + ".service where id = '" + service + "'")
                .get(0);
    }

    /** How many there are of a customer's rows. */
    int rows(String table, String column, UUID id) {
        return Database.texts("select id from " + schema() + "." + table + " where " + column + " = '" + id + "'")
                .size();
    }

    /** What is held of a wallet. */
    Money held(Customer customer) {
        return shed.books.in(() -> shed.books.sql.one(
                "select coalesce(sum(amount), 0) as held from wallet_hold where wallet_id = ? and state = 'HELD'",
                row -> new Money(row.decimal("held"), shed.books.money("0").currency()),
                customer.wallet()));
    }

    private String schema() {
        return shed.books.tenant.schema();
    }
}
