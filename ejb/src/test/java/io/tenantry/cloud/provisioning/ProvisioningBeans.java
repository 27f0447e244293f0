package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.catalog.Catalog;
import io.tenantry.cloud.launch.SshKeys;
import io.tenantry.cloud.launch.StartupScripts;
import io.tenantry.cloud.provider.CustomerRef;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.catalog.ProviderImages;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.idempotency.IdempotencyKeys;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItems;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;

/** Orders, servers and decisions on them: the real beans, each step a transaction, for any tenant entered. */
public final class ProvisioningBeans {
    private final Parts parts;
    private final Access access;
    private final AuditTrail audit = new AuditTrail();
    private final ServiceLifecycle serviceLifecycle;
    private final ProviderCalls providerCalls;
    private final Reservations reservations;
    private final PendingOperations pendingOperations;
    private final ProvisionHandler provisionHandler;
    private final DeleteServerHandler deleteServerHandler;
    private final PowerHandler power;
    private final NetworkIsolationHandler network;
    private final ResizeHandler resizeHandler;
    private final RebuildHandler rebuildHandler;
    private final EnterRescueHandler enterRescueHandler;
    private final LeaveRescueHandler back;
    private final LockedServices lockedServices;
    private final ProviderCapabilities providerCapabilities;
    private final Images images;
    private Consumer<ServicesTerminated> ended = event -> {};

    /** The parts it is assembled from. */
    public record Parts(
            Sql sql,
            Clock clock,
            Charging charging,
            Wallets wallets,
            WorkItems items,
            ProvisioningTargets provisioningTargets,
            Boundary boundary) {}

    public ProvisioningBeans(Parts parts) {
        this.parts = parts;
        access = new Access(parts.sql());
        ProviderAccountFixture.inject(audit, "sql", parts.sql());
        serviceLifecycle = new ServiceLifecycle(parts.sql(), parts.clock());
        providerCalls = new ProviderCalls(parts.sql());
        reservations = new Reservations(parts.sql(), parts.clock(), new TenantDirectory(Database.administration()));
        pendingOperations =
                new PendingOperations(parts.sql(), parts.clock(), providerCalls, reservations, parts.items());
        provisionHandler = new ProvisionHandler(
                new CreationTransactions(
                        parts.boundary(),
                        serviceLifecycle,
                        providerCalls,
                        parts.items(),
                        reservations,
                        parts.charging(),
                        parts.clock()),
                parts.provisioningTargets());
        deleteServerHandler = new DeleteServerHandler(
                new RemovalTransactions(parts.boundary(), serviceLifecycle, providerCalls, parts.items()),
                parts.provisioningTargets());
        power = new PowerHandler(
                new PowerCallTransactions(
                        parts.boundary(), parts.sql(), serviceLifecycle, providerCalls, parts.items()),
                parts.provisioningTargets());
        network = new NetworkIsolationHandler(
                new IsolationTransactions(
                        parts.boundary(), parts.sql(), parts.clock(), serviceLifecycle, providerCalls, parts.items()),
                parts.provisioningTargets());
        var steps = new RequiresNewOperations(
                parts, serviceLifecycle, pendingOperations, providerCalls, reservations, audit);
        resizeHandler = new ResizeHandler(steps, parts.provisioningTargets());
        rebuildHandler = new RebuildHandler(steps, parts.provisioningTargets(), provisionHandler);
        enterRescueHandler = new EnterRescueHandler(steps, parts.provisioningTargets(), provisionHandler);
        back = new LeaveRescueHandler(steps, parts.provisioningTargets(), provisionHandler);
        lockedServices = new LockedServices(parts.sql(), access, parts.clock());
        providerCapabilities = new ProviderCapabilities(parts.provisioningTargets());
        images = new Images(parts.provisioningTargets(), new ProviderImages());
    }

    /** Returns the handlers of pending work. */
    public List<WorkHandler> workers() {
        return List.of(
                provisionHandler,
                deleteServerHandler,
                power,
                network,
                resizeHandler,
                rebuildHandler,
                enterRescueHandler,
                back);
    }

    /** Sets the observers of ended services and of rebuilt servers, called in the recording transaction. */
    public void hear(Consumer<ServicesTerminated> ends, Consumer<ServerRebuilt> beginnings) {
        ended = ends;
        pendingOperations.hear(beginnings);
    }

