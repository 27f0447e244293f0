package io.tenantry.provisioning;

import io.tenantry.audit.AuditTrail;
import io.tenantry.catalog.Catalog;
import io.tenantry.charging.Charging;
import io.tenantry.idempotency.IdempotencyKeys;
import io.tenantry.identity.Access;
import io.tenantry.launch.SshKeys;
import io.tenantry.launch.StartScripts;
import io.tenantry.provider.Owner;
import io.tenantry.provider.Power;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Server;
import io.tenantry.provider.Task;
import io.tenantry.provider.account.Desk;
import io.tenantry.provider.stock.StockImages;
import io.tenantry.tenancy.Sql;
import io.tenantry.testing.Boundary;
import io.tenantry.wallet.Holds;
import io.tenantry.wallet.Wallets;
import io.tenantry.work.Work;
import io.tenantry.work.WorkItems;
import io.tenantry.work.Worker;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Orders, servers and what people decide of them: the beans themselves, each step a transaction, for whatever tenant is entered. */
public final class Workroom {
    private final Parts parts;
    private final Access access;
    private final AuditTrail audit = new AuditTrail();
    private final Lives lives;
    private final Calls calls;
    private final Holds holds;
    private final Wishes wishes;
    private final Provision provision;
    private final Remove remove;
    private final SwitchPower power;
    private final CutNetwork network;
    private final Resize resize;
    private final Rebuild rebuild;
    private final Rescue rescue;
    private final Return back;
    private final Handling handling;
    private final Abilities abilities;
    private final Images images;
    private Consumer<ServicesEnded> ended = event -> {};

    /** What it is put together from. */
    public record Parts(
            Sql sql,
            Clock clock,
            Charging charging,
            Wallets wallets,
            WorkItems items,
            Upstreams upstreams,
            Boundary boundary) {}

    public Workroom(Parts parts) {
        this.parts = parts;
        access = new Access(parts.sql());
        Desk.inject(audit, "sql", parts.sql());
        lives = new Lives(parts.sql(), parts.clock());
        calls = new Calls(parts.sql());
        holds = new Holds(parts.sql(), parts.clock());
        wishes = new Wishes(parts.sql(), parts.clock(), calls, holds, parts.items());
        provision = new Provision(
                new MakingSteps(parts.boundary(), lives, calls, parts.items(), holds, parts.charging(), parts.clock()),
                parts.upstreams());
        remove = new Remove(new LeavingSteps(parts.boundary(), lives, calls, parts.items()), parts.upstreams());
        power = new SwitchPower(
                new SwitchingSteps(parts.boundary(), parts.sql(), lives, calls, parts.items()), parts.upstreams());
        network = new CutNetwork(
                new CuttingSteps(parts.boundary(), parts.sql(), parts.clock(), lives, calls, parts.items()),
                parts.upstreams());
        var steps = new Remaking(parts, lives, wishes, calls, holds, audit);
        resize = new Resize(steps, parts.upstreams());
        rebuild = new Rebuild(steps, parts.upstreams(), provision);
        rescue = new Rescue(steps, parts.upstreams(), provision);
        back = new Return(steps, parts.upstreams(), provision);
        handling = new Handling(parts.sql(), access);
        abilities = new Abilities(parts.upstreams());
        images = new Images(parts.upstreams(), new StockImages());
    }

    /** Those who do what waits. */
    public List<Worker> workers() {
        return List.of(provision, remove, power, network, resize, rebuild, rescue, back);
    }

    /** Who is told of services that end, and of servers that have begun anew, in the transaction that notes it. */
    public void hear(Consumer<ServicesEnded> ends, Consumer<Rebuilt> beginnings) {
        ended = ends;
        wishes.hear(beginnings);
    }

    /** Who switches servers. */
    SwitchPower power() {
        return power;
    }

    /** For one transaction. */
    public Services services() {
        var services = new Services();
        var sql = parts.sql();
        var keys = new IdempotencyKeys();
        Desk.inject(keys, "sql", sql);
        services.sql = sql;
        services.clock = parts.clock();
        services.access = access;
        services.audit = audit;
        services.catalog = catalog();
        services.wallets = parts.wallets();
        services.charging = parts.charging();
        services.keys = keys;
        services.upstreams = parts.upstreams();
        services.lives = lives;
        services.quotas = new Quotas(sql);
        services.beginnings = beginnings();
        services.calls = calls;
        services.wishes = wishes;
        services.holds = holds;
        services.items = parts.items();
        services.endings = new Endings();
        services.endings.hear(ended);
        services.entities = Rows.over(sql);
        return services;
    }

