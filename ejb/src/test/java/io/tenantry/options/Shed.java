package io.tenantry.options;

import io.tenantry.audit.AuditTrail;
import io.tenantry.auditor.Rig;
import io.tenantry.auditor.Violation;
import io.tenantry.charging.Books;
import io.tenantry.charging.Books.Rented;
import io.tenantry.identity.Access;
import io.tenantry.money.Money;
import io.tenantry.pricing.PriceFixture;
import io.tenantry.provider.Backups.Policy;
import io.tenantry.provisioning.Rebuilt;
import io.tenantry.provisioning.ServicesEnded;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Desk;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import io.tenantry.work.Worker;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Servers with options of a tenant of its own, a vendor, and those who work: all over a real PostgreSQL, each step a transaction. */
final class Shed {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final Books books;
    final Desk desk;
    final Warehouse vendor = new Warehouse();
    final Holds holds;
    final AuditTrail audit;
    final OptionPrices prices;
    final VolumeOrders volumes;
    final BackupOrders backups;
    final SnapshotOrders snapshots;
    final SnapshotList copies;
    final AddressOrders addresses;
    final AddressList further;
    final OptionList list;
    final OptionDecisions decisions;
    final VolumeRounds rounds;
    final OptionFindings findings;
    final OptionFindingActions actions;
    final List<UUID> begunAnew = new ArrayList<>();
    final List<Worker> workers = new ArrayList<>();
    final Upstreams upstreams;
    final Access access;
    final Hosts hosts;
    final EndConsequences consequences;
    final Terms terms;
    final OptionEntries entries;
    private final Storeroom room;
    private final UUID price;
    private int servers;

    /** With a vendor, and others that are asked after it. */
    Shed(String slug, Upstream... others) {
        books = new Books(slug, "EUR", "Europe/Berlin");
        books.clock.stopAt(NOON);
        desk = new Desk(books.tenant);
        var all = new ArrayList<Upstream>(List.of(others));
        all.add(0, vendor);
        upstreams = new Upstreams(all);
        room = new Storeroom(new Storeroom.Parts(
                books.sql,
                books.clock,
                books.charging,
                desk.items,
                upstreams,
                new TenantDirectory(Database.administration()),
                Boundary.of(books.tenant)));
        room.hear(this::hear);
        audit = room.audit;
        holds = room.holds;
        prices = room.prices;
        volumes = room.volumes;
        backups = room.backups;
        snapshots = room.snapshots;
        copies = room.copies;
        addresses = room.addresses;
        further = room.further;
        list = room.list;
        decisions = room.decisions;
        rounds = room.rounds;
        findings = room.findings;
        actions = room.actions;
        terms = room.terms;
        access = room.access;
        hosts = room.hosts;
        consequences = room.consequences;
        entries = room.entries;
        workers.addAll(List.of(room.volumeWork, room.backupWork, room.snapshotWork, room.addressWork, room.mend));
        price = books.price("14.60");
        PriceFixture.freeOptions(books.tenant, "EUR");
    }

    /** The price of both from now on, a month: a volume's of a gibibyte, and of backups. */
    void publish(String gib, String backup) {
        publish(OptionKind.VOLUME, gib);
        publish(OptionKind.BACKUP, backup);
    }

    void publish(OptionKind kind, String monthly) {
        var outcome = books.in(() -> prices.publish(kind, Optional.of(books.money(monthly)), Optional.empty()));
        if (outcome != OptionPrices.Outcome.DONE) {
            throw new IllegalStateException("not published: " + outcome);
        }
    }

    /** A running server at two cents an hour, of a customer with that much money. */
    Rented server(String money) {
        return server(books.wallet(money));
    }

    Rented server(UUID wallet) {
        var rented = books.rent(wallet, price, books.clock.instant());
        books.in(() -> books.sql.update("""
                    insert into organization (id, name, billing_email, country, created_at)
                    select organization_id, 'Kiosk', 'books@kiosk.example', 'DE', ? from wallet where id = ?
                    on conflict do nothing
                    """, books.clock.instant(), wallet));
        place(rented, Warehouse.ACCOUNT, "fra", serverId(++servers));
        return rented;
    }

