package io.tenantry.cloud.provider.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.catalog.pricing.PlatformAccounts;
import io.tenantry.catalog.pricing.PriceFixture;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.catalog.pricing.ProviderCosts;
import io.tenantry.catalog.pricing.ResellerAccountDirectory;
import io.tenantry.cloud.addon.AddonPrices;
import io.tenantry.cloud.addon.AddonType;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
import io.tenantry.tenancy.Tenant;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.tenancy.TenantId;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Publishing a plan or an add-on and changing the owner of an account block each other, so that nothing is sold without a wholesale price. */
@Timeout(120)
class ConcurrentSaleTest {
    private static final String SLUG = "atonce";

    private static final UUID WALLET = UUID.randomUUID();

    private final PlanImportFixture planImportFixture = new PlanImportFixture(SLUG);
    private UUID account = new UUID(0, 0);
    private static int lists;

    @BeforeAll
    static void prepare() {
        Database.tenant(new TenantId(SLUG), "EUR", "Europe/Berlin");
        Database.asOwner("insert into t_atonce.person (id, email, name, created_at) values ('"
                + ProviderAccountFixture.OWNER.personId() + "', 'olga@atonce.example', 'Olga', now())");
        Database.asOwner("insert into t_atonce.staff_member (person_id, role, role_kind, joined_at) values ('"
                + ProviderAccountFixture.OWNER.personId() + "', 'staff_owner', 'STAFF', now())");
        Database.asOwner("insert into t_atonce.ledger_account (id, kind, currency, opened_at) values ('" + WALLET
                + "', 'WALLET', 'EUR', now())");
        Database.asOwner("insert into t_atonce.wallet (id, organization_id, currency, opened_at) values ('" + WALLET
                + "', '" + WALLET + "', 'EUR', now())");
    }

    @BeforeEach
    void prepareCatalog() {
        Database.asOwner("alter table t_atonce.price_version disable trigger user");
        Database.asOwner("alter table t_atonce.addon_price disable trigger user");
        for (var table : List.of(
                "service",
                "plan_source",
                "provider_account",
                "price_version",
                "addon_price",
                "plan_region",
                "plan",
                "region",
                "category")) {
            Database.asOwner("delete from t_atonce." + table);
        }
        Database.asOwner("alter table t_atonce.addon_price enable trigger user");
        Database.asOwner("alter table t_atonce.price_version enable trigger user");
        account = planImportFixture.providerAccountFixture.account("Main", PlanImportFixture.PANEL, "token-1");
        planImportFixture.take(account, PlanImportFixture.readCatalog("5.50", "6.00"));
        runAsOwner(() -> {
            planImportFixture.catalog.keepCategory("vps", "VPS", 1);
            return planImportFixture.providerRegions.adopt(
                    planImportFixture.providerRegions.find(ListQuery.of(10)).rows().stream()
                            .map(ProviderRegions.ProviderRegion::id)
                            .toList());
        });
        publishPrice(PriceFixture.plan("virtfusion", "small", ""));
    }

    @AfterEach
    void close() {
        planImportFixture.close();
    }

    private <T> T runAsOwner(Supplier<T> work) {
        return planImportFixture.providerAccountFixture.as(ProviderAccountFixture.OWNER, work);
    }

    private void publishPrice(PriceKey key) {
        PriceFixture.publish(
                planImportFixture.providerAccountFixture.tenant,
                "EUR",
                ProviderAccountFixture.NOON.minus(Duration.ofHours(1)).plusSeconds(++lists),
                Map.of(key, "5"));
    }

    /** Runs the first, and commits it once the second waits for it or is done. */
    private static <T> T runOverlapping(Transaction<?> first, Transaction<T> second) throws Exception {
        var isDone = new CountDownLatch(1);
        var mayCommit = new CountDownLatch(1);
        var one = CompletableFuture.runAsync(() -> first.run(() -> {
            isDone.countDown();
            await(mayCommit);
        }));
        await(isDone);
        var other = CompletableFuture.supplyAsync(() -> second.run(() -> {}));
        while (!other.isDone() && !isWaiting() && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }
        mayCommit.countDown();
        one.get(60, TimeUnit.SECONDS);
        return other.get(60, TimeUnit.SECONDS);
    }

