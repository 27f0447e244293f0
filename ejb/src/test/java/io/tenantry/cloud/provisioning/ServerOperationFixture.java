package io.tenantry.cloud.provisioning;

import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Running servers, their users, and workers: all over a real PostgreSQL, each step a transaction. */
final class ServerOperationFixture {
    final OrderFixture orderFixture;
    final ProvisioningFixture provisioningFixture;
    final ScriptedCapableProvider provider;
    final OperationTransactions steps;
    final Resizes resizes = new Resizes();
    final Rebuilds rebuilds = new Rebuilds();
    final RescueOperations rescueOperations = new RescueOperations();
    final ServerReverseDns names = new ServerReverseDns();
    final ServiceSettings serviceSettings = new ServiceSettings();
    private final TenantId tenant;
    private final ResizeHandler resizeHandler;
    private final RebuildHandler rebuildHandler;
    private final EnterRescueHandler enterRescueHandler;
    private final LeaveRescueHandler leaveRescueHandler;
    private final ReverseDnsHandler reverseDnsHandler;

    ServerOperationFixture(String slug) {
        orderFixture = new OrderFixture(slug);
        provisioningFixture = orderFixture.provisioningFixture;
        tenant = provisioningFixture.billingFixture.tenant;
        provider = new ScriptedCapableProvider(provisioningFixture.provider);
        var provisioningTargets = new ProvisioningTargets(List.of(provider));
        steps = new OperationCallTransactions(provisioningFixture);
        resizeHandler = new ResizeHandler(steps, provisioningTargets);
        rebuildHandler = new RebuildHandler(steps, provisioningTargets, new ProvisionHandler());
        enterRescueHandler = new EnterRescueHandler(steps, provisioningTargets, new ProvisionHandler());
        leaveRescueHandler = new LeaveRescueHandler(steps, provisioningTargets, new ProvisionHandler());
        reverseDnsHandler = new ReverseDnsHandler(new NamingTransactions(provisioningFixture), provisioningTargets);
        useTargets(provisioningTargets);
    }

    /** Makes this provider, and no other, reachable. */
    void useTargets(ProvisioningTargets provisioningTargets) {
        var sql = provisioningFixture.billingFixture.sql;
        var access = new Access(sql);
        var lockedServices = new LockedServices(sql, access, provisioningFixture.billingFixture.clock);
        var providerCapabilities = new ProviderCapabilities(provisioningTargets);
        resizes.clock = provisioningFixture.billingFixture.clock;
        resizes.access = access;
        resizes.audit = provisioningFixture.audit;
        resizes.catalog = orderFixture.catalog;
        resizes.charging = provisioningFixture.billingFixture.charging;
        resizes.lockedServices = lockedServices;
        resizes.provisioningTargets = provisioningTargets;
        resizes.providerCapabilities = providerCapabilities;
        resizes.serviceLifecycle = provisioningFixture.serviceLifecycle;
        resizes.pendingOperations = provisioningFixture.pendingOperations;
        resizes.reservations = provisioningFixture.reservations;
        rebuilds.access = access;
        rebuilds.audit = provisioningFixture.audit;
        rebuilds.lockedServices = lockedServices;
        rebuilds.providerCapabilities = providerCapabilities;
        rebuilds.images = orderFixture.images;
        rebuilds.launchConfigs = orderFixture.serviceOrders.launchConfigs;
        rebuilds.serviceLifecycle = provisioningFixture.serviceLifecycle;
        rebuilds.pendingOperations = provisioningFixture.pendingOperations;
        rescueOperations.access = access;
        rescueOperations.audit = provisioningFixture.audit;
        rescueOperations.lockedServices = lockedServices;
        rescueOperations.providerCapabilities = providerCapabilities;
        rescueOperations.serviceLifecycle = provisioningFixture.serviceLifecycle;
        rescueOperations.pendingOperations = provisioningFixture.pendingOperations;
        names.sql = sql;
        names.clock = provisioningFixture.billingFixture.clock;
        names.access = access;
        names.audit = provisioningFixture.audit;
        names.lockedServices = lockedServices;
        names.providerCapabilities = providerCapabilities;
        names.serviceLifecycle = provisioningFixture.serviceLifecycle;
        names.items = provisioningFixture.workQueueFixture.items;
        serviceSettings.sql = sql;
        serviceSettings.access = access;
        serviceSettings.audit = provisioningFixture.audit;
        serviceSettings.lockedServices = lockedServices;
        serviceSettings.serviceLifecycle = provisioningFixture.serviceLifecycle;
    }