    /** That is where its server is. */
    void place(Rented server, String account, String region, String number) {
        books.in(() -> books.sql.update("""
                update service
                   set account = ?, upstream_region = ?, upstream_size = 'small', upstream_image = 'plain', upstream_id = ?
                 where id = ?
                """, account, region, number, server.service()));
    }

    /** The vendor's number of the server that was made as the how manieth. */
    static String serverId(int number) {
        return "server-" + number;
    }

    /** The vendor's number of it. */
    String number(Rented server) {
        return Database.texts("select upstream_id from " + books.tenant.schema() + ".service where id = '"
                        + server.service() + "'")
                .get(0);
    }

    /** A volume is ordered for it, at the price of now. */
    OptionOutcome order(Rented server, int gib) {
        return order(UUID.randomUUID(), server, gib);
    }

    OptionOutcome order(UUID wish, Rented server, int gib) {
        return books.in(() -> volumes.create(wish, server.service(), "data", gib, offered(OptionKind.VOLUME)));
    }

    /** The same, until it is there and attached. */
    Rented volume(Rented server, int gib) {
        var id = done(order(server, gib));
        work(4);
        return new Rented(id, server.wallet());
    }

    OptionOutcome grow(Rented volume, int gib) {
        return books.in(() -> volumes.grow(volume.service(), gib, offered(OptionKind.VOLUME)));
    }

    OptionOutcome backUp(Rented server) {
        return backUp(server, Optional.of(Policy.DAILY));
    }

    /** Its server is to be copied that often, at the price of now. */
    OptionOutcome backUp(Rented server, Optional<Policy> policy) {
        return books.in(() -> backups.switchOn(server.service(), policy, offered(policy)));
    }

    /** It is to be copied that often instead, at the price of now. */
    OptionOutcome copyAsOften(Rented server, Policy policy) {
        return books.in(() -> backups.change(server.service(), policy, offered(Optional.of(policy))));
    }

    void publish(Policy policy, String monthly) {
        var outcome = books.in(() -> prices.publish(policy, Optional.of(books.money(monthly)), Optional.empty()));
        if (outcome != OptionPrices.Outcome.DONE) {
            throw new IllegalStateException("not published: " + outcome);
        }
    }

    /** A snapshot of it is to be taken, at the price of now. */
    OptionOutcome snap(Rented server) {
        return snap(UUID.randomUUID(), server);
    }

    OptionOutcome snap(UUID wish, Rented server) {
        return books.in(() -> snapshots.take(wish, server.service(), "before", offered(OptionKind.SNAPSHOT)));
    }

    /** The same, until it is ready. */
    Rented snapshot(Rented server) {
        var id = done(snap(server));
        work(2);
        return new Rented(id, server.wallet());
    }

    /** It is to have one more address, at the price of now. */
    OptionOutcome reachMore(Rented server) {
        return reachMore(UUID.randomUUID(), server);
    }

    OptionOutcome reachMore(UUID wish, Rented server) {
        return books.in(() -> addresses.take(wish, server.service(), offered(OptionKind.ADDRESS)));
    }

    /** The same, until it leads there. */
    UUID address(Rented server) {
        var id = done(reachMore(server));
        work(2);
        return id;
    }

    UUID offered(OptionKind kind) {
        return terms.offer(kind, Currency.getInstance("EUR"))
                .map(Terms.Offer::priceId)
                .orElseGet(UUID::randomUUID);
    }

    UUID offered(Optional<Policy> policy) {
        return terms.offer(policy, Currency.getInstance("EUR"))
                .map(Terms.Offer::priceId)
                .orElseGet(UUID::randomUUID);
    }

    static UUID done(OptionOutcome outcome) {
        return ((OptionOutcome.Done) outcome).optionId();
    }