    /** Returns the handler that switches servers. */
    PowerHandler power() {
        return power;
    }

    /** Returns the orders of services for one transaction. */
    public ServiceOrders serviceOrders() {
        var serviceOrders = new ServiceOrders();
        var sql = parts.sql();
        var keys = new IdempotencyKeys();
        ProviderAccountFixture.inject(keys, "sql", sql);
        serviceOrders.clock = parts.clock();
        serviceOrders.access = access;
        serviceOrders.audit = audit;
        serviceOrders.keys = keys;
        serviceOrders.launchConfigs = beginnings();
        serviceOrders.orderChecks = new OrderChecks(
                sql,
                catalog(),
                parts.wallets(),
                parts.provisioningTargets(),
                serviceOrders.launchConfigs,
                new Quotas(sql));
        serviceOrders.serviceLifecycle = serviceLifecycle;
        serviceOrders.sandboxServices = sandboxServices();
        serviceOrders.reservations = reservations;
        serviceOrders.items = parts.items();
        return serviceOrders;
    }

    private SandboxServices sandboxServices() {
        var sandboxServices = new SandboxServices();
        sandboxServices.sql = parts.sql();
        sandboxServices.clock = parts.clock();
        sandboxServices.access = access;
        sandboxServices.audit = audit;
        sandboxServices.catalog = catalog();
        sandboxServices.wallets = parts.wallets();
        sandboxServices.charging = parts.charging();
        sandboxServices.launchConfigs = beginnings();
        sandboxServices.entities = Rows.over(parts.sql());
        return sandboxServices;
    }

    /** Returns the terminations of services for one transaction. */
    public Terminations terminations() {
        var terminations = new Terminations();
        terminations.sql = parts.sql();
        terminations.clock = parts.clock();
        terminations.access = access;
        terminations.audit = audit;
        terminations.charging = parts.charging();
        terminations.pendingOperations = pendingOperations;
        terminations.serviceLifecycle = serviceLifecycle;
        terminations.items = parts.items();
        terminations.terminationEvents = new TerminationEvents();
        terminations.terminationEvents.hear(ended);
        terminations.entities = Rows.over(parts.sql());
        return terminations;
    }

    /** Returns the resizes for one transaction. */
    public Resizes resizes() {
        var resizes = new Resizes();
        resizes.clock = parts.clock();
        resizes.access = access;
        resizes.audit = audit;
        resizes.catalog = catalog();
        resizes.charging = parts.charging();
        resizes.sandboxServices = sandboxServices();
        resizes.lockedServices = lockedServices;
        resizes.provisioningTargets = parts.provisioningTargets();
        resizes.providerCapabilities = providerCapabilities;
        resizes.serviceLifecycle = serviceLifecycle;
        resizes.pendingOperations = pendingOperations;
        resizes.reservations = reservations;
        return resizes;
    }

    /** Returns the rebuilds of servers. */
    public Rebuilds rebuilds() {
        var rebuilds = new Rebuilds();
        rebuilds.access = access;
        rebuilds.audit = audit;
        rebuilds.lockedServices = lockedServices;
        rebuilds.providerCapabilities = providerCapabilities;
        rebuilds.images = images;
        rebuilds.launchConfigs = beginnings();
        rebuilds.serviceLifecycle = serviceLifecycle;
        rebuilds.pendingOperations = pendingOperations;
        return rebuilds;
    }

    /** Returns the rescue operations of servers. */
    public RescueOperations rescues() {
        var rescueOperations = new RescueOperations();
        rescueOperations.access = access;
        rescueOperations.audit = audit;
        rescueOperations.lockedServices = lockedServices;
        rescueOperations.providerCapabilities = providerCapabilities;
        rescueOperations.serviceLifecycle = serviceLifecycle;
        rescueOperations.pendingOperations = pendingOperations;
        return rescueOperations;
    }

    private Catalog catalog() {
        var catalog = new Catalog();
        ProviderAccountFixture.inject(catalog, "sql", parts.sql());
        ProviderAccountFixture.inject(catalog, "clock", parts.clock());
        return catalog;
    }

