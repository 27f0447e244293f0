package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.catalog.Plan;
import io.tenantry.charging.Books;
import io.tenantry.identity.Access;
import io.tenantry.provider.Owner;
import io.tenantry.provider.Power;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provisioning.Workshop.Fate;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Desk;
import io.tenantry.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Orders of a tenant of its own, a vendor, and those who work: all over a real PostgreSQL, each step a transaction. */
final class Making {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    static final Plan.Size SIZE = new Plan.Size(1, 1024, 10, 1000);

    final Books books;
    final Desk desk;
    final Workshop vendor = new Workshop();
    final Holds holds;
    final Lives lives;
    final Calls calls;
    final Wishes wishes;
    final AuditTrail audit = new AuditTrail();
    final Upstreams upstreams;
    final UUID plan;
    private final Provision provision;
    private final Remove remove;
    private final SwitchPower power;
    private final CutNetwork network;
    private final UUID price;

    /** With a vendor, and others that are asked after it. */
    Making(String slug, Upstream... others) {
        books = new Books(slug, "EUR", "Europe/Berlin");
        books.clock.stopAt(NOON);
        desk = new Desk(books.tenant);
        holds = new Holds(books.sql, books.clock);
        lives = new Lives(books.sql, books.clock);
        calls = new Calls(books.sql);
        wishes = new Wishes(books.sql, books.clock, calls, holds, desk.items);
        io.tenantry.provider.account.Desk.inject(audit, "sql", books.sql);
        var all = new ArrayList<Upstream>(List.of(others));
        all.add(0, vendor);
        upstreams = new Upstreams(all);
        provision = new Provision(new MakingSteps(books, lives, calls, desk, holds), upstreams);
        remove = new Remove(new LeavingSteps(books.tenant, lives, calls, desk), upstreams);
        power = new SwitchPower(new SwitchingSteps(books, lives, calls, desk), upstreams);
        network = new CutNetwork(new CuttingSteps(books, lives, calls, desk), upstreams);
        price = books.price("7.30");
        plan = books.in(() ->
                books.sql.one("select plan_id from price_version where id = ?", row -> row.uuid("plan_id"), price));
    }

    /** As a customer does: a cent an hour, two of them held. */
    UUID order(UUID wallet) {
        return order(wallet, vendor.place(plan, SIZE, "fra").orElseThrow());
    }

    /** The same, somewhere else. */
    UUID order(UUID wallet, Upstream.Place place) {
        return books.in(() -> {
            var id = UUID.randomUUID();
            var organization = organization(wallet);
            if (holds.hold(wallet, id, books.money("0.02"), Duration.ofHours(4)).isPresent()) {
                throw new IllegalStateException("no money");
            }
            lives.begin(id, wish(organization), wallet, price, place);
            lives.tell(lives.read(id), "ordered", "plan", "small");
            desk.items.write(Provision.KIND, id.toString(), id);
            return id;
        });
    }

    /** What is ordered. */
    Order wish(UUID organization) {
        return new Order(organization, "web", plan, "fra");
    }