    /** Who gives servers other sizes; for one transaction. */
    public Resizes resizes() {
        var resizes = new Resizes();
        resizes.clock = parts.clock();
        resizes.access = access;
        resizes.audit = audit;
        resizes.catalog = catalog();
        resizes.charging = parts.charging();
        resizes.services = services();
        resizes.handling = handling;
        resizes.upstreams = parts.upstreams();
        resizes.abilities = abilities;
        resizes.lives = lives;
        resizes.wishes = wishes;
        resizes.holds = holds;
        return resizes;
    }

    /** Who has servers begin anew. */
    public Rebuilds rebuilds() {
        var rebuilds = new Rebuilds();
        rebuilds.access = access;
        rebuilds.audit = audit;
        rebuilds.handling = handling;
        rebuilds.abilities = abilities;
        rebuilds.images = images;
        rebuilds.beginnings = beginnings();
        rebuilds.lives = lives;
        rebuilds.wishes = wishes;
        return rebuilds;
    }

    /** Who has servers started into their rescue systems. */
    public Rescues rescues() {
        var rescues = new Rescues();
        rescues.access = access;
        rescues.audit = audit;
        rescues.handling = handling;
        rescues.abilities = abilities;
        rescues.lives = lives;
        rescues.wishes = wishes;
        return rescues;
    }

    private Catalog catalog() {
        var catalog = new Catalog();
        Desk.inject(catalog, "sql", parts.sql());
        Desk.inject(catalog, "clock", parts.clock());
        return catalog;
    }

    private Beginnings beginnings() {
        var sql = parts.sql();
        return new Beginnings(
                sql,
                parts.upstreams(),
                images,
                new SshKeys(sql, parts.clock(), access, audit),
                new StartScripts(sql, parts.clock(), access, audit));
    }

    /** What people ask for by hand. */
    public Powers powers() {
        var powers = new Powers();
        powers.sql = parts.sql();
        powers.clock = parts.clock();
        powers.access = access;
        powers.audit = audit;
        powers.lives = lives;
        powers.items = parts.items();
        return powers;
    }

    /** Who has services suspended. */
    public Suspensions suspensions() {
        var suspensions = new Suspensions();
        suspensions.sql = parts.sql();
        suspensions.clock = parts.clock();
        suspensions.access = access;
        suspensions.audit = audit;
        suspensions.lives = lives;
        suspensions.calls = calls;
        suspensions.wishes = wishes;
        suspensions.items = parts.items();
        suspensions.charging = parts.charging();
        suspensions.abilities = abilities;
        return suspensions;
    }

    /** What staff decide. */
    public Decisions decisions() {
        return new Decisions(access, audit, parts.items(), lives, care());
    }

    /** What becomes of what is decided. */
    public ServiceCare care() {
        var failures = new Failures(lives, calls, parts.items(), holds, parts.clock());
        return new ServiceCare(parts.sql(), parts.items(), lives, calls, failures, wishes, holds);
    }

    /** What the container does for {@code REQUIRES_NEW}. */
    private static final class MakingSteps extends ProvisionSteps {
        private final Boundary boundary;

        MakingSteps(
                Boundary boundary,
                Lives lives,
                Calls calls,
                WorkItems items,
                Holds holds,
                Charging charging,
                Clock clock) {
            super(lives, calls, items, holds, charging, clock);
            this.boundary = boundary;
        }

        @Override
        public Life read(UUID serviceId) {
            return boundary.in("provision read", () -> super.read(serviceId));
        }

        @Override
        public Owner owner(Life life) {
            return boundary.in("provision owner", () -> super.owner(life));
        }

        @Override
        public Beginnings.Handed handed(UUID serviceId) {
            return boundary.in("provision handed", () -> super.handed(serviceId));
        }

        @Override
        public Announced announce(Work work, boolean isReserved) {
            return boundary.in("provision announce", () -> super.announce(work, isReserved));
        }

        @Override
        public void note(Work work, Server server) {
            boundary.run("provision note", () -> super.note(work, server));
        }

