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

/** Servers with options of a tenant of its own, a vendor, and those who work: all over a real PostgreSQL, each step a transaction. */
final class AddonFixture {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final BillingFixture billingFixture;
    final WorkQueueFixture workQueueFixture;
    final ScriptedAddonProvider vendor = new ScriptedAddonProvider();
    final Reservations reservations;
    final AuditTrail audit;
    final AddonPrices prices;
    final VolumeOrders volumes;
    final BackupOrders backups;
    final SnapshotOrders snapshots;
    final SnapshotQuery copies;
    final AddressOrders addresses;
    final AddressQuery further;
    final AddonQuery list;
    final AddonReview decisions;
    final AddonReconciliationSchedule rounds;
    final AddonDiscrepancies findings;
    final AddonDiscrepancyActions actions;
    final List<UUID> begunAnew = new ArrayList<>();
    final List<WorkHandler> workers = new ArrayList<>();
    final ProvisioningTargets provisioningTargets;
    final Access access;
    final AddonServers addonServers;
    final EndConsequences consequences;
    final AddonPricing addonPricing;
    final AddonOrdering entries;
    private final AddonBeans room;
    private final UUID price;
    private int servers;

    /** With a vendor, and others that are asked after it. */
    AddonFixture(String slug, ProvisioningTarget... others) {
        billingFixture = new BillingFixture(slug, "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        workQueueFixture = new WorkQueueFixture(billingFixture.tenant);
        var all = new ArrayList<ProvisioningTarget>(List.of(others));
        all.add(0, vendor);
        provisioningTargets = new ProvisioningTargets(all);
        room = new AddonBeans(new AddonBeans.Parts(
                billingFixture.sql,
                billingFixture.clock,
                billingFixture.charging,
                workQueueFixture.items,
                provisioningTargets,
                new TenantDirectory(Database.administration()),
                Boundary.of(billingFixture.tenant)));
        room.hear(this::hear);
        audit = room.audit;
        reservations = room.reservations;
        prices = room.prices;
        volumes = room.volumes;
        backups = room.backups;
        snapshots = room.snapshots;
        copies = room.copies;
        addresses = room.addresses;
        further = room.further;
        list = room.list;
        decisions = room.decisions;
        rounds = room.rounds;
        findings = room.findings;
        actions = room.actions;
        addonPricing = room.addonPricing;
        access = room.access;
        addonServers = room.addonServers;
        consequences = room.consequences;
        entries = room.entries;
        workers.addAll(
                List.of(room.volumeHandler, room.backupHandler, room.snapshotHandler, room.addressHandler, room.mend));
        price = billingFixture.price("14.60");
        PriceFixture.freeOptions(billingFixture.tenant, "EUR");
    }

    /** The price of both from now on, a month: a volume's of a gibibyte, and of backups. */
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

    /** A running server at two cents an hour, of a customer with that much money. */
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

    /** That is where its server is. */
    void place(Rented server, String account, String region, String number) {
        billingFixture.in(() -> billingFixture.sql.update("""
                update service
                   set account = ?, provider_region = ?, provider_size = 'small', provider_image = 'plain', provider_ref = ?
                 where id = ?
                """, account, region, number, server.service()));
    }

    /** The vendor's number of the server that was made as the how manieth. */
    static String serverId(int number) {
        return "server-" + number;
    }

    /** The vendor's number of it. */
    String number(Rented server) {
        return Database.texts("select provider_ref from " + billingFixture.tenant.schema() + ".service where id = '"
                        + server.service() + "'")
                .get(0);
    }

    /** A volume is ordered for it, at the price of now. */
    AddonOutcome order(Rented server, int gib) {
        return order(UUID.randomUUID(), server, gib);
    }

    AddonOutcome order(UUID wish, Rented server, int gib) {
        return billingFixture.in(() -> volumes.create(wish, server.service(), "data", gib, offered(AddonType.VOLUME)));
    }

    /** The same, until it is there and attached. */
    Rented volume(Rented server, int gib) {
        var id = done(order(server, gib));
        work(4);
        return new Rented(id, server.wallet());
    }

    AddonOutcome grow(Rented volume, int gib) {
        return billingFixture.in(() -> volumes.grow(volume.service(), gib, offered(AddonType.VOLUME)));
    }

    AddonOutcome backUp(Rented server) {
        return backUp(server, Optional.of(Policy.DAILY));
    }

    /** Its server is to be copied that often, at the price of now. */
    AddonOutcome backUp(Rented server, Optional<Policy> policy) {
        return billingFixture.in(() -> backups.switchOn(server.service(), policy, offered(policy)));
    }

    /** It is to be copied that often instead, at the price of now. */
    AddonOutcome copyAsOften(Rented server, Policy policy) {
        return billingFixture.in(() -> backups.change(server.service(), policy, offered(Optional.of(policy))));
    }

    void publish(Policy policy, String monthly) {
        var outcome = billingFixture.in(
                () -> prices.publish(policy, Optional.of(billingFixture.money(monthly)), Optional.empty()));
        if (outcome != AddonPrices.Outcome.DONE) {
            throw new IllegalStateException("not published: " + outcome);
        }
    }

    /** A snapshot of it is to be taken, at the price of now. */
    AddonOutcome snap(Rented server) {
        return snap(UUID.randomUUID(), server);
    }

    AddonOutcome snap(UUID wish, Rented server) {
        return billingFixture.in(() -> snapshots.take(wish, server.service(), "before", offered(AddonType.SNAPSHOT)));
    }

    /** The same, until it is ready. */
    Rented snapshot(Rented server) {
        var id = done(snap(server));
        work(2);
        return new Rented(id, server.wallet());
    }

    /** It is to have one more address, at the price of now. */
    AddonOutcome reachMore(Rented server) {
        return reachMore(UUID.randomUUID(), server);
    }

    AddonOutcome reachMore(UUID wish, Rented server) {
        return billingFixture.in(() -> addresses.take(wish, server.service(), offered(AddonType.ADDRESS)));
    }

    /** The same, until it leads there. */
    UUID address(Rented server) {
        var id = done(reachMore(server));
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

    static UUID done(AddonOutcome outcome) {
        return ((AddonOutcome.Done) outcome).optionId();
    }

    /** As the product ends a server: what it is told of comes before the server's own last hour. */
    void end(Rented server) {
        billingFixture.in(() -> {
            room.ended(new ServicesTerminated(List.of(server.service()), billingFixture.clock.instant()));
            return true;
        });
        billingFixture.end(server, billingFixture.clock.instant());
    }

    /** Its server has begun anew. */
    void rebuilt(Rented server) {
        billingFixture.in(() -> {
            hear(new ServerRebuilt(server.service()));
            return true;
        });
    }

    private void hear(ServerRebuilt event) {
        begunAnew.add(event.serviceId());
        room.begunAnew(event);
    }

    /** Its server is being resized or set up anew, or not any more. */
    void changing(Rented server, @Nullable String what) {
        billingFixture.in(() ->
                billingFixture.sql.update("update service set changing = ? where id = ?", what, server.service()));
    }

    /** It is in its rescue system, or in its own again. */
    void rescued(Rented server, boolean isIn) {
        billingFixture.in(() -> billingFixture.sql.update(
                "update service set rescue = case when ? then gen_random_uuid() end where id = ?",
                isIn,
                server.service()));
    }

    /** Everybody works at what is due, whenever that is. */
    void work() {
        workQueueFixture.makeDue();
        workQueueFixture.letLeasesRunOut();
        try {
            workQueueFixture.work(workers.toArray(WorkHandler[]::new));
        } catch (ScriptedAddonProvider.Death dead) {
            // As was meant: somebody else goes on when the lease has run out.
        }
    }

    /** As often. */
    void work(int times) {
        for (var i = 0; i < times; i++) {
            work();
        }
    }

    /** What vendors have is read. */
    void read() {
        billingFixture.in(rounds::begin);
        workQueueFixture.makeDue();
        workQueueFixture.work(room.reading, room.look);
    }

    /** What becomes of a turn at backups. */
    WorkOutcome turn(ClaimedWorkItem claimedWorkItem) {
        try (var acting = Actors.enter(Actor.system(claimedWorkItem.kind()))) {
            return Tenancy.in(claimedWorkItem.tenant(), () -> room.backupHandler.work(claimedWorkItem));
        }
    }

    /** That much time goes by for vendors. */
    void pass(Duration span) {
        var earlier = " - interval '" + span.toSeconds() + " seconds'";
        Database.asOwner("update " + billingFixture.tenant.schema() + ".addon set asked_at = asked_at" + earlier
                + ", not_found_at = not_found_at" + earlier);
    }

    /** That much time goes by for customers, and every hour of it is charged. */
    void charge(Duration span) {
        billingFixture.clock.stopAt(billingFixture.clock.instant().plus(span));
        billingFixture.charge(billingFixture.clock.instant());
    }

    /** The vendor gives the number of an option's server to another's. */
    void giveNumberAway(UUID option) {
        var number = column(
                option,
                "(select s.provider_ref from " + billingFixture.tenant.schema()
                        + ".service s where s.id = addon.service_id)");
        vendor.gives(number, UUID.randomUUID());
    }

    /** One column of an option. */
    String column(UUID option, String expression) {
        return Database.texts("select coalesce((" + expression + ")::text, '-') from " + billingFixture.tenant.schema()
                        + ".addon where id = '" + option + "'")
                .get(0);
    }

    String state(UUID option) {
        return column(option, "state");
    }

    List<String> holds(UUID option) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select state from wallet_reservation where service_id = ? order by held_at, id",
                row -> row.text("state"),
                option));
    }

    List<String> timeline(Rented server) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select what from service_event where service_id = ? order by id",
                row -> row.text("what"),
                server.service()));
    }

    Money charged(UUID option, UUID wallet) {
        return billingFixture.charged(new Rented(option, wallet));
    }

    /** What is written down of where a server can be reached, besides the address that it came up with. */
    List<String> addressesOf(Rented server) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select address from service_address where service_id = ? order by position, address",
                row -> row.text("address"),
                server.service()));
    }

    /** What waits for a person. */
    List<String> parked() {
        return Database.texts("select kind || ': ' || parked_reason from work.work_item where tenant = '"
                + billingFixture.tenant + "' and state = 'PARKED' order by id");
    }

    /** What the auditor finds. */
    List<Violation> violations() {
        return AuditorFixture.found(billingFixture.tenant);
    }
}