    private LaunchConfigs beginnings() {
        var sql = parts.sql();
        return new LaunchConfigs(
                sql,
                parts.provisioningTargets(),
                images,
                new SshKeys(sql, parts.clock(), access, audit),
                new StartupScripts(sql, parts.clock(), access, audit));
    }

    /** Returns the manual power operations. */
    public ServerPower powers() {
        var serverPower = new ServerPower();
        serverPower.sql = parts.sql();
        serverPower.clock = parts.clock();
        serverPower.access = access;
        serverPower.audit = audit;
        serverPower.serviceLifecycle = serviceLifecycle;
        serverPower.items = parts.items();
        return serverPower;
    }

    /** Returns the suspensions of services. */
    public Suspensions suspensions() {
        var suspensions = new Suspensions();
        suspensions.sql = parts.sql();
        suspensions.clock = parts.clock();
        suspensions.access = access;
        suspensions.audit = audit;
        suspensions.serviceLifecycle = serviceLifecycle;
        suspensions.providerCalls = providerCalls;
        suspensions.pendingOperations = pendingOperations;
        suspensions.items = parts.items();
        suspensions.charging = parts.charging();
        suspensions.providerCapabilities = providerCapabilities;
        return suspensions;
    }

    /** Returns the reviews by staff. */
    public ServiceReview decisions() {
        return new ServiceReview(access, audit, parts.items(), serviceLifecycle, care());
    }

    /** Returns the bean that carries out decisions. */
    public ParkedServiceWork care() {
        var orderFailures =
                new OrderFailures(serviceLifecycle, providerCalls, parts.items(), reservations, parts.clock());
        return new ParkedServiceWork(
                parts.sql(),
                parts.items(),
                serviceLifecycle,
                providerCalls,
                orderFailures,
                pendingOperations,
                reservations);
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class CreationTransactions extends ProvisionTransactions {
        private final Boundary boundary;

        CreationTransactions(
                Boundary boundary,
                ServiceLifecycle serviceLifecycle,
                ProviderCalls providerCalls,
                WorkItems items,
                Reservations reservations,
                Charging charging,
                Clock clock) {
            super(serviceLifecycle, providerCalls, items, reservations, charging, clock);
            this.boundary = boundary;
        }

        @Override
        public ServiceState read(UUID serviceId) {
            return boundary.in("provision read", () -> super.read(serviceId));
        }

        @Override
        public CustomerRef owner(ServiceState serviceState) {
            return boundary.in("provision owner", () -> super.owner(serviceState));
        }

        @Override
        public LaunchConfigs.LaunchPayload handed(UUID serviceId) {
            return boundary.in("provision handed", () -> super.handed(serviceId));
        }

        @Override
        public CallDecision announce(ClaimedWorkItem claimedWorkItem, boolean isReserved) {
            return boundary.in("provision announce", () -> super.announce(claimedWorkItem, isReserved));
        }

        @Override
        public void note(ClaimedWorkItem claimedWorkItem, ProviderServer providerServer) {
            boundary.run("provision note", () -> super.note(claimedWorkItem, providerServer));
        }

        @Override
        public void reached(ClaimedWorkItem claimedWorkItem, List<String> addresses) {
            boundary.run("provision reached", () -> super.reached(claimedWorkItem, addresses));
        }

        @Override
        public void activate(ClaimedWorkItem claimedWorkItem, String address) {
            boundary.run("provision activate", () -> super.activate(claimedWorkItem, address));
        }

        @Override
        public void refused(ClaimedWorkItem claimedWorkItem, String words) {
            boundary.run("provision refused", () -> super.refused(claimedWorkItem, words));
        }

        @Override
        public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
            boundary.run("provision unsure", () -> super.unsure(claimedWorkItem, words));
        }

        @Override
        public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
            boundary.run("provision fail", () -> super.fail(claimedWorkItem, reason, words));
        }

        @Override
        public boolean giveUp(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
            return boundary.in("provision give up", () -> super.giveUp(claimedWorkItem, reason, words));
        }

        @Override
        public void doubt(ClaimedWorkItem claimedWorkItem) {
            boundary.run("provision doubt", () -> super.doubt(claimedWorkItem));
        }

