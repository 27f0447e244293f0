package io.tenantry.options;

import io.tenantry.audit.AuditTrail;
import io.tenantry.charging.Charging;
import io.tenantry.identity.Access;
import io.tenantry.ledger.Ledger;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Snapshots.Snapshot;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.Rebuilt;
import io.tenantry.provisioning.ServerAddresses;
import io.tenantry.provisioning.ServicesEnded;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.wallet.Holds;
import io.tenantry.wallet.WalletMoved;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import io.tenantry.work.Worker;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;

/** What servers have besides: the beans themselves, each step a transaction, for whatever tenant is entered. */
public final class Storeroom {
    public final OptionPrices prices;
    public final VolumeOrders volumes;
    public final BackupOrders backups;
    public final SnapshotOrders snapshots;
    public final AddressOrders addresses;
    public final OptionDecisions decisions;
    public final VolumeRounds rounds;
    final AuditTrail audit = new AuditTrail();
    final Holds holds;
    final SnapshotList copies;
    final AddressList further;
    final OptionList list;
    final Terms terms;
    final Access access;
    final Hosts hosts;
    final OptionEntries entries;
    final ServerEnds ends;
    final EndConsequences consequences;
    final ServersAnew anew;
    final VolumeWork volumeWork;
    final BackupWork backupWork;
    final SnapshotWork snapshotWork;
    final AddressWork addressWork;
    final BackupReading reading;
    final VolumeLook look;
    final OptionMend mend;
    final OptionFindings findings;
    final OptionFindingActions actions;
    private final Parts parts;
    private final OptionRecords records;
    private final OptionLives lives;
    private final AddressRules addressRules;
    private final ServerAddresses reach;
    private final Restoring restored;

    /** What it is put together from. */
    public record Parts(
            Sql sql,
            Clock clock,
            Charging charging,
            WorkItems items,
            Upstreams upstreams,
            TenantDirectory tenants,
            Boundary boundary) {}

