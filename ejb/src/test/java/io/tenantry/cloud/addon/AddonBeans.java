package io.tenantry.cloud.addon;

import io.tenantry.billing.charging.Charging;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.billing.wallet.WalletBalanceChanged;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.Snapshots.Snapshot;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.provisioning.ServerAddresses;
import io.tenantry.cloud.provisioning.ServerRebuilt;
import io.tenantry.cloud.provisioning.ServicesTerminated;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.ledger.Ledger;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Sql;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkItems;
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

/** Add-ons of servers: the real beans, each step a transaction, for any tenant entered. */
public final class AddonBeans {
    public final AddonPrices prices;
    public final VolumeOrders volumes;
    public final BackupOrders backups;
    public final SnapshotOrders snapshots;
    public final AddressOrders addresses;
    public final AddonReview decisions;
    public final AddonReconciliationSchedule schedule;
    final AuditTrail audit = new AuditTrail();
    final Reservations reservations;
    final SnapshotQuery copies;
    final AddressQuery addressQuery;
    final AddonQuery list;
    final AddonPricing addonPricing;
    final Access access;
    final AddonServers addonServers;
    final AddonOrdering entries;
    final ServerTerminationListener ends;
    final TerminationConsequences consequences;
    final ServerRebuiltListener rebuiltListener;
    final VolumeHandler volumeHandler;
    final BackupHandler backupHandler;
    final SnapshotHandler snapshotHandler;
    final AddressHandler addressHandler;
    final BackupListHandler reading;
    final AddonReconciliationHandler reconciliationHandler;
    final AddonRepairHandler repairHandler;
    final AddonDiscrepancies discrepancies;
    final AddonDiscrepancyActions actions;
    private final Parts parts;
    private final AddonRepository records;
    private final AddonLifecycle lifecycle;
    private final AddressConstraints addressConstraints;
    private final ServerAddresses reach;
    private final RequiresNewRestores restored;

    /** The parts it is assembled from. */
    public record Parts(
            Sql sql,
            Clock clock,
            Charging charging,
            WorkItems items,
            ProvisioningTargets provisioningTargets,
            TenantDirectory tenants,
            Boundary boundary) {}

