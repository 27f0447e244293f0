package io.tenantry.provisioning;

import io.tenantry.identity.Access;
import io.tenantry.money.Money;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.work.Work;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Servers that run, those who ask something of them, and those who see to it: all over a real PostgreSQL, each step a transaction. */
final class Operating {
    final Counter counter;
    final Making making;
    final Fitter vendor;
    final ChangeSteps steps;
    final Resizes resizes = new Resizes();
    final Rebuilds rebuilds = new Rebuilds();
    final Rescues rescues = new Rescues();
    final AddressNames names = new AddressNames();
    final Upkeep upkeep = new Upkeep();
    private final TenantId tenant;
    private final Resize resize;
    private final Rebuild rebuild;
    private final Rescue rescue;
    private final Return back;
    private final NameAddress naming;

    Operating(String slug) {
        counter = new Counter(slug);
        making = counter.making;
        tenant = making.books.tenant;
        vendor = new Fitter(making.vendor);
        var upstreams = new Upstreams(List.of(vendor));
        steps = new ChangingSteps(making);
        resize = new Resize(steps, upstreams);
        rebuild = new Rebuild(steps, upstreams, new Provision());
        rescue = new Rescue(steps, upstreams, new Provision());
        back = new Return(steps, upstreams, new Provision());
        naming = new NameAddress(new NamingSteps(making), upstreams);
        offer(upstreams);
    }

    /** Who asks reaches that vendor, and no other. */
    void offer(Upstreams upstreams) {
        var sql = making.books.sql;
        var access = new Access(sql);
        var handling = new Handling(sql, access);
        var abilities = new Abilities(upstreams);
        resizes.clock = making.books.clock;
        resizes.access = access;
        resizes.audit = making.audit;
        resizes.catalog = counter.services.catalog;
        resizes.charging = making.books.charging;
        resizes.services = counter.services;
        resizes.handling = handling;
        resizes.upstreams = upstreams;
        resizes.abilities = abilities;
        resizes.lives = making.lives;
        resizes.wishes = making.wishes;
        resizes.holds = making.holds;
        rebuilds.access = access;
        rebuilds.audit = making.audit;
        rebuilds.handling = handling;
        rebuilds.abilities = abilities;
        rebuilds.images = counter.images;
        rebuilds.beginnings = counter.services.beginnings;
        rebuilds.lives = making.lives;
        rebuilds.wishes = making.wishes;
        rescues.access = access;
        rescues.audit = making.audit;
        rescues.handling = handling;
        rescues.abilities = abilities;
        rescues.lives = making.lives;
        rescues.wishes = making.wishes;
        names.sql = sql;
        names.clock = making.books.clock;
        names.access = access;
        names.audit = making.audit;
        names.handling = handling;
        names.abilities = abilities;
        names.lives = making.lives;
        names.items = making.desk.items;
        upkeep.sql = sql;
        upkeep.access = access;
        upkeep.audit = making.audit;
        upkeep.handling = handling;
        upkeep.lives = making.lives;
    }

    /** A server that runs, of the plan at a cent an hour with a disk of 10 GB; its first hour is charged. */
    UUID up(UUID wallet) {
        vendor.sells(making.plan, "small");
        var service = making.order(wallet);
        making.settle();
        return service;
    }

    /** Another plan that is sold where servers are. */
    UUID plan(String monthly, int disk) {
        var plan = making.books.plan();
        making.books.price(plan, 1, monthly);
        making.books.in(() -> {
            making.books.sql.update("update plan set disk_gib = ? where id = ?", disk, plan);
            return making.books.sql.update("insert into plan_region (plan_id, region) values (?, 'fra')", plan);
        });
        return plan;
    }

    /** The same, as which servers have that size at the vendor. */
    UUID plan(String monthly, int disk, String size) {
        var plan = plan(monthly, disk);
        vendor.sells(plan, size);
        return plan;
    }

    /** Everybody works at what is due, whenever that is. */
    void work() {
        making.desk.makeDue();
        making.desk.letLeasesRunOut();
        try {
            making.desk.work(resize, rebuild, rescue, back, naming);
        } catch (Workshop.Death dead) {
            // As was meant: somebody else goes on when the lease has run out.
        }
    }

    void work(int times) {
        for (var i = 0; i < times; i++) {
            work();
        }
    }

