package io.tenantry.cloud.addon;

import io.tenantry.admin.auditor.AuditorFixture;
import io.tenantry.admin.auditor.Violation;
import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.billing.wallet.Reservations;
import io.tenantry.catalog.pricing.PriceFixture;
import io.tenantry.cloud.provider.Backups.Policy;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.provisioning.ServerRebuilt;
import io.tenantry.cloud.provisioning.ServicesTerminated;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Tenancy;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkHandler;
import io.tenantry.workqueue.WorkOutcome;
import io.tenantry.workqueue.WorkQueueFixture;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Servers with add-ons of a new tenant, a provider, and workers: all over a real PostgreSQL, each step a transaction. */
final class AddonFixture {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final BillingFixture billingFixture;
    final WorkQueueFixture workQueueFixture;
    final ScriptedAddonProvider provider = new ScriptedAddonProvider();
    final Reservations reservations;
    final AuditTrail audit;
    final AddonPrices prices;
    final VolumeOrders volumes;
    final BackupOrders backups;
    final SnapshotOrders snapshots;
    final SnapshotQuery copies;
    final AddressOrders addresses;
    final AddressQuery addressQuery;
    final AddonQuery list;
    final AddonReview decisions;
    final AddonReconciliationSchedule schedule;
    final AddonDiscrepancies discrepancies;
    final AddonDiscrepancyActions actions;
    final List<UUID> rebuiltServers = new ArrayList<>();
    final List<WorkHandler> workers = new ArrayList<>();
    final ProvisioningTargets provisioningTargets;
    final Access access;
    final AddonServers addonServers;
    final TerminationConsequences consequences;
    final AddonPricing addonPricing;
    final AddonOrdering entries;
    private final AddonBeans beans;
    private final UUID price;
    private int servers;