        @Override
        public void reached(Work work, List<String> addresses) {
            boundary.run("provision reached", () -> super.reached(work, addresses));
        }

        @Override
        public void activate(Work work, String address) {
            boundary.run("provision activate", () -> super.activate(work, address));
        }

        @Override
        public void refused(Work work, String words) {
            boundary.run("provision refused", () -> super.refused(work, words));
        }

        @Override
        public void unsure(Work work, String words) {
            boundary.run("provision unsure", () -> super.unsure(work, words));
        }

        @Override
        public void fail(Work work, Reason reason, String words) {
            boundary.run("provision fail", () -> super.fail(work, reason, words));
        }

        @Override
        public boolean giveUp(Work work, Reason reason, String words) {
            return boundary.in("provision give up", () -> super.giveUp(work, reason, words));
        }

        @Override
        public void doubt(Work work) {
            boundary.run("provision doubt", () -> super.doubt(work));
        }

        @Override
        public Duration age(UUID serviceId) {
            return boundary.in("provision age", () -> super.age(serviceId));
        }
    }

    private static final class LeavingSteps extends RemoveSteps {
        private final Boundary boundary;

        LeavingSteps(Boundary boundary, Lives lives, Calls calls, WorkItems items) {
            super(lives, calls, items);
            this.boundary = boundary;
        }

        @Override
        public Life read(UUID serviceId) {
            return boundary.in("delete read", () -> super.read(serviceId));
        }

        @Override
        public Duration announce(Work work) {
            return boundary.in("delete announce", () -> super.announce(work));
        }

        @Override
        public boolean missed(Work work) {
            return boundary.in("delete missed", () -> super.missed(work));
        }
    }

    private static final class SwitchingSteps extends PowerSteps {
        private final Boundary boundary;

        SwitchingSteps(Boundary boundary, Sql sql, Lives lives, Calls calls, WorkItems items) {
            super(sql, lives, calls, items);
            this.boundary = boundary;
        }

        @Override
        public Standing read(Work work) {
            return boundary.in("power read", () -> super.read(work));
        }

        @Override
        public boolean announce(Work work, Power wanted) {
            return boundary.in("power announce", () -> super.announce(work, wanted));
        }

        @Override
        public void settle(Work work) {
            boundary.run("power settle", () -> super.settle(work));
        }

        @Override
        public void taken(Work work, Task task) {
            boundary.run("power taken", () -> super.taken(work, task));
        }

        @Override
        public void refused(Work work, String words) {
            boundary.run("power refused", () -> super.refused(work, words));
        }

        @Override
        public void unsure(Work work, String words) {
            boundary.run("power unsure", () -> super.unsure(work, words));
        }

        @Override
        public void done(Work work, boolean isCertain) {
            boundary.run("power done", () -> super.done(work, isCertain));
        }

        @Override
        public void fail(Work work, Reason reason, String words) {
            boundary.run("power fail", () -> super.fail(work, reason, words));
        }

        @Override
        public void drop(Work work) {
            boundary.run("power drop", () -> super.drop(work));
        }
    }

    /** The same of those who cut servers off. */
    private static final class CuttingSteps extends NetworkSteps {
        private final Boundary boundary;

        CuttingSteps(Boundary boundary, Sql sql, Clock clock, Lives lives, Calls calls, WorkItems items) {
            super(sql, clock, lives, calls, items);
            this.boundary = boundary;
        }

        @Override
        public Situation read(Work work) {
            return boundary.in("network read", () -> super.read(work));
        }

        @Override
        public boolean announce(Work work, Network network) {
            return boundary.in("network announce", () -> super.announce(work, network));
        }

        @Override
        public void taken(Work work, Task task) {
            boundary.run("network taken", () -> super.taken(work, task));
        }

        @Override
        public void refused(Work work, String words) {
            boundary.run("network refused", () -> super.refused(work, words));
        }

        @Override
        public void unsure(Work work, String words) {
            boundary.run("network unsure", () -> super.unsure(work, words));
        }

        @Override
        public void done(Work work) {
            boundary.run("network done", () -> super.done(work));
        }

        @Override
        public void fallBack(Work work, String words) {
            boundary.run("network fallBack", () -> super.fallBack(work, words));
        }

        @Override
        public void drop(Work work) {
            boundary.run("network drop", () -> super.drop(work));
        }
    }
}