    /** Creates a running server of the plan at a cent an hour with a disk of 10 GB; its first hour is charged. */
    UUID createServer(UUID wallet) {
        provider.mapPlan(provisioningFixture.plan, "small");
        var service = provisioningFixture.order(wallet);
        provisioningFixture.completeOrders();
        return service;
    }

    /** Creates another plan that is sold in the servers' location. */
    UUID plan(String monthly, int disk) {
        var plan = provisioningFixture.billingFixture.plan();
        provisioningFixture.billingFixture.price(plan, 1, monthly);
        provisioningFixture.billingFixture.in(() -> {
            provisioningFixture.billingFixture.sql.update("update plan set disk_gib = ? where id = ?", disk, plan);
            return provisioningFixture.billingFixture.sql.update(
                    "insert into plan_region (plan_id, region) values (?, 'fra')", plan);
        });
        return plan;
    }

    /** Creates another plan, whose servers have that size at the provider. */
    UUID plan(String monthly, int disk, String size) {
        var plan = plan(monthly, disk);
        provider.mapPlan(plan, size);
        return plan;
    }

    /** Runs all workers on pending work, regardless of when it is due. */
    void work() {
        provisioningFixture.workQueueFixture.makeDue();
        provisioningFixture.workQueueFixture.expireLeases();
        try {
            provisioningFixture.workQueueFixture.work(
                    resizeHandler, rebuildHandler, enterRescueHandler, leaveRescueHandler, reverseDnsHandler);
        } catch (ScriptedProvider.Death dead) {
            // Intended: another worker continues after the lease expires.
        }
    }

    void work(int times) {
        for (var i = 0; i < times; i++) {
            work();
        }
    }

    /** Lets time pass for providers and for workers that wait for them. */
    void advance(Duration span) {
        provisioningFixture.advance(span);
        Database.asOwner("update " + tenant.schema() + ".service_operation set requested_at = requested_at - interval '"
                + span.toSeconds() + " seconds'");
    }

    /** Advances the ledger by an hour and this many minutes without a charge. */
    void moveClockTo(Duration afterNoon) {
        provisioningFixture.billingFixture.clock.stopAt(ProvisioningFixture.NOON.plus(afterNoon));
    }

    /** Returns the summary as pages read it. */
    Services.Summary summary(UUID service) {
        return provisioningFixture.billingFixture.in(() -> provisioningFixture.billingFixture.sql.one(
                Services.SUMMARIES + " where s.id = ?",
                Services.summaryAt(provisioningFixture.billingFixture.clock.instant()),
                service));
    }

    Money balance(UUID service) {
        return provisioningFixture.billingFixture.balance(
                UUID.fromString(provisioningFixture.column(service, "wallet_id")));
    }

    /** Returns how the reservations of a service ended, the first first. */
    List<String> reservations(UUID service) {
        return texts("select amount::numeric(9, 2) || ' ' || state from %s.wallet_reservation where service_id = '"
                + service + "' order by reserved_at, id");
    }

    /** Returns the outcomes of provider calls. */
    List<String> callOutcomes(UUID service, String step) {
        return texts(
                "select outcome || coalesce(nullif(': ' || message, ': '), '') from %s.provider_call where service_id = '"
                        + service + "' and step = '" + step + "' order by id");
    }

