package io.tenantry.cloud.provisioning;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.CustomerRef;
import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provisioning.ScriptedProvider.ScriptedOutcome;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkQueueFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/** Orders of a new tenant, a provider, and workers: all over a real PostgreSQL, each step a transaction. */
final class ProvisioningFixture {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");
    static final Plan.Size SIZE = new Plan.Size(1, 1024, 10, 1000);

    final BillingFixture billingFixture;
    final WorkQueueFixture workQueueFixture;
    final ScriptedProvider provider = new ScriptedProvider();
    final Reservations reservations;
    final ServiceLifecycle serviceLifecycle;
    final ProviderCalls providerCalls;
    final PendingOperations pendingOperations;
    final AuditTrail audit = new AuditTrail();
    final ProvisioningTargets provisioningTargets;
    final UUID plan;
    private final ProvisionHandler provisionHandler;
    private final DeleteServerHandler deleteServerHandler;
    private final PowerHandler power;
    private final NetworkIsolationHandler network;
    private final UUID price;

    /** Creates it with a provider, and others that are queried after it. */
    ProvisioningFixture(String slug, ProvisioningTarget... others) {
        billingFixture = new BillingFixture(slug, "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        workQueueFixture = new WorkQueueFixture(billingFixture.tenant);
        reservations = new Reservations(
                billingFixture.sql, billingFixture.clock, new TenantDirectory(Database.administration()));
        serviceLifecycle = new ServiceLifecycle(billingFixture.sql, billingFixture.clock);
        providerCalls = new ProviderCalls(billingFixture.sql);
        pendingOperations = new PendingOperations(
                billingFixture.sql, billingFixture.clock, providerCalls, reservations, workQueueFixture.items);
        io.tenantry.cloud.provider.account.ProviderAccountFixture.inject(audit, "sql", billingFixture.sql);
        var all = new ArrayList<ProvisioningTarget>(List.of(others));
        all.add(0, provider);
        provisioningTargets = new ProvisioningTargets(all);
        provisionHandler = new ProvisionHandler(
                new CreationTransactions(
                        billingFixture, serviceLifecycle, providerCalls, workQueueFixture, reservations),
                provisioningTargets);
        deleteServerHandler = new DeleteServerHandler(
                new RemovalTransactions(billingFixture.tenant, serviceLifecycle, providerCalls, workQueueFixture),
                provisioningTargets);
        power = new PowerHandler(
                new PowerCallTransactions(billingFixture, serviceLifecycle, providerCalls, workQueueFixture),
                provisioningTargets);
        network = new NetworkIsolationHandler(
                new IsolationTransactions(billingFixture, serviceLifecycle, providerCalls, workQueueFixture),
                provisioningTargets);
        price = billingFixture.price("7.30");
        plan = billingFixture.in(() -> billingFixture.sql.one(
                "select plan_id from price_version where id = ?", row -> row.uuid("plan_id"), price));
    }

    /** Orders as a customer does: a cent an hour, two of them reserved. */
    UUID order(UUID wallet) {
        return order(wallet, provider.place(plan, SIZE, "fra").orElseThrow());
    }

    /** Orders with another placement. */
    UUID order(UUID wallet, ProvisioningTarget.Placement placement) {
        return billingFixture.in(() -> {
            var id = UUID.randomUUID();
            var organization = organization(wallet);
            if (reservations
                    .hold(wallet, id, billingFixture.money("0.02"), Duration.ofHours(4))
                    .isPresent()) {
                throw new IllegalStateException("no money");
            }
            serviceLifecycle.begin(id, orderOf(organization), wallet, price, placement);
            serviceLifecycle.recordEvent(serviceLifecycle.read(id), "ordered", "plan", "small");
            workQueueFixture.items.write(ProvisionHandler.KIND, id.toString(), id);
            return id;
        });
    }

    /** Returns the order. */
    Order orderOf(UUID organization) {
        return new Order(organization, "web", plan, "fra");
    }

    /** Returns the wallet's organization, which is a complete customer from now on. */
    UUID organization(UUID wallet) {
        var id = billingFixture.sql.one(
                "select organization_id from wallet where id = ?", row -> row.uuid("organization_id"), wallet);
        billingFixture.sql.update("""
                insert into organization (id, name, billing_email, country, created_at)
                values (?, 'Kiosk', 'books@kiosk.example', 'DE', ?)
                on conflict do nothing
                """, id, billingFixture.clock.instant());
        return id;
    }

    /** Returns the manual power operations. */
    ServerPower serverPower() {
        var serverPower = new ServerPower();
        serverPower.sql = billingFixture.sql;
        serverPower.clock = billingFixture.clock;
        serverPower.access = new Access(billingFixture.sql);
        serverPower.audit = audit;
        serverPower.serviceLifecycle = serviceLifecycle;
        serverPower.items = workQueueFixture.items;
        return serverPower;
    }

    /** Creates a server that was requested once, with that outcome, whose provider has been silent until a review is required. */
    UUID createUnclearServer(UUID wallet, ScriptedOutcome creation) {
        provider.nextCreations(creation);
        var service = order(wallet);
        work();
        provider.nextQueries(Collections.nCopies(9, ScriptedOutcome.SILENT).toArray(ScriptedOutcome[]::new));
        work(9);
        if (!state(service).equals("UNKNOWN")) {
            throw new IllegalStateException("service " + service + " is " + state(service));
        }
        return service;
    }

    /** Expires the reservations of orders. */
    void expireReservations() {
        billingFixture.clock.stopAt(
                billingFixture.clock.instant().plus(ServiceOrders.HELD_FOR).plusSeconds(1));
    }

    /** Returns the reservation for it and its state. */
    String reservations(UUID service) {
        return String.join(
                ", ",
                billingFixture.in(() -> billingFixture.sql.query(
                        "select amount || ' ' || state as hold from wallet_reservation where service_id = ? order by reserved_at, id",
                        row -> row.text("hold"),
                        service)));
    }

    /** Returns the suspensions of services with these providers. */
    Suspensions suspensions(ProvisioningTargets providers) {
        var suspensions = new Suspensions();
        suspensions.sql = billingFixture.sql;
        suspensions.clock = billingFixture.clock;
        suspensions.access = new Access(billingFixture.sql);
        suspensions.audit = audit;
        suspensions.serviceLifecycle = serviceLifecycle;
        suspensions.providerCalls = providerCalls;
        suspensions.pendingOperations = pendingOperations;
        suspensions.items = workQueueFixture.items;
        suspensions.charging = billingFixture.charging;
        suspensions.providerCapabilities = new ProviderCapabilities(providers);
        return suspensions;
    }

    /** Returns the reviews by staff. */
    ServiceReview serviceReview() {
        return new ServiceReview(
                new Access(billingFixture.sql), audit, workQueueFixture.items, serviceLifecycle, parkedServiceWork());
    }

    /** Returns the bean that carries out decisions. */
    ParkedServiceWork parkedServiceWork() {
        var orderFailures = new OrderFailures(
                serviceLifecycle, providerCalls, workQueueFixture.items, reservations, billingFixture.clock);
        return new ParkedServiceWork(
                billingFixture.sql,
                workQueueFixture.items,
                serviceLifecycle,
                providerCalls,
                orderFailures,
                pendingOperations,
                reservations);
    }

    /** Ends a service as a customer does. */
    void terminate(UUID service) {
        billingFixture.in(() -> {
            var serviceState = serviceLifecycle.lock(service);
            serviceLifecycle.end(serviceState, Service.State.TERMINATING, billingFixture.clock.instant());
            billingFixture.charging.end(service, serviceState.walletId(), billingFixture.clock.instant());
            return workQueueFixture.items.write(DeleteServerHandler.KIND, service.toString(), service);
        });
    }

    /** Runs all workers on pending work, regardless of when it is due. */
    void work() {
        workQueueFixture.makeDue();
        workQueueFixture.expireLeases();
        try {
            workQueueFixture.work(provisionHandler, deleteServerHandler, power, network);
        } catch (ScriptedProvider.Death dead) {
            // Intended: another worker continues after the lease expires.
        }
    }

    /** Repeats this the given number of times. */
    void work(int times) {
        for (var i = 0; i < times; i++) {
            work();
        }
    }

    /** Lets time pass at the providers. */
    void advance(Duration span) {
        var earlier = " - interval '" + span.toSeconds() + " seconds'";
        Database.asOwner("update " + billingFixture.tenant.schema() + ".provider_call set sent_at = sent_at" + earlier
                + ", not_found_at = not_found_at" + earlier);
    }

    /** Processes an order until its server runs. */
    void completeOrders() {
        work();
        provider.setServerStates(ProviderServer.State.RUNNING);
        work();
    }

    String state(UUID service) {
        return billingFixture.in(() -> serviceLifecycle.read(service).state().name());
    }

    String reservationState(UUID service) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select state from wallet_reservation where service_id = ?", row -> row.text("state"), service));
    }