    /** Whose wallet it is; from now on a customer that is known. */
    UUID organization(UUID wallet) {
        var id = books.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet);
        books.sql.update("""
                insert into organization (id, name, billing_email, country, created_at)
                values (?, 'Kiosk', 'books@kiosk.example', 'DE', ?)
                on conflict do nothing
                """, id, books.clock.instant());
        return id;
    }

    /** What people ask for by hand. */
    Powers powers() {
        var powers = new Powers();
        powers.sql = books.sql;
        powers.clock = books.clock;
        powers.access = new Access(books.sql);
        powers.audit = audit;
        powers.lives = lives;
        powers.items = desk.items;
        return powers;
    }

    /** A server that was asked for once, with that end, and of which the vendor has been silent until a person has to look. */
    UUID unclear(UUID wallet, Fate creation) {
        vendor.creations(creation);
        var service = order(wallet);
        work();
        vendor.looks(Collections.nCopies(9, Fate.SILENT).toArray(Fate[]::new));
        work(9);
        if (!state(service).equals("UNKNOWN")) {
            throw new IllegalStateException("service " + service + " is " + state(service));
        }
        return service;
    }

    /** What is held for orders has ended. */
    void holdsEnd() {
        books.clock.stopAt(books.clock.instant().plus(Services.HELD_FOR).plusSeconds(1));
    }

    /** What was held for it, and what became of that. */
    String holds(UUID service) {
        return String.join(
                ", ",
                books.in(() -> books.sql.query(
                        "select amount || ' ' || state as hold from wallet_hold where service_id = ? order by held_at, id",
                        row -> row.text("hold"),
                        service)));
    }

    /** Who has services suspended, where those are the vendors. */
    Suspensions suspensions(Upstreams vendors) {
        var suspensions = new Suspensions();
        suspensions.sql = books.sql;
        suspensions.clock = books.clock;
        suspensions.access = new Access(books.sql);
        suspensions.audit = audit;
        suspensions.lives = lives;
        suspensions.calls = calls;
        suspensions.wishes = wishes;
        suspensions.items = desk.items;
        suspensions.charging = books.charging;
        suspensions.abilities = new Abilities(vendors);
        return suspensions;
    }

    /** What staff decide. */
    Decisions decisions() {
        return new Decisions(new Access(books.sql), audit, desk.items, lives, care());
    }

    /** What becomes of what is decided. */
    ServiceCare care() {
        var failures = new Failures(lives, calls, desk.items, holds, books.clock);
        return new ServiceCare(books.sql, desk.items, lives, calls, failures, wishes, holds);
    }

    /** As a customer does. */
    void end(UUID service) {
        books.in(() -> {
            var life = lives.lock(service);
            lives.end(life, Service.State.TERMINATING, books.clock.instant());
            books.charging.end(service, life.walletId(), books.clock.instant());
            return desk.items.write(Remove.KIND, service.toString(), service);
        });
    }

    /** Everybody works at what is due, whenever that is. */
    void work() {
        desk.makeDue();
        desk.letLeasesRunOut();
        try {
            desk.work(provision, remove, power, network);
        } catch (Workshop.Death dead) {
            // As was meant: somebody else goes on when the lease has run out.
        }
    }

    /** As often. */
    void work(int times) {
        for (var i = 0; i < times; i++) {
            work();
        }
    }

    /** That much time goes by for vendors. */
    void pass(Duration span) {
        var earlier = " - interval '" + span.toSeconds() + " seconds'";
        Database.asOwner("update " + books.tenant.schema() + ".provider_call set sent_at = sent_at" + earlier
                + ", missed_at = missed_at" + earlier);
    }

    /** An order until its server runs. */
    void settle() {
        work();
        vendor.all(Server.State.RUNNING);
        work();
    }

    String state(UUID service) {
        return books.in(() -> lives.read(service).state().name());
    }

    String hold(UUID service) {
        return books.in(() ->
                books.sql.one("select state from wallet_hold where service_id = ?", row -> row.text("state"), service));
    }

    List<String> timeline(UUID service) {
        return books.in(() -> books.sql.query(
                "select what from service_event where service_id = ? order by id", row -> row.text("what"), service));
    }

    /** One column of what the owner of the database sees of the service. */
    String column(UUID service, String expression) {
        return Database.texts("select " + expression + " from " + books.tenant.schema() + ".service where id = '"
                        + service + "'")
                .get(0);
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class MakingSteps extends ProvisionSteps {
        private final TenantId tenant;

        MakingSteps(Books books, Lives lives, Calls calls, Desk desk, Holds holds) {
            super(lives, calls, desk.items, holds, books.charging, books.clock);
            tenant = books.tenant;
        }

        @Override
        public Life read(UUID serviceId) {
            return Database.in(tenant, () -> super.read(serviceId));
        }

        @Override
        public Owner owner(Life life) {
            return Database.in(tenant, () -> super.owner(life));
        }

        @Override
        public Beginnings.Handed handed(UUID serviceId) {
            return Database.in(tenant, () -> super.handed(serviceId));
        }

        @Override
        public Announced announce(Work work, boolean isReserved) {
            return Database.in(tenant, () -> super.announce(work, isReserved));
        }

        @Override
        public void note(Work work, Server server) {
            Database.run(tenant, () -> super.note(work, server));
        }

        @Override
        public void reached(Work work, List<String> addresses) {
            Database.run(tenant, () -> super.reached(work, addresses));
        }

        @Override
        public void activate(Work work, String address) {
            Database.run(tenant, () -> super.activate(work, address));
        }

        @Override
        public void refused(Work work, String words) {
            Database.run(tenant, () -> super.refused(work, words));
        }

        @Override
        public void unsure(Work work, String words) {
            Database.run(tenant, () -> super.unsure(work, words));
        }

        @Override
        public void fail(Work work, Reason reason, String words) {
            Database.run(tenant, () -> super.fail(work, reason, words));
        }

        @Override
        public boolean giveUp(Work work, Reason reason, String words) {
            return Database.in(tenant, () -> super.giveUp(work, reason, words));
        }

        @Override
        public void doubt(Work work) {
            Database.run(tenant, () -> super.doubt(work));
        }

        @Override
        public Duration age(UUID serviceId) {
            return Database.in(tenant, () -> super.age(serviceId));
        }
    }

    private static final class LeavingSteps extends RemoveSteps {
        private final TenantId tenant;

        LeavingSteps(TenantId tenant, Lives lives, Calls calls, Desk desk) {
            super(lives, calls, desk.items);
            this.tenant = tenant;
        }

        @Override
        public Life read(UUID serviceId) {
            return Database.in(tenant, () -> super.read(serviceId));
        }

        @Override
        public Duration announce(Work work) {
            return Database.in(tenant, () -> super.announce(work));
        }

        @Override
        public boolean missed(Work work) {
            return Database.in(tenant, () -> super.missed(work));
        }
    }

    private static final class SwitchingSteps extends PowerSteps {
        private final TenantId tenant;

        SwitchingSteps(Books books, Lives lives, Calls calls, Desk desk) {
            super(books.sql, lives, calls, desk.items);
            tenant = books.tenant;
        }

        @Override
        public Standing read(Work work) {
            return Database.in(tenant, () -> super.read(work));
        }

        @Override
        public boolean announce(Work work, Power wanted) {
            return Database.in(tenant, () -> super.announce(work, wanted));
        }

        @Override
        public void settle(Work work) {
            Database.run(tenant, () -> super.settle(work));
        }

        @Override
        public void taken(Work work, Task task) {
            Database.run(tenant, () -> super.taken(work, task));
        }

        @Override
        public void refused(Work work, String words) {
            Database.run(tenant, () -> super.refused(work, words));
        }

        @Override
        public void unsure(Work work, String words) {
            Database.run(tenant, () -> super.unsure(work, words));
        }

        @Override
        public void done(Work work, boolean isCertain) {
            Database.run(tenant, () -> super.done(work, isCertain));
        }

        @Override
        public void fail(Work work, Reason reason, String words) {
            Database.run(tenant, () -> super.fail(work, reason, words));
        }

        @Override
        public void drop(Work work) {
            Database.run(tenant, () -> super.drop(work));
        }
    }

    /** The same of those who cut servers off. */
    private static final class CuttingSteps extends NetworkSteps {
        private final TenantId tenant;

        CuttingSteps(Books books, Lives lives, Calls calls, Desk desk) {
            super(books.sql, books.clock, lives, calls, desk.items);
            tenant = books.tenant;
        }

        @Override
        public Situation read(Work work) {
            return Database.in(tenant, () -> super.read(work));
        }

        @Override
        public boolean announce(Work work, Network network) {
            return Database.in(tenant, () -> super.announce(work, network));
        }

        @Override
        public void taken(Work work, Task task) {
            Database.run(tenant, () -> super.taken(work, task));
        }

        @Override
        public void refused(Work work, String words) {
            Database.run(tenant, () -> super.refused(work, words));
        }

        @Override
        public void unsure(Work work, String words) {
            Database.run(tenant, () -> super.unsure(work, words));
        }

        @Override
        public void done(Work work) {
            Database.run(tenant, () -> super.done(work));
        }

        @Override
        public void fallBack(Work work, String words) {
            Database.run(tenant, () -> super.fallBack(work, words));
        }

        @Override
        public void drop(Work work) {
            Database.run(tenant, () -> super.drop(work));
        }
    }
}