    /** Creates an owner of a service's organization. */
    Actor member(UUID service, String name) {
        var person = UUID.randomUUID();
        var schema = tenant.schema();
        Database.asOwner("insert into " + schema + ".person (id, email, name, created_at) values ('" + person + "', '"
                + person + "@kiosk.example', '" + name + "', now())");
        Database.asOwner("insert into " + schema + ".membership (organization_id, person_id, role, joined_at) values ('"
                + provisioningFixture.column(service, "organization_id") + "', '" + person + "', 'owner', now())");
        return new Actor(Actor.Kind.MEMBER, person, name);
    }

    /** Returns the notifications of a person, the first first. */
    List<String> notificationsOf(Actor person) {
        return texts("select kind || ' ' || subject || ' ' || detail from %s.notification where person_id = '"
                + person.personId() + "' order by id");
    }

    List<String> texts(String query) {
        return Database.texts(query.replace("%s", tenant.schema()));
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class OperationCallTransactions extends OperationTransactions {
        private final TenantId tenant;

        OperationCallTransactions(ProvisioningFixture provisioningFixture) {
            super(
                    provisioningFixture.billingFixture.sql,
                    provisioningFixture.billingFixture.clock,
                    provisioningFixture.serviceLifecycle,
                    provisioningFixture.pendingOperations,
                    provisioningFixture.providerCalls,
                    provisioningFixture.workQueueFixture.items,
                    provisioningFixture.reservations,
                    provisioningFixture.billingFixture.charging,
                    provisioningFixture.audit);
            tenant = provisioningFixture.billingFixture.tenant;
        }

        @Override
        public OperationStatus read(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.read(claimedWorkItem));
        }

        @Override
        public boolean announce(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.announce(claimedWorkItem));
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
        public boolean isLost(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.isLost(claimedWorkItem));
        }

        @Override
        public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
            Database.run(tenant, () -> super.unsure(claimedWorkItem, words));
        }

        @Override
        public void resized(ClaimedWorkItem claimedWorkItem, ProviderServer.State state) {
            Database.run(tenant, () -> super.resized(claimedWorkItem, state));
        }

        @Override
        public void rebuilt(ClaimedWorkItem claimedWorkItem) {
            Database.run(tenant, () -> super.rebuilt(claimedWorkItem));
        }

        @Override
        public void turnedOver(ClaimedWorkItem claimedWorkItem) {
            Database.run(tenant, () -> super.turnedOver(claimedWorkItem));
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

    private static final class NamingTransactions extends ReverseDnsTransactions {
        private final TenantId tenant;

        NamingTransactions(ProvisioningFixture provisioningFixture) {
            super(
                    provisioningFixture.billingFixture.sql,
                    provisioningFixture.serviceLifecycle,
                    provisioningFixture.providerCalls,
                    provisioningFixture.workQueueFixture.items);
            tenant = provisioningFixture.billingFixture.tenant;
        }

        @Override
        public ServiceState read(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.read(claimedWorkItem));
        }

        @Override
        public Next announce(ClaimedWorkItem claimedWorkItem, List<String> addresses) {
            return Database.in(tenant, () -> super.announce(claimedWorkItem, addresses));
        }

        @Override
        public void named(ClaimedWorkItem claimedWorkItem, ReverseDnsRequest reverseDnsRequest) {
            Database.run(tenant, () -> super.named(claimedWorkItem, reverseDnsRequest));
        }

        @Override
        public void unsure(ClaimedWorkItem claimedWorkItem, String words) {
            Database.run(tenant, () -> super.unsure(claimedWorkItem, words));
        }

        @Override
        public void refused(
                ClaimedWorkItem claimedWorkItem, ReverseDnsRequest reverseDnsRequest, Reason reason, String words) {
            Database.run(tenant, () -> super.refused(claimedWorkItem, reverseDnsRequest, reason, words));
        }

        @Override
        public void drop(ClaimedWorkItem claimedWorkItem, Reason reason) {
            Database.run(tenant, () -> super.drop(claimedWorkItem, reason));
        }
    }
}