    public Storeroom(Parts parts) {
        this.parts = parts;
        var sql = parts.sql();
        var clock = parts.clock();
        var charging = parts.charging();
        var items = parts.items();
        access = new Access(sql);
        io.tenantry.provider.account.Desk.inject(audit, "sql", sql);
        holds = new Holds(sql, clock);
        records = new OptionRecords(sql, clock);
        terms = new Terms(sql, clock);
        lives = new OptionLives(records, items, holds, charging, clock);
        hosts = new Hosts(sql, access, parts.upstreams());
        prices = new OptionPrices(sql, clock, access, audit, parts.tenants());
        entries = new OptionEntries(sql, clock, access, audit, records, terms, holds, items);
        var rules = new SnapshotRules(sql);
        volumes = new VolumeOrders(sql, clock, records, hosts, terms, holds, charging, entries);
        ends = new ServerEnds(sql, records, charging, holds, items, clock);
        consequences = new EndConsequences(ends, hosts, sql);
        backups = new BackupOrders(sql, clock, records, hosts, charging, items, entries, ends, rules, terms, holds);
        snapshots = new SnapshotOrders(sql, clock, records, hosts, rules, charging, entries);
        copies = new SnapshotList(sql, clock, access, hosts, terms);
        addressRules = new AddressRules(sql);
        reach = new ServerAddresses(sql);
        addresses = new AddressOrders(clock, records, hosts, addressRules, charging, entries);
        further = new AddressList(sql, clock, access, hosts, terms);
        list = new OptionList(sql, clock, access, hosts, terms);
        decisions =
                new OptionDecisions(access, audit, items, records, new OptionCare(items, records, lives, terms, holds));
        rounds = new VolumeRounds(sql, access, items);
        anew = new ServersAnew(sql, clock, records, items);
        var steps = new Stepping(this);
        var options = new OptionWork(steps, parts.upstreams());
        restored = new Restoring(this);
        restored.hear(anew::begunAnew);
        var restoring = new RestoreWork(options, steps, restored);
        var copying = new Copying(this);
        volumeWork = new VolumeWork(options, steps, new Making(this));
        backupWork =
                new BackupWork(options, steps, copying, restoring, new PolicyWork(options, steps, new Turning(this)));
        snapshotWork = new SnapshotWork(options, steps, new Snapping(this), restoring);
        addressWork = new AddressWork(options, steps, new Getting(this));
        reading = new BackupReading(steps, copying, parts.upstreams());
        look = new VolumeLook(new Looking(this), parts.upstreams());
        mend = new OptionMend(new Mending(this), parts.upstreams());
        var wallets = new Wallets(sql, clock, new Ledger(sql, clock));
        io.tenantry.provider.account.Desk.inject(wallets, "moved", unheard());
        var losses =
                new OptionLosses(new OptionLosses.Parts(sql, clock, records, ends, charging, wallets, terms, reach));
        findings = new OptionFindings(sql, access, clock, terms, parts.tenants());
        actions = new OptionFindingActions(sql, clock, access, audit, items, records, terms, charging, losses);
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletMoved> unheard() {
        return (Event<WalletMoved>) Proxy.newProxyInstance(
                Storeroom.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> null);
    }

    /** Those who do what waits, and read what vendors have. */
    public List<Worker> workers() {
        return List.of(volumeWork, backupWork, snapshotWork, addressWork, reading, look, mend);
    }

    /** The price of one now, as it is shown to whoever orders. */
    public UUID price(OptionKind kind) {
        return terms.offer(kind, parts.tenants().current().currency())
                .orElseThrow()
                .priceId();
    }

    /** Services are ended, in the transaction in progress. */
    public void ended(ServicesEnded event) {
        ends.serversEnded(event);
    }

    /** A server has begun anew, or was put back, in the transaction in progress. */
    public void begunAnew(Rebuilt event) {
        anew.begunAnew(event);
    }

    /** Who is told of servers that were put back, in place of {@link #begunAnew}. */
    void hear(Consumer<Rebuilt> hearer) {
        restored.hear(hearer);
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class Stepping extends OptionSteps {
        private final Storeroom room;

        Stepping(Storeroom room) {
            super(room.records, room.lives, room.parts.items());
            this.room = room;
        }

        @Override
        public boolean isPast(Work work) {
            return room.parts.boundary().in("option is past", () -> super.isPast(work));
        }

        @Override
        public boolean isBehind(Work work) {
            return room.parts.boundary().in("option is behind", () -> super.isBehind(work));
        }

        @Override
        public ServiceOption read(UUID id) {
            return room.parts.boundary().in("option read", () -> super.read(id));
        }

        @Override
        public Announced announceCreation(Work work, Announced.Rule rule) {
            return room.parts.boundary().in("option announce creation", () -> super.announceCreation(work, rule));
        }

        @Override
        public void announce(Work work) {
            room.parts.boundary().run("option announce", () -> super.announce(work));
        }

        @Override
        public void taken(Work work, Task task) {
            room.parts.boundary().run("option taken", () -> super.taken(work, task));
        }

        @Override
        public void refused(Work work) {
            room.parts.boundary().run("option refused", () -> super.refused(work));
        }

        @Override
        public void unsure(Work work) {
            room.parts.boundary().run("option unsure", () -> super.unsure(work));
        }

        @Override
        public void note(Work work, String upstreamId) {
            room.parts.boundary().run("option note", () -> super.note(work, upstreamId));
        }

        @Override
        public boolean fail(Work work, Reason reason, String words) {
            return room.parts.boundary().in("option fail", () -> super.fail(work, reason, words));
        }

        @Override
        public boolean dropWithServer(Work work, String words) {
            return room.parts.boundary().in("option drop with server", () -> super.dropWithServer(work, words));
        }

        @Override
        public Duration leave(Work work) {
            return room.parts.boundary().in("option leave", () -> super.leave(work));
        }

        @Override
        public boolean missed(Work work) {
            return room.parts.boundary().in("option missed", () -> super.missed(work));
        }
    }

    private static final class Restoring extends RestoreSteps {
        private final Storeroom room;

        Restoring(Storeroom room) {
            super(room.records, room.lives, room.parts.items());
            this.room = room;
        }

        @Override
        public void restored(Work work, boolean isCertain) {
            room.parts.boundary().run("restore restored", () -> super.restored(work, isCertain));
        }

        @Override
        public void giveUp(Work work, Reason reason) {
            room.parts.boundary().run("restore give up", () -> super.giveUp(work, reason));
        }
    }

    private static final class Making extends VolumeSteps {
        private final Storeroom room;

        Making(Storeroom room) {
            super(room.records, room.lives, room.holds, room.parts.charging(), room.parts.clock());
            this.room = room;
        }

        @Override
        public void activate(Work work) {
            room.parts.boundary().run("volume activate", () -> super.activate(work));
        }

        @Override
        public void done(Work work) {
            room.parts.boundary().run("volume done", () -> super.done(work));
        }

        @Override
        public void giveUp(Work work, Reason reason) {
            room.parts.boundary().run("volume give up", () -> super.giveUp(work, reason));
        }

        @Override
        public void drop(Work work) {
            room.parts.boundary().run("volume drop", () -> super.drop(work));
        }
    }

    private static final class Copying extends BackupSteps {
        private final Storeroom room;

        Copying(Storeroom room) {
            super(room.parts.sql(), room.records, room.lives, room.parts.items(), room.parts.clock());
            this.room = room;
        }

        @Override
        public void activate(Work work) {
            room.parts.boundary().run("backup activate", () -> super.activate(work));
        }

        @Override
        public void off(Work work) {
            room.parts.boundary().run("backup off", () -> super.off(work));
        }

        @Override
        public boolean missed(Work work) {
            return room.parts.boundary().in("backup missed", () -> super.missed(work));
        }

        @Override
        public boolean isBeingSwitchedOn(Work work) {
            return room.parts.boundary().in("backup is being switched on", () -> super.isBeingSwitchedOn(work));
        }

        @Override
        public void list(Work work, List<Snapshot> copies) {
            room.parts.boundary().run("backup list", () -> super.list(work, copies));
        }
    }

    private static final class Turning extends PolicySteps {
        private final Storeroom room;

        Turning(Storeroom room) {
            super(room.records, room.lives, room.holds, room.parts.charging(), room.parts.items(), room.parts.clock());
            this.room = room;
        }

        @Override
        public boolean announce(Work work) {
            return room.parts.boundary().in("policy announce", () -> super.announce(work));
        }

        @Override
        public void changed(Work work) {
            room.parts.boundary().run("policy changed", () -> super.changed(work));
        }

        @Override
        public void giveUp(Work work, Reason reason) {
            room.parts.boundary().run("policy give up", () -> super.giveUp(work, reason));
        }
    }

    private static final class Snapping extends SnapshotSteps {
        private final Storeroom room;

        Snapping(Storeroom room) {
            super(room.parts.sql(), room.records, room.lives, room.terms);
            this.room = room;
        }

        @Override
        public List<String> servers(UUID id) {
            return room.parts.boundary().in("snapshot servers", () -> super.servers(id));
        }

        @Override
        public Announced announce(Work work, Announced.Rule rule) {
            return room.parts.boundary().in("snapshot announce", () -> super.announce(work, rule));
        }

        @Override
        public void reach(Work work, int percent) {
            room.parts.boundary().run("snapshot reach", () -> super.reach(work, percent));
        }

        @Override
        public void activate(Work work, long sizeMib) {
            room.parts.boundary().run("snapshot activate", () -> super.activate(work, sizeMib));
        }
    }

    private static final class Getting extends AddressSteps {
        private final Storeroom room;

        Getting(Storeroom room) {
            super(room.records, room.lives, room.addressRules, room.reach);
            this.room = room;
        }

        @Override
        public boolean isAsked(UUID serviceId) {
            return room.parts.boundary().in("address is asked", () -> super.isAsked(serviceId));
        }

        @Override
        public boolean isBehind(ServiceOption address) {
            return room.parts.boundary().in("address is behind", () -> super.isBehind(address));
        }

        @Override
        public Announced announce(Work work, List<String> there) {
            return room.parts.boundary().in("address announce", () -> super.announce(work, there));
        }

        @Override
        public void note(Work work, String text) {
            room.parts.boundary().run("address note", () -> super.note(work, text));
        }

        @Override
        public void activate(Work work, boolean isListed) {
            room.parts.boundary().run("address activate", () -> super.activate(work, isListed));
        }

        @Override
        public boolean failWithServer(Work work, String words) {
            return room.parts.boundary().in("address fail with server", () -> super.failWithServer(work, words));
        }

        @Override
        public boolean missed(Work work) {
            return room.parts.boundary().in("address missed", () -> super.missed(work));
        }
    }

    private static final class Looking extends VolumeSightings {
        private final Storeroom room;

        Looking(Storeroom room) {
            super(
                    room.parts.sql(),
                    room.parts.clock(),
                    room.parts.items(),
                    new OptionFindingRecords(room.parts.sql(), room.parts.clock()));
            this.room = room;
        }

        @Override
        public Map<UUID, Charged> charged(String account) {
            return room.parts.boundary().in("look charged", () -> super.charged(account));
        }

        @Override
        public List<String> copied(String account) {
            return room.parts.boundary().in("look copied", () -> super.copied(account));
        }

        @Override
        public List<Addressed> addressed(String account) {
            return room.parts.boundary().in("look addressed", () -> super.addressed(account));
        }

        @Override
        public List<LostAddress> lost(String account) {
            return room.parts.boundary().in("look lost", () -> super.lost(account));
        }

        @Override
        public List<BackedUp> backedUp(String account, Set<String> numbers) {
            return room.parts.boundary().in("look backed up", () -> super.backedUp(account, numbers));
        }

        @Override
        public void compare(
                Work work, String account, Map<UUID, Charged> before, List<Thing> things, Set<UUID> unsure) {
            room.parts.boundary().run("look compare", () -> super.compare(work, account, before, things, unsure));
        }
    }

    private static final class Mending extends OptionMendSteps {
        private final Storeroom room;

        Mending(Storeroom room) {
            super(room.parts.sql(), room.parts.items(), room.records);
            this.room = room;
        }

        @Override
        public Optional<Order> read(Work work) {
            return room.parts.boundary().in("mend read", () -> super.read(work));
        }

        @Override
        public Optional<Duration> ask(Work work) {
            return room.parts.boundary().in("mend ask", () -> super.ask(work));
        }

        @Override
        public void gone(Work work) {
            room.parts.boundary().run("mend gone", () -> super.gone(work));
        }

        @Override
        public void on(Work work) {
            room.parts.boundary().run("mend on", () -> super.on(work));
        }

        @Override
        public void callOff(Work work, String words) {
            room.parts.boundary().run("mend call off", () -> super.callOff(work, words));
        }
    }
}
