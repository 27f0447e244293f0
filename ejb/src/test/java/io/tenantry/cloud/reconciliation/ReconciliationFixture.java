package io.tenantry.cloud.reconciliation;

import io.tenantry.billing.charging.BillingFixture;
import io.tenantry.billing.charging.BillingFixture.Rented;
import io.tenantry.billing.wallet.ItemCharges;
import io.tenantry.billing.wallet.WalletBalanceChanged;
import io.tenantry.billing.wallet.Wallets;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.reconciliation.Discrepancies.Discrepancy;
import io.tenantry.kernel.audit.AuditTrail;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.Access;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Boundary;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import io.tenantry.workqueue.WorkQueueFixture;
import jakarta.enterprise.event.Event;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Services of a new tenant, a provider's inventory, and its scans: all over a real PostgreSQL, each step a transaction. */
final class ReconciliationFixture {
    static final Instant NOON = Instant.parse("2026-11-10T12:00:00Z");

    final BillingFixture billingFixture;
    final WorkQueueFixture workQueueFixture;
    final ScriptedInventory scriptedInventory = new ScriptedInventory();
    final DiscrepancyActions actions;
    final ReconciliationSchedule reconciliationSchedule;
    private final Discrepancies discrepancies;
    private final ReconciliationHandler reconciliationHandler;
    private final RepairHandler repairHandler;
    private final UUID price;

    ReconciliationFixture(String slug) {
        billingFixture = new BillingFixture(slug, "EUR", "Europe/Berlin");
        billingFixture.clock.stopAt(NOON);
        workQueueFixture = new WorkQueueFixture(billingFixture.tenant);
        var access = new Access(billingFixture.sql);
        var tenants = new TenantDirectory(Database.administration());
        var audit = new AuditTrail();
        inject(audit, "sql", billingFixture.sql);
        var wallets = new Wallets(billingFixture.sql, billingFixture.clock, billingFixture.ledger);
        inject(wallets, "moved", ignoredEvents());
        var discrepancyEffects =
                new DiscrepancyEffects(billingFixture.sql, billingFixture.clock, workQueueFixture.items);
        var outageCredits = new OutageCredits(billingFixture.sql, new ItemCharges(wallets));
        var inventories = new Inventories(new ProvisioningTargets(List.of(scriptedInventory)));
        reconciliationHandler = new ReconciliationHandler(
                new RequiresNewScans(
                        billingFixture.sql,
                        billingFixture.clock,
                        workQueueFixture.items,
                        discrepancyEffects,
                        outageCredits,
                        Boundary.of(billingFixture.tenant)),
                inventories);
        repairHandler = new RepairHandler(new RequiresNewRepairs(billingFixture, workQueueFixture), inventories);
        discrepancies = new Discrepancies(billingFixture.sql, access, tenants);
        actions = new DiscrepancyActions(billingFixture.sql, access, audit, discrepancyEffects, outageCredits);
        reconciliationSchedule = new ReconciliationSchedule(billingFixture.sql, access, workQueueFixture.items);
        price = billingFixture.price("7.30");
    }

    /** Resets everything: no servers, no services, and discrepancies belong to an account that no longer exists. */
    void clear() {
        workQueueFixture.clear();
        scriptedInventory.clear();
        billingFixture.clock.stopAt(NOON);
        var schema = billingFixture.tenant.schema();
        Database.asOwner("update " + schema + ".server_discrepancy set account = 'past', state = 'RESOLVED',"
                + " resolved_at = coalesce(resolved_at, now()), resolution = coalesce(resolution, 'GONE')");
        Database.asOwner("delete from " + schema + ".provider_scan");
        Database.asOwner("delete from " + schema + ".power_observation");
        Database.asOwner(
                "update " + schema
                        + ".service set pending_power = null, account = null, provider_ref = null, rescue = null where account is not null");
    }

    /** Creates a running service whose server of that number exists. */
    Rented createServer(String wallet, String number) {
        var rented = billingFixture.rent(billingFixture.wallet(wallet), price, billingFixture.clock.instant());
        place(rented.service(), number);
        scriptedInventory.addServer(number, rented.service());
        return rented;
    }

    /** Creates an order whose server was requested from the provider, which has not returned a number yet. */
    UUID createPendingServer() {
        var service = billingFixture.order(billingFixture.wallet("1"), price).service();
        billingFixture.in(() -> billingFixture.sql.update("""
                update service
                   set state = 'PROVISIONING', account = ?, provider_region = 'fra', provider_size = 'small', provider_image = 'plain'
                 where id = ?
                """, ScriptedInventory.ACCOUNT, service));
        return service;
    }

    private void place(UUID service, String number) {
        billingFixture.in(() -> billingFixture.sql.update("""
                update service
                   set account = ?, provider_region = 'fra', provider_size = 'small', provider_image = 'plain', provider_ref = ?,
                       address = '203.0.113.1', version = version + 1
                 where id = ?
                """, ScriptedInventory.ACCOUNT, number, service));
    }

