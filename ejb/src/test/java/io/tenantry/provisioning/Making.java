package io.tenantry.provisioning;

import io.tenantry.charging.Books;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.wallet.Holds;
import io.tenantry.work.Desk;
import io.tenantry.work.Work;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Orders of a tenant of its own, a vendor, and those who work: all over a real PostgreSQL, each step a transaction. */
final class Making {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final Books books;
    final Desk desk;
    final Workshop vendor = new Workshop();
    final Holds holds;
    private final Lives lives;
    private final Provision provision;
    private final Remove remove;
    private final UUID price;
    private final UUID plan;

    Making(String slug) {
        books = new Books(slug, "EUR", "Europe/Berlin");
        books.clock.stopAt(NOON);
        desk = new Desk(books.tenant);
        holds = new Holds(books.sql, books.clock);
        lives = new Lives(books.sql, books.clock);
        var calls = new Calls(books.sql);
        var upstreams = new Upstreams(List.of(vendor));
        provision = new Provision(new MakingSteps(books, lives, calls, desk, holds), upstreams);
        remove = new Remove(new LeavingSteps(books.tenant, lives, calls, desk), upstreams);
        price = books.price("7.30");
        plan = books.in(() ->
                books.sql.one("select plan_id from price_version where id = ?", row -> row.uuid("plan_id"), price));
    }

    /** As a customer does: a cent an hour, two of them held. */
    UUID order(UUID wallet) {
        return books.in(() -> {
            var id = UUID.randomUUID();
            var organization = books.sql.one(
                    "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet);
            if (holds.hold(wallet, id, books.money("0.02"), Duration.ofHours(4)).isPresent()) {
                throw new IllegalStateException("no money");
            }
            var place = vendor.place(plan, new io.tenantry.catalog.Plan.Size(1, 1024, 10, 1000), "fra");
            lives.begin(id, new Order(organization, "web", plan, "fra"), wallet, price, place.orElseThrow());
            lives.tell(lives.read(id), "ordered", "plan", "small");
            desk.items.write(Provision.KIND, id.toString(), id);
            return id;
        });
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
            desk.work(provision, remove);
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
        public Announced announce(Work work, boolean isReserved) {
            return Database.in(tenant, () -> super.announce(work, isReserved));
        }

        @Override
        public void note(Work work, Server server) {
            Database.run(tenant, () -> super.note(work, server));
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
}