    /** Creates it with a provider, and others that are queried after it. */
    AddonFixture(String slug, ProvisioningTarget... others) {
        billingFixture = new BillingFixture(slug, "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        workQueueFixture = new WorkQueueFixture(billingFixture.tenant);
        var all = new ArrayList<ProvisioningTarget>(List.of(others));
        all.add(0, provider);
        provisioningTargets = new ProvisioningTargets(all);
        beans = new AddonBeans(new AddonBeans.Parts(
                billingFixture.sql,
                billingFixture.clock,
                billingFixture.charging,
                workQueueFixture.items,
                provisioningTargets,
                new TenantDirectory(Database.administration()),
                Boundary.of(billingFixture.tenant)));
        beans.hear(this::hear);
        audit = beans.audit;
        reservations = beans.reservations;
        prices = beans.prices;
        volumes = beans.volumes;
        backups = beans.backups;
        snapshots = beans.snapshots;
        copies = beans.copies;
        addresses = beans.addresses;
        addressQuery = beans.addressQuery;
        list = beans.list;
        decisions = beans.decisions;
        schedule = beans.schedule;
        discrepancies = beans.discrepancies;
        actions = beans.actions;
        addonPricing = beans.addonPricing;
        access = beans.access;
        addonServers = beans.addonServers;
        consequences = beans.consequences;
        entries = beans.entries;
        workers.addAll(List.of(
                beans.volumeHandler,
                beans.backupHandler,
                beans.snapshotHandler,
                beans.addressHandler,
                beans.repairHandler));
        price = billingFixture.price("14.60");
        PriceFixture.freeAddons(billingFixture.tenant, "EUR");
    }

    /** Publishes the monthly prices of both: a volume's per gibibyte, and of backups. */
    void publish(String gib, String backup) {
        publish(AddonType.VOLUME, gib);
        publish(AddonType.BACKUP, backup);
    }

    void publish(AddonType kind, String monthly) {
        var outcome = billingFixture.in(
                () -> prices.publish(kind, Optional.of(billingFixture.money(monthly)), Optional.empty()));
        if (outcome != AddonPrices.Outcome.DONE) {
            throw new IllegalStateException("not published: " + outcome);
        }
    }

    /** Creates a running server at two cents an hour, of a customer with that much money. */
    Rented server(String money) {
        return server(billingFixture.wallet(money));
    }

    Rented server(UUID wallet) {
        var rented = billingFixture.rent(wallet, price, billingFixture.clock.instant());
        billingFixture.in(() -> billingFixture.sql.update("""
                    insert into organization (id, name, billing_email, country, created_at)
                    select organization_id, 'Kiosk', 'books@kiosk.example', 'DE', ? from wallet where id = ?
                    on conflict do nothing
                    """, billingFixture.clock.instant(), wallet));
        place(rented, ScriptedAddonProvider.ACCOUNT, "fra", serverId(++servers));
        return rented;
    }

    /** Sets the location of its server. */
    void place(Rented server, String account, String region, String number) {
        billingFixture.in(() -> billingFixture.sql.update("""
                update service
                   set account = ?, provider_region = ?, provider_size = 'small', provider_image = 'plain', provider_ref = ?
                 where id = ?
                """, account, region, number, server.service()));
    }

    /** Returns the provider's number of the n-th server created. */
    static String serverId(int number) {
        return "server-" + number;
    }

    /** Returns the provider's number of it. */
    String serverIdOf(Rented server) {
        return Database.texts("select provider_ref from " + billingFixture.tenant.schema() + ".service where id = '"
                        + server.service() + "'")
                .get(0);
    }

    /** Orders a volume for it, at the current price. */
    AddonOutcome orderVolume(Rented server, int gib) {
        return orderVolume(UUID.randomUUID(), server, gib);
    }

    AddonOutcome orderVolume(UUID requestId, Rented server, int gib) {
        return billingFixture.in(
                () -> volumes.create(requestId, server.service(), "data", gib, offered(AddonType.VOLUME)));
    }

    /** Orders a volume and waits until it is created and attached. */
    Rented createVolume(Rented server, int gib) {
        var id = idOf(orderVolume(server, gib));
        work(4);
        return new Rented(id, server.wallet());
    }

    AddonOutcome grow(Rented volume, int gib) {
        return billingFixture.in(() -> volumes.grow(volume.service(), gib, offered(AddonType.VOLUME)));
    }

    AddonOutcome orderBackups(Rented server) {
        return orderBackups(server, Optional.of(Policy.DAILY));
    }

    /** Sets its backup policy, at the current price. */
    AddonOutcome orderBackups(Rented server, Optional<Policy> policy) {
        return billingFixture.in(() -> backups.switchOn(server.service(), policy, offered(policy)));
    }

    /** Changes to this backup policy, at the current price. */
    AddonOutcome changePolicy(Rented server, Policy policy) {
        return billingFixture.in(() -> backups.change(server.service(), policy, offered(Optional.of(policy))));
    }

    void publish(Policy policy, String monthly) {
        var outcome = billingFixture.in(
                () -> prices.publish(policy, Optional.of(billingFixture.money(monthly)), Optional.empty()));
        if (outcome != AddonPrices.Outcome.DONE) {
            throw new IllegalStateException("not published: " + outcome);
        }
    }

    /** Orders a snapshot of it, at the current price. */
    AddonOutcome orderSnapshot(Rented server) {
        return orderSnapshot(UUID.randomUUID(), server);
    }

    AddonOutcome orderSnapshot(UUID requestId, Rented server) {
        return billingFixture.in(
                () -> snapshots.take(requestId, server.service(), "before", offered(AddonType.SNAPSHOT)));
    }

    /** Orders a snapshot and waits until it is ready. */
    Rented createSnapshot(Rented server) {
        var id = idOf(orderSnapshot(server));
        work(2);
        return new Rented(id, server.wallet());
    }

    /** Orders a further address for it, at the current price. */
    AddonOutcome orderAddress(Rented server) {
        return orderAddress(UUID.randomUUID(), server);
    }

    AddonOutcome orderAddress(UUID requestId, Rented server) {
        return billingFixture.in(() -> addresses.take(requestId, server.service(), offered(AddonType.ADDRESS)));
    }

    /** Orders a further address and waits until it is routed. */
    UUID createAddress(Rented server) {
        var id = idOf(orderAddress(server));
        work(2);
        return id;
    }

    UUID offered(AddonType kind) {
        return addonPricing
                .offer(kind, Currency.getInstance("EUR"))
                .map(AddonPricing.Offer::priceId)
                .orElseGet(UUID::randomUUID);
    }

    UUID offered(Optional<Policy> policy) {
        return addonPricing
                .offer(policy, Currency.getInstance("EUR"))
                .map(AddonPricing.Offer::priceId)
                .orElseGet(UUID::randomUUID);
    }

    static UUID idOf(AddonOutcome outcome) {
        return ((AddonOutcome.Done) outcome).optionId();
    }

    /** Ends a server as the product does: its notification comes before the server's own last hour. */
    void terminate(Rented server) {
        billingFixture.in(() -> {
            beans.ended(new ServicesTerminated(List.of(server.service()), billingFixture.clock.instant()));
            return true;
        });
        billingFixture.end(server, billingFixture.clock.instant());
    }

    /** Notifies that its server was rebuilt. */
    void notifyRebuilt(Rented server) {
        billingFixture.in(() -> {
            hear(new ServerRebuilt(server.service()));
            return true;
        });
    }

    private void hear(ServerRebuilt event) {
        rebuiltServers.add(event.serviceId());
        beans.rebuildStarted(event);
    }

    /** Marks its server as being resized or rebuilt, or clears the mark. */
    void setPendingOperation(Rented server, @Nullable String what) {
        billingFixture.in(() -> billingFixture.sql.update(
                "update service set pending_operation = ? where id = ?", what, server.service()));
    }

    /** Puts it into its rescue system, or back into its own. */
    void setRescued(Rented server, boolean isIn) {
        billingFixture.in(() -> billingFixture.sql.update(
                "update service set rescue = case when ? then gen_random_uuid() end where id = ?",
                isIn,
                server.service()));
    }

    /** Runs all workers on pending work, regardless of when it is due. */
    void work() {
        workQueueFixture.makeDue();
        workQueueFixture.expireLeases();
        try {
            workQueueFixture.work(workers.toArray(WorkHandler[]::new));
        } catch (ScriptedAddonProvider.Death dead) {
            // Intended: another worker continues after the lease expires.
        }
    }

    /** Repeats this the given number of times. */
    void work(int times) {
        for (var i = 0; i < times; i++) {
            work();
        }
    }

    /** Reads the providers' data. */
    void read() {
        billingFixture.in(schedule::begin);
        workQueueFixture.makeDue();
        workQueueFixture.work(beans.reading, beans.reconciliationHandler);
    }

    /** Returns the outcome of one attempt at backups. */
    WorkOutcome workOnBackups(ClaimedWorkItem claimedWorkItem) {
        try (var actorScope = Actors.enter(Actor.system(claimedWorkItem.kind()))) {
            return Tenancy.in(claimedWorkItem.tenant(), () -> beans.backupHandler.work(claimedWorkItem));
        }
    }

    /** Lets time pass at the providers. */
    void advance(Duration span) {
        var earlier = " - interval '" + span.toSeconds() + " seconds'";
        Database.asOwner("update " + billingFixture.tenant.schema() + ".addon set requested_at = requested_at" + earlier
                + ", not_found_at = not_found_at" + earlier);
    }

    /** Lets time pass for customers, and charges every hour of it. */
    void charge(Duration span) {
        billingFixture.clock.stopAt(billingFixture.clock.instant().plus(span));
        billingFixture.charge(billingFixture.clock.instant());
    }

    /** The provider reassigns the number of an add-on's server to another server. */
    void reassignServerId(UUID option) {
        var number = column(
                option,
                "(select s.provider_ref from " + billingFixture.tenant.schema()
                        + ".service s where s.id = addon.service_id)");
        provider.reassignServerId(number, UUID.randomUUID());
    }

    /** Returns one column of an add-on. */
    String column(UUID option, String expression) {
        return Database.texts("select coalesce((" + expression + ")::text, '-') from " + billingFixture.tenant.schema()
                        + ".addon where id = '" + option + "'")
                .get(0);
    }

    String state(UUID option) {
        return column(option, "state");
    }

    List<String> reservationStates(UUID option) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select state from wallet_reservation where service_id = ? order by reserved_at, id",
                row -> row.text("state"),
                option));
    }

    List<String> timeline(Rented server) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select event from service_event where service_id = ? order by id",
                row -> row.text("event"),
                server.service()));
    }

    Money charged(UUID option, UUID wallet) {
        return billingFixture.charged(new Rented(option, wallet));
    }

    /** Returns the recorded addresses of a server, in addition to its initial one. */
    List<String> addressesOf(Rented server) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select address from service_address where service_id = ? order by position, address",
                row -> row.text("address"),
                server.service()));
    }

    /** Returns the work items parked for a person. */
    List<String> parked() {
        return Database.texts("select kind || ': ' || parked_reason from work.work_item where tenant = '"
                + billingFixture.tenant + "' and state = 'PARKED' order by id");
    }

    /** Returns the auditor's findings. */
    List<Violation> violations() {
        return AuditorFixture.found(billingFixture.tenant);
    }
}