    private static boolean isWaiting() {
        return !Database.texts(
                        "select 'waits' from pg_locks where locktype = 'advisory' and classid = 7407 and not granted")
                .isEmpty();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    /** Work that runs a further step before it commits. */
    private interface Transaction<T> {
        T run(Runnable beforeCommit);
    }

    private <T> Transaction<T> staff(Supplier<T> work) {
        return beforeCommit -> runAsOwner(() -> {
            var done = work.get();
            beforeCommit.run();
            return done;
        });
    }

    private <T> Transaction<T> operator(Supplier<T> work) {
        return beforeCommit -> {
            try (var actorScope = Actors.enter(Actor.system("test"))) {
                return Database.in(Scope.PLATFORM, () -> {
                    var done = work.get();
                    beforeCommit.run();
                    return done;
                });
            }
        };
    }

    private Transaction<PlanImport.Outcome> sale() {
        var item = planImportFixture.item("small");
        return staff(() -> planImportFixture.planImport.sell(List.of(item), PlanImportFixture.terms("fra")));
    }

    private Transaction<AddonPrices.Outcome> option() {
        return staff(() -> planImportFixture
                .options()
                .publish(AddonType.VOLUME, Optional.of(Money.of("1", "EUR")), Optional.empty()));
    }

    private Transaction<PlatformAccounts.Outcome> takeover() {
        var accounts = new PlatformAccounts();
        var tenants = new TenantDirectory(Database.administration());
        var accountDirectory = new FixtureAccounts();
        ProviderAccountFixture.inject(accounts, "sql", planImportFixture.providerAccountFixture.sql);
        ProviderAccountFixture.inject(accounts, "clock", planImportFixture.providerAccountFixture.clock);
        ProviderAccountFixture.inject(accounts, "access", planImportFixture.providerAccountFixture.access);
        ProviderAccountFixture.inject(accounts, "audit", planImportFixture.providerAccountFixture.audit);
        ProviderAccountFixture.inject(accounts, "tenants", tenants);
        ProviderAccountFixture.inject(accounts, "books", accountDirectory);
        ProviderAccountFixture.inject(accounts, "costs", new SeparateTransactions());
        return operator(() -> accounts.provide(planImportFixture.providerAccountFixture.tenant, account, true));
    }

    /** Accounts of the price fixture. */
    private final class FixtureAccounts implements ResellerAccountDirectory {
        @Override
        public UUID account(Tenant reseller) {
            return PriceFixture.account(reseller.id(), "EUR");
        }

        @Override
        public void lockAccount(UUID locked) {
            planImportFixture.providerAccountFixture.sql.one(
                    "select id from reseller_ledger_account where id = ? for no key update",
                    row -> row.uuid("id"),
                    locked);
        }
    }

    /** In transactions of their own. */
    private final class SeparateTransactions extends ProviderCosts {
        private final ProviderCosts costs = new ProviderCosts();

        SeparateTransactions() {
            ProviderAccountFixture.inject(costs, "sql", planImportFixture.providerAccountFixture.sql);
            ProviderAccountFixture.inject(costs, "wholesale", planImportFixture.wholesale);
        }

        @Override
        public List<Account> accounts(TenantId tenant, Instant at) {
            return inOwnTransaction(tenant, () -> costs.accounts(tenant, at));
        }

        @Override
        public List<PriceKey> missing(TenantId tenant, UUID accountId, Instant at) {
            return inOwnTransaction(tenant, () -> costs.missing(tenant, accountId, at));
        }

        private static <T> T inOwnTransaction(TenantId tenant, Supplier<T> work) {
            return CompletableFuture.supplyAsync(() -> Database.in(tenant, work))
                    .join();
        }
    }

    private void takeOverAccount() {
        Database.asOwner(
                "insert into platform.platform_provider_account (account_id, provider_account_id, provided, from_at, recorded_at, recorded_by)"
                        + " values ('" + PriceFixture.account(planImportFixture.providerAccountFixture.tenant, "EUR")
                        + "', '" + account
                        + "', true, '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', 'test')");
    }

    private List<String> planCodes() {
        return planImportFixture.providerAccountFixture.texts("code", "plan");
    }

    @Test
    void refusesAFirstPlanWhileAFreeOptionIsPublished() throws Exception {
        takeOverAccount();
        assertThat(runOverlapping(option(), sale())).isInstanceOf(PlanImport.Outcome.Invalid.class);
        assertThat(planCodes()).isEmpty();
    }

    @Test
    void refusesAFreeOptionWhileAFirstPlanIsSold() throws Exception {
        takeOverAccount();
        assertThat(runOverlapping(sale(), option())).isEqualTo(AddonPrices.Outcome.NO_WHOLESALE);
        assertThat(planCodes()).containsExactly("my-small");
    }

    @Test
    void refusesASaleAtNoCostDuringATakeover() throws Exception {
        publishPrice(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(runOverlapping(takeover(), sale())).isInstanceOf(PlanImport.Outcome.Invalid.class);
        assertThat(planCodes()).isEmpty();
    }

    @Test
    void refusesATakeoverWhileAnUnpricedPlanIsSold() throws Exception {
        publishPrice(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(runOverlapping(sale(), takeover()))
                .isEqualTo(new PlatformAccounts.Outcome.Unpriced(
                        List.of(PriceFixture.plan("virtfusion", "small", "fra"))));
    }

    @Test
    void refusesToReinstateAPlanDuringATakeover() throws Exception {
        publishPrice(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(sale().run(() -> {})).isInstanceOf(PlanImport.Outcome.Done.class);
        var plan = UUID.fromString(planImportFixture
                .providerAccountFixture
                .texts("id::text", "plan")
                .get(0));
        var before = runAsOwner(() -> planImportFixture.catalog.retire(plan));
        assertThat(runOverlapping(takeover(), staff(() -> planImportFixture.catalog.reinstate(plan, before))))
                .isFalse();
        assertThat(planImportFixture.providerAccountFixture.texts("state", "plan"))
                .containsExactly("RETIRED");
    }

    /** Orders a server of the plan, which has no wholesale price. */
    private Transaction<Boolean> order(UUID plan) {
        return staff(() -> {
            var offer = planImportFixture.catalog.order(plan, "fra", Currency.getInstance("EUR"));
            offer.ifPresent(found -> planImportFixture.providerAccountFixture.sql.update(
                    """
                    insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state,
                                         ordered_at)
                    values (?, ?, ?, 'VPS', 'web', ?, ?, 'fra', 'virtfusion', 'ORDERED', ?)
                    """, UUID.randomUUID(), WALLET, WALLET, plan, found.priceVersionId(), ProviderAccountFixture.NOON));
            return offer.isPresent();
        });
    }

    /** Takes over the account once the plan is retired. */
    private <T> Transaction<T> retireThen(UUID plan, Transaction<T> takeover) {
        return beforeCommit -> {
            runAsOwner(() -> planImportFixture.catalog.retire(plan));
            return takeover.run(beforeCommit);
        };
    }

    @Test
    void refusesATakeoverWhileARetiredUnpricedPlanIsOrdered() throws Exception {
        publishPrice(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(sale().run(() -> {})).isInstanceOf(PlanImport.Outcome.Done.class);
        var plan = UUID.fromString(planImportFixture
                .providerAccountFixture
                .texts("id::text", "plan")
                .get(0));
        assertThat(runOverlapping(order(plan), retireThen(plan, takeover())))
                .isEqualTo(new PlatformAccounts.Outcome.Unpriced(
                        List.of(PriceFixture.plan("virtfusion", "small", "fra"))));
        assertThat(planImportFixture.providerAccountFixture.texts("state", "service"))
                .containsExactly("ORDERED");
    }

    @Test
    void refusesToOrderARetiredUnpricedPlanDuringATakeover() throws Exception {
        publishPrice(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(sale().run(() -> {})).isInstanceOf(PlanImport.Outcome.Done.class);
        var plan = UUID.fromString(planImportFixture
                .providerAccountFixture
                .texts("id::text", "plan")
                .get(0));
        assertThat(runOverlapping(retireThen(plan, takeover()), order(plan))).isFalse();
        assertThat(planImportFixture.providerAccountFixture.texts("id::text", "service"))
                .isEmpty();
    }

    @Test
    void processesOrdersConcurrently() throws Exception {
        assertThat(sale().run(() -> {})).isInstanceOf(PlanImport.Outcome.Done.class);
        var plan = UUID.fromString(planImportFixture
                .providerAccountFixture
                .texts("id::text", "plan")
                .get(0));
        var isOrdered = order(plan);
        assertThat(order(plan)
                        .run(() -> assertThat(CompletableFuture.supplyAsync(() -> isOrdered.run(() -> {}))
                                        .orTimeout(30, TimeUnit.SECONDS)
                                        .join())
                                .isTrue()))
                .isTrue();
    }
}
