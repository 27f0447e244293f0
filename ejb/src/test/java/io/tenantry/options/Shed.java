package io.tenantry.options;

import io.tenantry.audit.AuditTrail;
import io.tenantry.auditor.Rig;
import io.tenantry.auditor.Violation;
import io.tenantry.charging.Books;
import io.tenantry.charging.Books.Rented;
import io.tenantry.identity.Access;
import io.tenantry.money.Money;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots.Snapshot;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.Rebuilt;
import io.tenantry.provisioning.ServerAddresses;
import io.tenantry.provisioning.ServicesEnded;
import io.tenantry.provisioning.Upstream;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Desk;
import io.tenantry.work.Outcome;
import io.tenantry.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Servers with options of a tenant of its own, a vendor, and those who work: all over a real PostgreSQL, each step a transaction. */
final class Shed {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final Books books;
    final Desk desk;
    final Warehouse vendor = new Warehouse();
    final Holds holds;
    final AuditTrail audit = new AuditTrail();
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
    final List<UUID> begunAnew = new ArrayList<>();
    private final OptionRecords records;
    private final OptionLives lives;
    private final Terms terms;
    private final AddressRules addressRules;
    private final ServerAddresses reach;
    private final ServerEnds ends;
    private final ServersAnew anew;
    private final VolumeWork volumeWork;
    private final BackupWork backupWork;
    private final SnapshotWork snapshotWork;
    private final AddressWork addressWork;
    private final BackupReading reading;
    private final VolumeLook look;
    private final UUID price;
    private int servers;