    List<String> timeline(UUID service) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select event from service_event where service_id = ? order by id", row -> row.text("event"), service));
    }

    /** Returns one column of the service as the database owner. */
    String column(UUID service, String expression) {
        return Database.texts("select " + expression + " from " + billingFixture.tenant.schema()
                        + ".service where id = '" + service + "'")
                .get(0);
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class CreationTransactions extends ProvisionTransactions {
        private final TenantId tenant;

        CreationTransactions(
                BillingFixture billingFixture,
                ServiceLifecycle serviceLifecycle,
                ProviderCalls providerCalls,
                WorkQueueFixture workQueueFixture,
                Reservations reservations) {
            super(
                    serviceLifecycle,
                    providerCalls,
                    workQueueFixture.items,
                    reservations,
                    billingFixture.charging,
                    billingFixture.clock);
            tenant = billingFixture.tenant;
        }

        @Override
        public ServiceState read(UUID serviceId) {
            return Database.in(tenant, () -> super.read(serviceId));
        }

        @Override
        public CustomerRef owner(ServiceState serviceState) {
            return Database.in(tenant, () -> super.owner(serviceState));
        }

        @Override
        public LaunchConfigs.LaunchPayload handed(UUID serviceId) {
            return Database.in(tenant, () -> super.handed(serviceId));
        }

        @Override
        public CallDecision announce(ClaimedWorkItem claimedWorkItem, boolean isReserved) {
            return Database.in(tenant, () -> super.announce(claimedWorkItem, isReserved));
        }

        @Override
        public void note(ClaimedWorkItem claimedWorkItem, ProviderServer providerServer) {
            Database.run(tenant, () -> super.note(claimedWorkItem, providerServer));
        }

        @Override
        public void reached(ClaimedWorkItem claimedWorkItem, List<String> addresses) {
            Database.run(tenant, () -> super.reached(claimedWorkItem, addresses));
        }

        @Override
        public void activate(ClaimedWorkItem claimedWorkItem, String address) {
            Database.run(tenant, () -> super.activate(claimedWorkItem, address));
        }

        @Override
        public void refused(ClaimedWorkItem claimedWorkItem, String words) {
            Database.run(tenant, () -> super.refused(claimedWorkItem, words));
        }

        @Override
        public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
            Database.run(tenant, () -> super.unsure(claimedWorkItem, words));
        }

        @Override
        public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
            Database.run(tenant, () -> super.fail(claimedWorkItem, reason, words));
        }

        @Override
        public boolean giveUp(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
            return Database.in(tenant, () -> super.giveUp(claimedWorkItem, reason, words));
        }

        @Override
        public void doubt(ClaimedWorkItem claimedWorkItem) {
            Database.run(tenant, () -> super.doubt(claimedWorkItem));
        }

        @Override
        public Duration age(UUID serviceId) {
            return Database.in(tenant, () -> super.age(serviceId));
        }
    }

    private static final class RemovalTransactions extends DeleteServerTransactions {
        private final TenantId tenant;

        RemovalTransactions(
                TenantId tenant,
                ServiceLifecycle serviceLifecycle,
                ProviderCalls providerCalls,
                WorkQueueFixture workQueueFixture) {
            super(serviceLifecycle, providerCalls, workQueueFixture.items);
            this.tenant = tenant;
        }

        @Override
        public ServiceState read(UUID serviceId) {
            return Database.in(tenant, () -> super.read(serviceId));
        }

        @Override
        public Duration announce(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.announce(claimedWorkItem));
        }

        @Override
        public boolean missed(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.missed(claimedWorkItem));
        }
    }

    private static final class PowerCallTransactions extends PowerTransactions {
        private final TenantId tenant;

        PowerCallTransactions(
                BillingFixture billingFixture,
                ServiceLifecycle serviceLifecycle,
                ProviderCalls providerCalls,
                WorkQueueFixture workQueueFixture) {
            super(billingFixture.sql, serviceLifecycle, providerCalls, workQueueFixture.items);
            tenant = billingFixture.tenant;
        }

        @Override
        public PowerStatus read(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.read(claimedWorkItem));
        }

        @Override
        public boolean announce(ClaimedWorkItem claimedWorkItem, PowerAction wanted) {
            return Database.in(tenant, () -> super.announce(claimedWorkItem, wanted));
        }

        @Override
        public void settle(ClaimedWorkItem claimedWorkItem) {
            Database.run(tenant, () -> super.settle(claimedWorkItem));
        }

        @Override
        public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
            Database.run(tenant, () -> super.taken(claimedWorkItem, providerTask));
        }

        @Override
        public void refused(ClaimedWorkItem claimedWorkItem, String words) {
            Database.run(tenant, () -> super.refused(claimedWorkItem, words));
        }

        @Override
        public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
            Database.run(tenant, () -> super.unsure(claimedWorkItem, words));
        }

        @Override
        public void done(ClaimedWorkItem claimedWorkItem, boolean isCertain) {
            Database.run(tenant, () -> super.done(claimedWorkItem, isCertain));
        }

        @Override
        public void fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
            Database.run(tenant, () -> super.fail(claimedWorkItem, reason, words));
        }

        @Override
        public void drop(ClaimedWorkItem claimedWorkItem) {
            Database.run(tenant, () -> super.drop(claimedWorkItem));
        }
    }

    /** Same as above, for network isolation. */
    private static final class IsolationTransactions extends NetworkIsolationTransactions {
        private final TenantId tenant;

        IsolationTransactions(
                BillingFixture billingFixture,
                ServiceLifecycle serviceLifecycle,
                ProviderCalls providerCalls,
                WorkQueueFixture workQueueFixture) {
            super(billingFixture.sql, billingFixture.clock, serviceLifecycle, providerCalls, workQueueFixture.items);
            tenant = billingFixture.tenant;
        }

        @Override
        public Situation read(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.read(claimedWorkItem));
        }

        @Override
        public boolean announce(ClaimedWorkItem claimedWorkItem, NetworkState networkState) {
            return Database.in(tenant, () -> super.announce(claimedWorkItem, networkState));
        }

        @Override
        public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
            Database.run(tenant, () -> super.taken(claimedWorkItem, providerTask));
        }

        @Override
        public void refused(ClaimedWorkItem claimedWorkItem, String words) {
            Database.run(tenant, () -> super.refused(claimedWorkItem, words));
        }

        @Override
        public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
            Database.run(tenant, () -> super.unsure(claimedWorkItem, words));
        }

        @Override
        public void done(ClaimedWorkItem claimedWorkItem) {
            Database.run(tenant, () -> super.done(claimedWorkItem));
        }

        @Override
        public void fallBack(ClaimedWorkItem claimedWorkItem, String words) {
            Database.run(tenant, () -> super.fallBack(claimedWorkItem, words));
        }

        @Override
        public void drop(ClaimedWorkItem claimedWorkItem) {
            Database.run(tenant, () -> super.drop(claimedWorkItem));
        }
    }
}