    public AddonBeans(Parts parts) {
        this.parts = parts;
        var sql = parts.sql();
        var clock = parts.clock();
        var charging = parts.charging();
        var items = parts.items();
        access = new Access(sql);
        io.tenantry.cloud.provider.account.ProviderAccountFixture.inject(audit, "sql", sql);
        reservations = new Reservations(sql, clock, parts.tenants());
        records = new AddonRepository(sql, clock);
        addonPricing = new AddonPricing(sql, clock);
        lifecycle = new AddonLifecycle(records, items, reservations, charging, clock);
        addonServers = new AddonServers(sql, access, parts.provisioningTargets());
        prices = new AddonPrices(sql, clock, access, audit, parts.tenants());
        entries = new AddonOrdering(sql, clock, access, audit, records, addonPricing, reservations, items);
        var rules = new SnapshotConstraints(sql);
        volumes = new VolumeOrders(sql, clock, records, addonServers, addonPricing, reservations, charging, entries);
        ends = new ServerTerminationListener(sql, records, charging, reservations, items, clock);
        consequences = new TerminationConsequences(ends, addonServers, sql);
        backups = new BackupOrders(
                sql, clock, records, addonServers, charging, items, entries, ends, rules, addonPricing, reservations);
        snapshots = new SnapshotOrders(sql, clock, records, addonServers, rules, charging, entries);
        copies = new SnapshotQuery(sql, clock, access, addonServers, addonPricing);
        addressConstraints = new AddressConstraints(sql);
        reach = new ServerAddresses(sql);
        addresses = new AddressOrders(clock, records, addonServers, addressConstraints, charging, entries);
        addressQuery = new AddressQuery(sql, clock, access, addonServers, addonPricing);
        list = new AddonQuery(sql, clock, access, addonServers, addonPricing);
        decisions = new AddonReview(
                access,
                audit,
                items,
                records,
                new ParkedAddonWork(items, records, lifecycle, addonPricing, reservations));
        schedule = new AddonReconciliationSchedule(sql, access, items);
        rebuiltListener = new ServerRebuiltListener(sql, clock, records, items);
        var steps = new RequiresNewAddons(this);
        var options = new AddonHandlerSupport(steps, parts.provisioningTargets());
        restored = new RequiresNewRestores(this);
        restored.hear(rebuiltListener::rebuildStarted);
        var restoring = new RestoreHandler(options, steps, restored);
        var copying = new RequiresNewBackups(this);
        volumeHandler = new VolumeHandler(options, steps, new RequiresNewVolumes(this));
        backupHandler = new BackupHandler(
                options,
                steps,
                copying,
                restoring,
                new BackupPolicyHandler(options, steps, new RequiresNewPolicies(this)));
        snapshotHandler = new SnapshotHandler(options, steps, new RequiresNewSnapshots(this), restoring);
        addressHandler = new AddressHandler(options, steps, new RequiresNewAddresses(this));
        reading = new BackupListHandler(steps, copying, parts.provisioningTargets());
        reconciliationHandler =
                new AddonReconciliationHandler(new RequiresNewObservations(this), parts.provisioningTargets());
        repairHandler = new AddonRepairHandler(new RequiresNewRepairs(this), parts.provisioningTargets());
        var wallets = new Wallets(sql, clock, new Ledger(sql, clock));
        io.tenantry.cloud.provider.account.ProviderAccountFixture.inject(wallets, "moved", ignoredEvents());
        var losses = new AddonCredits(new AddonCredits.Collaborators(
                sql, clock, records, ends, charging, new ItemCharges(wallets), addonPricing, reach));
        discrepancies = new AddonDiscrepancies(sql, access, clock, addonPricing, parts.tenants());
        actions =
                new AddonDiscrepancyActions(sql, clock, access, audit, items, records, addonPricing, charging, losses);
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletBalanceChanged> ignoredEvents() {
        return (Event<WalletBalanceChanged>) Proxy.newProxyInstance(
                AddonBeans.class.getClassLoader(), new Class<?>[] {Event.class}, (proxy, method, arguments) -> null);
    }

    /** Returns the handlers that do pending work and read the providers' data. */
    public List<WorkHandler> workers() {
        return List.of(
                volumeHandler,
                backupHandler,
                snapshotHandler,
                addressHandler,
                reading,
                reconciliationHandler,
                repairHandler);
    }

    /** Returns the current price of one unit, as shown when ordering. */
    public UUID price(AddonType kind) {
        return addonPricing
                .offer(kind, parts.tenants().current().currency())
                .orElseThrow()
                .priceId();
    }

    /** Notifies of ended services, in the current transaction. */
    public void ended(ServicesTerminated event) {
        ends.serversEnded(event);
    }

    /** Notifies of a rebuilt or restored server, in the current transaction. */
    public void rebuildStarted(ServerRebuilt event) {
        rebuiltListener.rebuildStarted(event);
    }

    /** Sets the observer of restored servers, in place of {@link #rebuildStarted}. */
    void hear(Consumer<ServerRebuilt> listener) {
        restored.hear(listener);
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class RequiresNewAddons extends AddonTransactions {
        private final AddonBeans room;

        RequiresNewAddons(AddonBeans room) {
            super(room.records, room.lifecycle, room.parts.items());
            this.room = room;
        }

        @Override
        public boolean isPast(ClaimedWorkItem claimedWorkItem) {
            return room.parts.boundary().in("option is past", () -> super.isPast(claimedWorkItem));
        }

        @Override
        public boolean isBehind(ClaimedWorkItem claimedWorkItem) {
            return room.parts.boundary().in("option is behind", () -> super.isBehind(claimedWorkItem));
        }

        @Override
        public Addon read(UUID id) {
            return room.parts.boundary().in("option read", () -> super.read(id));
        }

        @Override
        public CallDecision announceCreation(ClaimedWorkItem claimedWorkItem, CallDecision.RetryRule retryRule) {
            return room.parts
                    .boundary()
                    .in("option announce creation", () -> super.announceCreation(claimedWorkItem, retryRule));
        }

        @Override
        public void announce(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("option announce", () -> super.announce(claimedWorkItem));
        }

        @Override
        public void taken(ClaimedWorkItem claimedWorkItem, ProviderTask providerTask) {
            room.parts.boundary().run("option taken", () -> super.taken(claimedWorkItem, providerTask));
        }

        @Override
        public void refused(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("option refused", () -> super.refused(claimedWorkItem));
        }

        @Override
        public void unsure(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("option unsure", () -> super.unsure(claimedWorkItem));
        }

        @Override
        public void note(ClaimedWorkItem claimedWorkItem, String upstreamId) {
            room.parts.boundary().run("option note", () -> super.note(claimedWorkItem, upstreamId));
        }

        @Override
        public boolean fail(ClaimedWorkItem claimedWorkItem, Reason reason, String words) {
            return room.parts.boundary().in("option fail", () -> super.fail(claimedWorkItem, reason, words));
        }

        @Override
        public boolean dropWithServer(ClaimedWorkItem claimedWorkItem, String words) {
            return room.parts
                    .boundary()
                    .in("option drop with server", () -> super.dropWithServer(claimedWorkItem, words));
        }

        @Override
        public Duration leave(ClaimedWorkItem claimedWorkItem) {
            return room.parts.boundary().in("option leave", () -> super.leave(claimedWorkItem));
        }

        @Override
        public boolean missed(ClaimedWorkItem claimedWorkItem) {
            return room.parts.boundary().in("option missed", () -> super.missed(claimedWorkItem));
        }
    }

    private static final class RequiresNewRestores extends RestoreTransactions {
        private final AddonBeans room;

        RequiresNewRestores(AddonBeans room) {
            super(room.records, room.lifecycle, room.parts.items());
            this.room = room;
        }

        @Override
        public void restored(ClaimedWorkItem claimedWorkItem, boolean isCertain) {
            room.parts.boundary().run("restore restored", () -> super.restored(claimedWorkItem, isCertain));
        }

        @Override
        public void giveUp(ClaimedWorkItem claimedWorkItem, Reason reason) {
            room.parts.boundary().run("restore give up", () -> super.giveUp(claimedWorkItem, reason));
        }
    }

    private static final class RequiresNewVolumes extends VolumeTransactions {
        private final AddonBeans room;

        RequiresNewVolumes(AddonBeans room) {
            super(room.records, room.lifecycle, room.reservations, room.parts.charging(), room.parts.clock());
            this.room = room;
        }

        @Override
        public void activate(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("volume activate", () -> super.activate(claimedWorkItem));
        }

        @Override
        public void done(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("volume done", () -> super.done(claimedWorkItem));
        }

        @Override
        public void giveUp(ClaimedWorkItem claimedWorkItem, Reason reason) {
            room.parts.boundary().run("volume give up", () -> super.giveUp(claimedWorkItem, reason));
        }

        @Override
        public void drop(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("volume drop", () -> super.drop(claimedWorkItem));
        }
    }

    private static final class RequiresNewBackups extends BackupTransactions {
        private final AddonBeans room;

        RequiresNewBackups(AddonBeans room) {
            super(room.parts.sql(), room.records, room.lifecycle, room.parts.items(), room.parts.clock());
            this.room = room;
        }

        @Override
        public void activate(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("backup activate", () -> super.activate(claimedWorkItem));
        }

        @Override
        public void off(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("backup off", () -> super.off(claimedWorkItem));
        }

        @Override
        public boolean missed(ClaimedWorkItem claimedWorkItem) {
            return room.parts.boundary().in("backup missed", () -> super.missed(claimedWorkItem));
        }

        @Override
        public boolean isBeingSwitchedOn(ClaimedWorkItem claimedWorkItem) {
            return room.parts
                    .boundary()
                    .in("backup is being switched on", () -> super.isBeingSwitchedOn(claimedWorkItem));
        }

        @Override
        public void list(ClaimedWorkItem claimedWorkItem, List<Snapshot> copies) {
            room.parts.boundary().run("backup list", () -> super.list(claimedWorkItem, copies));
        }
    }

    private static final class RequiresNewPolicies extends BackupPolicyTransactions {
        private final AddonBeans room;

        RequiresNewPolicies(AddonBeans room) {
            super(
                    room.records,
                    room.lifecycle,
                    room.reservations,
                    room.parts.charging(),
                    room.parts.items(),
                    room.parts.clock());
            this.room = room;
        }

        @Override
        public boolean announce(ClaimedWorkItem claimedWorkItem) {
            return room.parts.boundary().in("policy announce", () -> super.announce(claimedWorkItem));
        }

        @Override
        public void changed(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("policy changed", () -> super.changed(claimedWorkItem));
        }

        @Override
        public void giveUp(ClaimedWorkItem claimedWorkItem, Reason reason) {
            room.parts.boundary().run("policy give up", () -> super.giveUp(claimedWorkItem, reason));
        }
    }

    private static final class RequiresNewSnapshots extends SnapshotTransactions {
        private final AddonBeans room;

        RequiresNewSnapshots(AddonBeans room) {
            super(room.parts.sql(), room.records, room.lifecycle, room.addonPricing);
            this.room = room;
        }

        @Override
        public List<String> servers(UUID id) {
            return room.parts.boundary().in("snapshot servers", () -> super.servers(id));
        }

        @Override
        public CallDecision announce(ClaimedWorkItem claimedWorkItem, CallDecision.RetryRule retryRule) {
            return room.parts.boundary().in("snapshot announce", () -> super.announce(claimedWorkItem, retryRule));
        }

        @Override
        public void reach(ClaimedWorkItem claimedWorkItem, int percent) {
            room.parts.boundary().run("snapshot reach", () -> super.reach(claimedWorkItem, percent));
        }

        @Override
        public void activate(ClaimedWorkItem claimedWorkItem, long sizeMib) {
            room.parts.boundary().run("snapshot activate", () -> super.activate(claimedWorkItem, sizeMib));
        }
    }

    private static final class RequiresNewAddresses extends AddressTransactions {
        private final AddonBeans room;

        RequiresNewAddresses(AddonBeans room) {
            super(room.records, room.lifecycle, room.addressConstraints, room.reach);
            this.room = room;
        }

        @Override
        public boolean isAsked(UUID serviceId) {
            return room.parts.boundary().in("address is asked", () -> super.isAsked(serviceId));
        }

        @Override
        public boolean isBehind(Addon address) {
            return room.parts.boundary().in("address is behind", () -> super.isBehind(address));
        }

        @Override
        public CallDecision announce(ClaimedWorkItem claimedWorkItem, List<String> there) {
            return room.parts.boundary().in("address announce", () -> super.announce(claimedWorkItem, there));
        }

        @Override
        public void note(ClaimedWorkItem claimedWorkItem, String text) {
            room.parts.boundary().run("address note", () -> super.note(claimedWorkItem, text));
        }

        @Override
        public void activate(ClaimedWorkItem claimedWorkItem, boolean isListed) {
            room.parts.boundary().run("address activate", () -> super.activate(claimedWorkItem, isListed));
        }

        @Override
        public boolean failWithServer(ClaimedWorkItem claimedWorkItem, String words) {
            return room.parts
                    .boundary()
                    .in("address fail with server", () -> super.failWithServer(claimedWorkItem, words));
        }

        @Override
        public boolean missed(ClaimedWorkItem claimedWorkItem) {
            return room.parts.boundary().in("address missed", () -> super.missed(claimedWorkItem));
        }
    }

    private static final class RequiresNewObservations extends AddonObservations {
        private final AddonBeans room;

        RequiresNewObservations(AddonBeans room) {
            super(
                    room.parts.sql(),
                    room.parts.clock(),
                    room.parts.items(),
                    new AddonDiscrepancyRepository(room.parts.sql(), room.parts.clock()));
            this.room = room;
        }

        @Override
        public Map<UUID, ChargedAddon> charged(String account) {
            return room.parts.boundary().in("look charged", () -> super.charged(account));
        }

        @Override
        public List<String> copied(String account) {
            return room.parts.boundary().in("look copied", () -> super.copied(account));
        }

        @Override
        public List<ServerWithAddresses> addressed(String account) {
            return room.parts.boundary().in("look addressed", () -> super.addressed(account));
        }

        @Override
        public List<AddressLost> lost(String account) {
            return room.parts.boundary().in("look lost", () -> super.lost(account));
        }

        @Override
        public List<BackupState> backedUp(String account, Set<String> numbers) {
            return room.parts.boundary().in("look backed up", () -> super.backedUp(account, numbers));
        }

        @Override
        public void compare(
                ClaimedWorkItem claimedWorkItem,
                String account,
                Map<UUID, ChargedAddon> before,
                List<ObservedResource> things,
                Set<UUID> unsure) {
            room.parts
                    .boundary()
                    .run("look compare", () -> super.compare(claimedWorkItem, account, before, things, unsure));
        }
    }

    private static final class RequiresNewRepairs extends AddonRepairTransactions {
        private final AddonBeans room;

        RequiresNewRepairs(AddonBeans room) {
            super(room.parts.sql(), room.parts.items(), room.records);
            this.room = room;
        }

        @Override
        public Optional<AddonRepairOrder> read(ClaimedWorkItem claimedWorkItem) {
            return room.parts.boundary().in("mend read", () -> super.read(claimedWorkItem));
        }

        @Override
        public Optional<Duration> ask(ClaimedWorkItem claimedWorkItem) {
            return room.parts.boundary().in("mend ask", () -> super.ask(claimedWorkItem));
        }

        @Override
        public void gone(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("mend gone", () -> super.gone(claimedWorkItem));
        }

        @Override
        public void on(ClaimedWorkItem claimedWorkItem) {
            room.parts.boundary().run("mend on", () -> super.on(claimedWorkItem));
        }

        @Override
        public void callOff(ClaimedWorkItem claimedWorkItem, String words) {
            room.parts.boundary().run("mend call off", () -> super.callOff(claimedWorkItem, words));
        }
    }
}