    /** With a vendor, and others that are asked after it. */
    Shed(String slug, Upstream... others) {
        books = new Books(slug, "EUR", "Europe/Berlin");
        books.clock.stopAt(NOON);
        desk = new Desk(books.tenant);
        var sql = books.sql;
        var clock = books.clock;
        var access = new Access(sql);
        io.tenantry.provider.account.Desk.inject(audit, "sql", sql);
        holds = new Holds(sql, clock);
        records = new OptionRecords(sql, clock);
        terms = new Terms(sql, clock);
        lives = new OptionLives(records, desk.items, holds, books.charging, clock);
        var all = new ArrayList<Upstream>(List.of(others));
        all.add(0, vendor);
        var upstreams = new Upstreams(all);
        var hosts = new Hosts(sql, access, upstreams);
        prices = new OptionPrices(sql, clock, access, audit, new TenantDirectory(Database.administration()));
        var entries = new OptionEntries(sql, clock, access, audit, records, terms, holds, desk.items);
        var rules = new SnapshotRules(sql);
        volumes = new VolumeOrders(sql, clock, records, hosts, terms, holds, books.charging, entries);
        ends = new ServerEnds(sql, records, books.charging, holds, desk.items, clock);
        backups = new BackupOrders(sql, clock, records, hosts, books.charging, desk.items, entries, ends, rules);
        snapshots = new SnapshotOrders(sql, clock, records, hosts, rules, books.charging, entries);
        copies = new SnapshotList(sql, clock, access, hosts, terms);
        addressRules = new AddressRules(sql);
        reach = new ServerAddresses(sql);
        addresses = new AddressOrders(clock, records, hosts, addressRules, books.charging, entries);
        further = new AddressList(sql, clock, access, hosts, terms);
        list = new OptionList(sql, clock, access, hosts, terms);
        decisions = new OptionDecisions(access, audit, desk.items, records, lives, terms, holds);
        rounds = new VolumeRounds(sql, access, desk.items);
        anew = new ServersAnew(sql, clock, records, desk.items);
        var steps = new Stepping(this);
        var options = new OptionWork(steps, upstreams);
        var restored = new Restoring(this);
        restored.hear(this::hear);
        var restoring = new RestoreWork(options, steps, restored);
        var copying = new Copying(this);
        volumeWork = new VolumeWork(options, steps, new Making(this));
        backupWork = new BackupWork(options, steps, copying, restoring);
        snapshotWork = new SnapshotWork(options, steps, new Snapping(this), restoring);
        addressWork = new AddressWork(options, steps, new Getting(this));
        reading = new BackupReading(steps, copying, upstreams);
        look = new VolumeLook(new Looking(this), upstreams);
        price = books.price("14.60");
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
        return books.in(() -> backups.switchOn(server.service(), offered(OptionKind.BACKUP)));
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

    private UUID offered(OptionKind kind) {
        return terms.offer(kind).map(Terms.Offer::priceId).orElseGet(UUID::randomUUID);
    }

    static UUID done(OptionOutcome outcome) {
        return ((OptionOutcome.Done) outcome).optionId();
    }

    /** As the product ends a server: what it is told of comes before the server's own last hour. */
    void end(Rented server) {
        books.in(() -> {
            ends.serversEnded(new ServicesEnded(List.of(server.service()), books.clock.instant()));
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
        anew.begunAnew(event);
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
            desk.work(volumeWork, backupWork, snapshotWork, addressWork);
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
        desk.work(reading, look);
    }

    /** What becomes of a turn at backups. */
    Outcome turn(Work work) {
        try (var acting = Actors.enter(Actor.system(work.kind()))) {
            return Tenancy.in(work.tenant(), () -> backupWork.work(work));
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

    private <T> T in(Supplier<T> step) {
        return Database.in(books.tenant, step);
    }

    private void run(Runnable step) {
        Database.run(books.tenant, step);
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class Stepping extends OptionSteps {
        private final Shed shed;

        Stepping(Shed shed) {
            super(shed.records, shed.lives, shed.desk.items);
            this.shed = shed;
        }

        @Override
        public boolean isPast(Work work) {
            return shed.in(() -> super.isPast(work));
        }

        @Override
        public ServiceOption read(UUID id) {
            return shed.in(() -> super.read(id));
        }

        @Override
        public Announced announceCreation(Work work, Announced.Rule rule) {
            return shed.in(() -> super.announceCreation(work, rule));
        }

        @Override
        public void announce(Work work) {
            shed.run(() -> super.announce(work));
        }

        @Override
        public void taken(Work work, Task task) {
            shed.run(() -> super.taken(work, task));
        }

        @Override
        public void refused(Work work) {
            shed.run(() -> super.refused(work));
        }

        @Override
        public void unsure(Work work) {
            shed.run(() -> super.unsure(work));
        }

        @Override
        public void note(Work work, String upstreamId) {
            shed.run(() -> super.note(work, upstreamId));
        }

        @Override
        public boolean fail(Work work, Reason reason, String words) {
            return shed.in(() -> super.fail(work, reason, words));
        }

        @Override
        public Duration leave(Work work) {
            return shed.in(() -> super.leave(work));
        }

        @Override
        public boolean missed(Work work) {
            return shed.in(() -> super.missed(work));
        }
    }

    private static final class Restoring extends RestoreSteps {
        private final Shed shed;

        Restoring(Shed shed) {
            super(shed.records, shed.lives, shed.desk.items);
            this.shed = shed;
        }

        @Override
        public void restored(Work work, boolean isCertain) {
            shed.run(() -> super.restored(work, isCertain));
        }

        @Override
        public void giveUp(Work work, Reason reason) {
            shed.run(() -> super.giveUp(work, reason));
        }
    }

    private static final class Making extends VolumeSteps {
        private final Shed shed;

        Making(Shed shed) {
            super(shed.records, shed.lives, shed.holds, shed.books.charging, shed.books.clock);
            this.shed = shed;
        }

        @Override
        public void activate(Work work) {
            shed.run(() -> super.activate(work));
        }

        @Override
        public void done(Work work) {
            shed.run(() -> super.done(work));
        }

        @Override
        public void giveUp(Work work, Reason reason) {
            shed.run(() -> super.giveUp(work, reason));
        }

        @Override
        public void drop(Work work) {
            shed.run(() -> super.drop(work));
        }
    }

    private static final class Copying extends BackupSteps {
        private final Shed shed;

        Copying(Shed shed) {
            super(shed.books.sql, shed.records, shed.lives, shed.desk.items, shed.books.clock);
            this.shed = shed;
        }

        @Override
        public void activate(Work work) {
            shed.run(() -> super.activate(work));
        }

        @Override
        public void off(Work work) {
            shed.run(() -> super.off(work));
        }

        @Override
        public void list(Work work, List<Snapshot> copies) {
            shed.run(() -> super.list(work, copies));
        }
    }

    private static final class Snapping extends SnapshotSteps {
        private final Shed shed;

        Snapping(Shed shed) {
            super(shed.records, shed.lives, shed.terms);
            this.shed = shed;
        }

        @Override
        public void activate(Work work, long sizeMib) {
            shed.run(() -> super.activate(work, sizeMib));
        }
    }

    private static final class Getting extends AddressSteps {
        private final Shed shed;

        Getting(Shed shed) {
            super(shed.records, shed.lives, shed.addressRules, shed.reach);
            this.shed = shed;
        }

        @Override
        public boolean isAsked(UUID serviceId) {
            return shed.in(() -> super.isAsked(serviceId));
        }

        @Override
        public Announced announce(Work work, List<String> there) {
            return shed.in(() -> super.announce(work, there));
        }

        @Override
        public void note(Work work, String text) {
            shed.run(() -> super.note(work, text));
        }

        @Override
        public void activate(Work work, boolean isListed) {
            shed.run(() -> super.activate(work, isListed));
        }

        @Override
        public boolean failWithServer(Work work, String words) {
            return shed.in(() -> super.failWithServer(work, words));
        }

        @Override
        public boolean missed(Work work) {
            return shed.in(() -> super.missed(work));
        }
    }

    private static final class Looking extends VolumeSightings {
        private final Shed shed;

        Looking(Shed shed) {
            super(shed.books.sql, shed.books.clock, shed.desk.items);
            this.shed = shed;
        }

        @Override
        public Map<UUID, Charged> charged(String account) {
            return shed.in(() -> super.charged(account));
        }

        @Override
        public List<String> copied(String account) {
            return shed.in(() -> super.copied(account));
        }

        @Override
        public List<Addressed> addressed(String account) {
            return shed.in(() -> super.addressed(account));
        }

        @Override
        public void compare(Work work, String account, Map<UUID, Charged> before, List<Thing> things) {
            shed.run(() -> super.compare(work, account, before, things));
        }
    }
}