    /** As the product ends a server: what it is told of comes before the server's own last hour. */
    void end(Rented server) {
        books.in(() -> {
            room.ended(new ServicesEnded(List.of(server.service()), books.clock.instant()));
            return true;
        });
        books.end(server, books.clock.instant());
    }

    /** Its server has begun anew. */
    void rebuilt(Rented server) {
        books.in(() -> {
            hear(new Rebuilt(server.service()));
            return true;
        });
    }

    private void hear(Rebuilt event) {
        begunAnew.add(event.serviceId());
        room.begunAnew(event);
    }

    /** Its server is being resized or set up anew, or not any more. */
    void changing(Rented server, @Nullable String what) {
        books.in(() -> books.sql.update("update service set changing = ? where id = ?", what, server.service()));
    }

    /** It is in its rescue system, or in its own again. */
    void rescued(Rented server, boolean isIn) {
        books.in(() -> books.sql.update(
                "update service set rescue = case when ? then gen_random_uuid() end where id = ?",
                isIn,
                server.service()));
    }

    /** Everybody works at what is due, whenever that is. */
    void work() {
        desk.makeDue();
        desk.letLeasesRunOut();
        try {
            desk.work(workers.toArray(Worker[]::new));
        } catch (Warehouse.Death dead) {
            // As was meant: somebody else goes on when the lease has run out.
        }
    }

    /** As often. */
    void work(int times) {
        for (var i = 0; i < times; i++) {
            work();
        }
    }

    /** What vendors have is read. */
    void read() {
        books.in(rounds::begin);
        desk.makeDue();
        desk.work(room.reading, room.look);
    }

    /** What becomes of a turn at backups. */
    Outcome turn(Work work) {
        try (var acting = Actors.enter(Actor.system(work.kind()))) {
            return Tenancy.in(work.tenant(), () -> room.backupWork.work(work));
        }
    }

    /** That much time goes by for vendors. */
    void pass(Duration span) {
        var earlier = " - interval '" + span.toSeconds() + " seconds'";
        Database.asOwner("update " + books.tenant.schema() + ".service_option set asked_at = asked_at" + earlier
                + ", missed_at = missed_at" + earlier);
    }

    /** That much time goes by for customers, and every hour of it is charged. */
    void charge(Duration span) {
        books.clock.stopAt(books.clock.instant().plus(span));
        books.charge(books.clock.instant());
    }

    /** The vendor gives the number of an option's server to another's. */
    void giveNumberAway(UUID option) {
        var number = column(
                option,
                "(select s.upstream_id from " + books.tenant.schema()
                        + ".service s where s.id = service_option.service_id)");
        vendor.gives(number, UUID.randomUUID());
    }

    /** One column of an option. */
    String column(UUID option, String expression) {
        return Database.texts("select coalesce((" + expression + ")::text, '-') from " + books.tenant.schema()
                        + ".service_option where id = '" + option + "'")
                .get(0);
    }

    String state(UUID option) {
        return column(option, "state");
    }

    List<String> holds(UUID option) {
        return books.in(() -> books.sql.query(
                "select state from wallet_hold where service_id = ? order by held_at, id",
                row -> row.text("state"),
                option));
    }

    List<String> timeline(Rented server) {
        return books.in(() -> books.sql.query(
                "select what from service_event where service_id = ? order by id",
                row -> row.text("what"),
                server.service()));
    }

    Money charged(UUID option, UUID wallet) {
        return books.charged(new Rented(option, wallet));
    }

    /** What is written down of where a server can be reached, besides the address that it came up with. */
    List<String> addressesOf(Rented server) {
        return books.in(() -> books.sql.query(
                "select address from service_address where service_id = ? order by position, address",
                row -> row.text("address"),
                server.service()));
    }

    /** What waits for a person. */
    List<String> parked() {
        return Database.texts("select kind || ': ' || parked_why from work.work_item where tenant = '" + books.tenant
                + "' and state = 'PARKED' order by id");
    }

    /** What the auditor finds. */
    List<Violation> violations() {
        return Rig.found(books.tenant);
    }
}