        @Override
        public Duration age(UUID serviceId) {
            return boundary.in("provision age", () -> super.age(serviceId));
        }
    }

    private static final class RemovalTransactions extends DeleteServerTransactions {
        private final Boundary boundary;

        RemovalTransactions(
                Boundary boundary, ServiceLifecycle serviceLifecycle, ProviderCalls providerCalls, WorkItems items) {
            super(serviceLifecycle, providerCalls, items);
            this.boundary = boundary;
        }

        @Override
        public ServiceState read(UUID serviceId) {
            return boundary.in("delete read", () -> super.read(serviceId));
        }

        @Override
        public Duration announce(ClaimedWorkItem claimedWorkItem) {
            return boundary.in("delete announce", () -> super.announce(claimedWorkItem));
        }

        @Override
        public boolean missed(ClaimedWorkItem claimedWorkItem) {
            return boundary.in("delete missed", () -> super.missed(claimedWorkItem));
        }
    }

    private static final class PowerCallTransactions extends PowerTransactions {
        private final Boundary boundary;

        PowerCallTransactions(
                Boundary boundary,
                Sql sql,
                ServiceLifecycle serviceLifecycle,
                ProviderCalls providerCalls,
                WorkItems items) {
            super(sql, serviceLifecycle, providerCalls, items);
            this.boundary = boundary;
        }

        @Override
        public PowerStatus read(ClaimedWorkItem claimedWorkItem) {
            return boundary.in("power read", () -> super.read(claimedWorkItem));
        }

        @Override
        public boolean announce(ClaimedWorkItem claimedWorkItem, PowerAction wanted) {
            return boundary.in("power announce", () -> super.announce(claimedWorkItem, wanted));
        }

        @Override
        public void settle(ClaimedWorkItem claimedWorkItem) {
            boundary.run("power settle", () -> super.settle(claimedWorkItem));
        }

        @Override
        public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
            boundary.run("power taken", () -> super.taken(claimedWorkItem, providerTask));
        }

        @Override
        public void refused(ClaimedWorkItem claimedWorkItem, String words) {
            boundary.run("power refused", () -> super.refused(claimedWorkItem, words));
        }

        @Override
        public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
            boundary.run("power unsure", () -> super.unsure(claimedWorkItem, words));
        }

        @Override
        public void done(ClaimedWorkItem claimedWorkItem, boolean isCertain) {
            boundary.run("power done", () -> super.done(claimedWorkItem, isCertain));
        }

        @Override
        public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
            boundary.run("power fail", () -> super.fail(claimedWorkItem, reason, words));
        }

        @Override
        public void drop(ClaimedWorkItem claimedWorkItem) {
            boundary.run("power drop", () -> super.drop(claimedWorkItem));
        }
    }

    /** Same as above, for network isolation. */
    private static final class IsolationTransactions extends NetworkIsolationTransactions {
        private final Boundary boundary;

        IsolationTransactions(
                Boundary boundary,
                Sql sql,
                Clock clock,
                ServiceLifecycle serviceLifecycle,
                ProviderCalls providerCalls,
                WorkItems items) {
            super(sql, clock, serviceLifecycle, providerCalls, items);
            this.boundary = boundary;
        }

        @Override
        public Situation read(ClaimedWorkItem claimedWorkItem) {
            return boundary.in("network read", () -> super.read(claimedWorkItem));
        }

        @Override
        public boolean announce(ClaimedWorkItem claimedWorkItem, NetworkState networkState) {
            return boundary.in("network announce", () -> super.announce(claimedWorkItem, networkState));
        }

        @Override
        public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
            boundary.run("network taken", () -> super.taken(claimedWorkItem, providerTask));
        }

        @Override
        public void refused(ClaimedWorkItem claimedWorkItem, String words) {
            boundary.run("network refused", () -> super.refused(claimedWorkItem, words));
        }

        @Override
        public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
            boundary.run("network unsure", () -> super.unsure(claimedWorkItem, words));
        }

        @Override
        public void done(ClaimedWorkItem claimedWorkItem) {
            boundary.run("network done", () -> super.done(claimedWorkItem));
        }

        @Override
        public void fallBack(ClaimedWorkItem claimedWorkItem, String words) {
            boundary.run("network fallBack", () -> super.fallBack(claimedWorkItem, words));
        }

        @Override
        public void drop(ClaimedWorkItem claimedWorkItem) {
            boundary.run("network drop", () -> super.drop(claimedWorkItem));
        }
    }
}