    /** That much time goes by for vendors and those who wait for them. */
    void pass(Duration span) {
        making.pass(span);
        Database.asOwner("update " + tenant.schema() + ".service_wish set wanted_at = wanted_at - interval '"
                + span.toSeconds() + " seconds'");
    }

    /** An hour and so many minutes of books go by without a charge. */
    void moveTo(Duration afterNoon) {
        making.books.clock.stopAt(Making.NOON.plus(afterNoon));
    }

    /** As pages read it. */
    Services.Summary summary(UUID service) {
        return making.books.in(
                () -> making.books.sql.one(Services.SUMMARIES + " where s.id = ?", Services::summary, service));
    }

    Money balance(UUID service) {
        return making.books.balance(UUID.fromString(making.column(service, "wallet_id")));
    }

    /** How what was held for a service ended, the first first. */
    List<String> holds(UUID service) {
        return texts("select amount::numeric(9, 2) || ' ' || state from %s.wallet_hold where service_id = '" + service
                + "' order by held_at, id");
    }

    /** What came of what the vendor was asked. */
    List<String> calls(UUID service, String step) {
        return texts(
                "select outcome || coalesce(nullif(': ' || words, ': '), '') from %s.provider_call where service_id = '"
                        + service + "' and step = '" + step + "' order by id");
    }

    /** Somebody who owns the organization of a service. */
    Actor member(UUID service, String name) {
        var person = UUID.randomUUID();
        var schema = tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person + "', '"
                + person + "@kiosk.example', '" + name + "', now())");
        Database.asOwner("insert into " + schema + ".membership (organization_id, person_id, role, joined_at) values ('"
                + making.column(service, "organization_id") + "', '" + person + "', 'owner', now())");
        return new Actor(Actor.Kind.MEMBER, person, name);
    }

    /** What somebody was told, the first first. */
    List<String> told(Actor person) {
        return texts("select kind || ' ' || subject || ' ' || detail from %s.notification where person_id = '"
                + person.personId() + "' order by id");
    }

    List<String> texts(String query) {
        return Database.texts(query.replace("%s", tenant.schema()));
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class ChangingSteps extends ChangeSteps {
        private final TenantId tenant;

        ChangingSteps(Making making) {
            super(
                    making.books.sql,
                    making.books.clock,
                    making.lives,
                    making.wishes,
                    making.calls,
                    making.desk.items,
                    making.holds,
                    making.books.charging,
                    making.audit);
            tenant = making.books.tenant;
        }

        @Override
        public Standing read(Work work) {
            return Database.in(tenant, () -> super.read(work));
        }

        @Override
        public boolean announce(Work work) {
            return Database.in(tenant, () -> super.announce(work));
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
        public boolean isLost(Work work) {
            return Database.in(tenant, () -> super.isLost(work));
        }

        @Override
        public void unsure(Work work, String words) {
            Database.run(tenant, () -> super.unsure(work, words));
        }

        @Override
        public void resized(Work work, Server.State state) {
            Database.run(tenant, () -> super.resized(work, state));
        }

        @Override
        public void rebuilt(Work work) {
            Database.run(tenant, () -> super.rebuilt(work));
        }

        @Override
        public void turnedOver(Work work) {
            Database.run(tenant, () -> super.turnedOver(work));
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

    private static final class NamingSteps extends NameSteps {
        private final TenantId tenant;

        NamingSteps(Making making) {
            super(making.books.sql, making.lives, making.calls, making.desk.items);
            tenant = making.books.tenant;
        }

        @Override
        public Life read(Work work) {
            return Database.in(tenant, () -> super.read(work));
        }

        @Override
        public Next announce(Work work, List<String> addresses) {
            return Database.in(tenant, () -> super.announce(work, addresses));
        }

        @Override
        public void named(Work work, Naming naming) {
            Database.run(tenant, () -> super.named(work, naming));
        }

        @Override
        public void unsure(Work work, String words) {
            Database.run(tenant, () -> super.unsure(work, words));
        }

        @Override
        public void refused(Work work, Naming naming, Reason reason, String words) {
            Database.run(tenant, () -> super.refused(work, naming, reason, words));
        }

        @Override
        public void drop(Work work, Reason reason) {
            Database.run(tenant, () -> super.drop(work, reason));
        }
    }
}