    /** Sets the service's state. */
    void setState(UUID service, String state) {
        billingFixture.in(() -> billingFixture.sql.update(
                "update service set state = ?, version = version + 1 where id = ?", state, service));
    }

    /** Ends it and completes all related work. */
    void terminate(Rented rented) {
        billingFixture.end(rented, billingFixture.clock.instant());
    }

    /** Runs all workers on pending work, regardless of when it is due. */
    void scan() {
        billingFixture.in(reconciliationSchedule::begin);
        workQueueFixture.makeDue();
        workQueueFixture.expireLeases();
        workQueueFixture.work(reconciliationHandler, repairHandler);
    }

    /** Scans accounts without handling the discrepancies. */
    void scanWithoutRepairs() {
        workQueueFixture.makeDue();
        workQueueFixture.work(reconciliationHandler);
    }

    /** Scans twice, at the required interval. */
    void scanTwice() {
        scan();
        advance(Observations.STANDALONE);
        scan();
    }

    /** Lets time pass at the providers. */
    void advance(Duration span) {
        var earlier = " - interval '" + span.toSeconds() + " seconds'";
        Database.asOwner("update " + billingFixture.tenant.schema()
                + ".server_discrepancy set first_seen_at = first_seen_at" + earlier
                + ", last_seen_at = last_seen_at" + earlier + ", confirmed_at = confirmed_at" + earlier
                + ", requested_at = requested_at" + earlier + ", resolved_at = resolved_at" + earlier);
        Database.asOwner("update " + billingFixture.tenant.schema() + ".power_observation set checked_at = checked_at"
                + earlier + ", since = since" + earlier);
    }

    /** Returns all discrepancies ever found, the latest first. */
    List<Discrepancy> discrepancies() {
        return billingFixture.in(() -> discrepancies.rows(new ListQuery(
                "",
                Map.of(Discrepancies.STATE, "all", Discrepancies.ACCOUNT, ScriptedInventory.ACCOUNT),
                "",
                false,
                0,
                ListQuery.LIMIT_MAX)));
    }

    /** Returns servers that are only listed. */
    List<Discrepancy> unmanagedServers() {
        return billingFixture.in(() -> discrepancies.rows(new ListQuery(
                "",
                Map.of(
                        Discrepancies.STATE,
                        "all",
                        Discrepancies.KIND,
                        "unmanaged",
                        Discrepancies.ACCOUNT,
                        ScriptedInventory.ACCOUNT),
                "",
                false,
                0,
                ListQuery.LIMIT_MAX)));
    }

    Discrepancy onlyDiscrepancy() {
        var all = discrepancies();
        if (all.size() != 1) {
            throw new IllegalStateException("one finding was expected: " + all);
        }
        return all.get(0);
    }

    ReconciliationSchedule.AccountDue status() {
        return billingFixture.in(reconciliationSchedule::all).stream()
                .filter(one -> one.account().equals(ScriptedInventory.ACCOUNT))
                .findFirst()
                .orElseThrow();
    }

    String column(UUID service, String column) {
        return billingFixture.in(() -> billingFixture.sql.one(
                "select " + column + "::text as value from service where id = ?", row -> row.text("value"), service));
    }

    List<String> timeline(UUID service) {
        return billingFixture.in(() -> billingFixture.sql.query(
                "select event from service_event where service_id = ? order by id", row -> row.text("event"), service));
    }

    private static void inject(Object bean, String name, Object value) {
        io.tenantry.cloud.provider.account.ProviderAccountFixture.inject(bean, name, value);
    }

    @SuppressWarnings("unchecked")
    private static Event<WalletBalanceChanged> ignoredEvents() {
        return (Event<WalletBalanceChanged>) Proxy.newProxyInstance(
                ReconciliationFixture.class.getClassLoader(),
                new Class<?>[] {Event.class},
                (proxy, method, arguments) -> null);
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class RequiresNewRepairs extends RepairTransactions {
        private final TenantId tenant;

        RequiresNewRepairs(BillingFixture billingFixture, WorkQueueFixture workQueueFixture) {
            super(billingFixture.sql, workQueueFixture.items);
            tenant = billingFixture.tenant;
        }

        @Override
        public Optional<RepairOrder> read(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.read(claimedWorkItem));
        }

        @Override
        public Optional<Duration> ask(ClaimedWorkItem claimedWorkItem) {
            return Database.in(tenant, () -> super.ask(claimedWorkItem));
        }

        @Override
        public void gone(ClaimedWorkItem claimedWorkItem) {
            Database.run(tenant, () -> super.gone(claimedWorkItem));
        }

        @Override
        public void callOff(ClaimedWorkItem claimedWorkItem) {
            Database.run(tenant, () -> super.callOff(claimedWorkItem));
        }
    }
}
