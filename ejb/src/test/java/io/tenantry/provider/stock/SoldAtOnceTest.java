package io.tenantry.provider.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.options.OptionKind;
import io.tenantry.options.OptionPrices;
import io.tenantry.pricing.PlatformAccounts;
import io.tenantry.pricing.PriceFixture;
import io.tenantry.pricing.PriceKey;
import io.tenantry.pricing.ProviderCosts;
import io.tenantry.pricing.ResellerBooks;
import io.tenantry.provider.account.Desk;
import io.tenantry.tenancy.Actor;
import io.tenantry.tenancy.Actors;
import io.tenantry.tenancy.Scope;
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

/** Publishing a plan or an option and changing the owner of an account wait for each other, so that nothing is sold without a wholesale price. */
@Timeout(120)
class SoldAtOnceTest {
    private static final String SLUG = "atonce";

    private static final UUID WALLET = UUID.randomUUID();

    private final Shop shop = new Shop(SLUG);
    private UUID account = new UUID(0, 0);
    private static int lists;

    @BeforeAll
    static void prepare() {
        Database.tenant(new TenantId(SLUG), "EUR", "Europe/Berlin");
        Database.asOwner("insert into t_atonce.person (id, email, name, created_at) values ('" + Desk.OWNER.personId()
                + "', 'olga@atonce.example', 'Olga', now())");
        Database.asOwner("insert into t_atonce.staff_member (person_id, role, role_kind, joined_at) values ('"
                + Desk.OWNER.personId() + "', 'staff_owner', 'STAFF', now())");
        Database.asOwner("insert into t_atonce.ledger_account (id, kind, currency, opened_at) values ('" + WALLET
                + "', 'WALLET', 'EUR', now())");
        Database.asOwner("insert into t_atonce.wallet (id, organization_id, currency, opened_at) values ('" + WALLET
                + "', '" + WALLET + "', 'EUR', now())");
    }

    @BeforeEach
    void stocked() {
        Database.asOwner("alter table t_atonce.price_version disable trigger user");
        Database.asOwner("alter table t_atonce.option_price disable trigger user");
        for (var table : List.of(
                "service",
                "plan_source",
                "provider_account",
                "price_version",
                "option_price",
                "plan_region",
                "plan",
                "region",
                "category")) {
            Database.asOwner("delete from t_atonce." + table);
        }
        Database.asOwner("alter table t_atonce.option_price enable trigger user");
        Database.asOwner("alter table t_atonce.price_version enable trigger user");
        account = shop.desk.account("Main", Shop.PANEL, "token-1");
        shop.take(account, Shop.catalogue("5.50", "6.00"));
        owner(() -> {
            shop.catalog.keepCategory("vps", "VPS", 1);
            return shop.places.adopt(shop.places.find(Wish.of(10)).rows().stream()
                    .map(StockPlaces.Place::id)
                    .toList());
        });
        list(PriceFixture.plan("virtfusion", "small", ""));
    }

    @AfterEach
    void close() {
        shop.close();
    }

    private <T> T owner(Supplier<T> work) {
        return shop.desk.as(Desk.OWNER, work);
    }

    private void list(PriceKey key) {
        PriceFixture.publish(
                shop.desk.tenant, "EUR", Desk.NOON.minus(Duration.ofHours(1)).plusSeconds(++lists), Map.of(key, "5"));
    }

    /** Does the first, and commits it once the second waits for it or is done. */
    private static <T> T second(Transaction<?> first, Transaction<T> second) throws Exception {
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

    /** Work that does something more before it commits. */
    private interface Transaction<T> {
        T run(Runnable beforeCommit);
    }

    private <T> Transaction<T> staff(Supplier<T> work) {
        return beforeCommit -> owner(() -> {
            var done = work.get();
            beforeCommit.run();
            return done;
        });
    }

    private <T> Transaction<T> operator(Supplier<T> work) {
        return beforeCommit -> {
            try (var acting = Actors.enter(Actor.system("test"))) {
                return Database.in(Scope.PLATFORM, () -> {
                    var done = work.get();
                    beforeCommit.run();
                    return done;
                });
            }
        };
    }

    private Transaction<Selling.Outcome> sale() {
        var item = shop.item("small");
        return staff(() -> shop.selling.sell(List.of(item), Shop.terms("fra")));
    }

    private Transaction<OptionPrices.Outcome> option() {
        return staff(
                () -> shop.options().publish(OptionKind.VOLUME, Optional.of(Money.of("1", "EUR")), Optional.empty()));
    }

    private Transaction<PlatformAccounts.Outcome> takeover() {
        var accounts = new PlatformAccounts();
        var tenants = new TenantDirectory(Database.administration());
        ResellerBooks books = reseller -> PriceFixture.account(reseller.id(), "EUR");
        Desk.inject(accounts, "sql", shop.desk.sql);
        Desk.inject(accounts, "clock", shop.desk.clock);
        Desk.inject(accounts, "access", shop.desk.access);
        Desk.inject(accounts, "audit", shop.desk.audit);
        Desk.inject(accounts, "tenants", tenants);
        Desk.inject(accounts, "books", books);
        Desk.inject(accounts, "costs", new Apart());
        return operator(() -> accounts.provide(shop.desk.tenant, account, true));
    }

    /** In transactions of their own. */
    private final class Apart extends ProviderCosts {
        private final ProviderCosts costs = new ProviderCosts();

        Apart() {
            Desk.inject(costs, "sql", shop.desk.sql);
            Desk.inject(costs, "wholesale", shop.wholesale);
        }

        @Override
        public List<Account> accounts(TenantId tenant, Instant at) {
            return apart(tenant, () -> costs.accounts(tenant, at));
        }

        @Override
        public List<PriceKey> missing(TenantId tenant, UUID accountId, Instant at) {
            return apart(tenant, () -> costs.missing(tenant, accountId, at));
        }

        private static <T> T apart(TenantId tenant, Supplier<T> work) {
            return CompletableFuture.supplyAsync(() -> Database.in(tenant, work))
                    .join();
        }
    }

    private void isThePlatforms() {
        Database.asOwner(
                "insert into platform.platform_provider_account (account_id, provider_account_id, provided, from_at, noted_at, noted_by)"
                        + " values ('" + PriceFixture.account(shop.desk.tenant, "EUR") + "', '" + account
                        + "', true, '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', 'test')");
    }

    private List<String> sold() {
        return shop.desk.texts("code", "plan");
    }

    @Test
    void aFirstPlanIsNotSoldWhileAnOptionIsPublishedFreeOfCharge() throws Exception {
        isThePlatforms();
        assertThat(second(option(), sale())).isInstanceOf(Selling.Outcome.Invalid.class);
        assertThat(sold()).isEmpty();
    }

    @Test
    void anOptionIsNotPublishedFreeOfChargeWhileAFirstPlanIsSold() throws Exception {
        isThePlatforms();
        assertThat(second(sale(), option())).isEqualTo(OptionPrices.Outcome.NO_WHOLESALE);
        assertThat(sold()).containsExactly("my-small");
    }

    @Test
    void nothingIsSoldAsOfAnOwnAccountWhileItBecomesThePlatforms() throws Exception {
        list(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(second(takeover(), sale())).isInstanceOf(Selling.Outcome.Invalid.class);
        assertThat(sold()).isEmpty();
    }

    @Test
    void anAccountDoesNotBecomeThePlatformsWhileSomethingUnpricedIsSoldInIt() throws Exception {
        list(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(second(sale(), takeover()))
                .isEqualTo(new PlatformAccounts.Outcome.Unpriced(
                        List.of(PriceFixture.plan("virtfusion", "small", "fra"))));
    }

    @Test
    void aRetiredPlanDoesNotComeBackWhileItsAccountBecomesThePlatforms() throws Exception {
        list(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(sale().run(() -> {})).isInstanceOf(Selling.Outcome.Done.class);
        var plan = UUID.fromString(shop.desk.texts("id::text", "plan").get(0));
        var before = owner(() -> shop.catalog.retire(plan));
        assertThat(second(takeover(), staff(() -> shop.catalog.reinstate(plan, before))))
                .isFalse();
        assertThat(shop.desk.texts("state", "plan")).containsExactly("RETIRED");
    }

    /** Orders a server of the plan, which has no wholesale price. */
    private Transaction<Boolean> order(UUID plan) {
        return staff(() -> {
            var offer = shop.catalog.order(plan, "fra", Currency.getInstance("EUR"));
            offer.ifPresent(found -> shop.desk.sql.update(
                    """
                    insert into service (id, organization_id, wallet_id, kind, name, plan_id, price_version_id, region, provider, state,
                                         ordered_at)
                    values (?, ?, ?, 'VPS', 'web', ?, ?, 'fra', 'virtfusion', 'ORDERED', ?)
                    """, UUID.randomUUID(), WALLET, WALLET, plan, found.priceVersionId(), Desk.NOON));
            return offer.isPresent();
        });
    }

    /** Takes the account over once the plan is retired. */
    private <T> Transaction<T> retired(UUID plan, Transaction<T> takeover) {
        return beforeCommit -> {
            owner(() -> shop.catalog.retire(plan));
            return takeover.run(beforeCommit);
        };
    }

    @Test
    void anAccountDoesNotBecomeThePlatformsWhileARetiredUnpricedPlanIsStillBeingOrdered() throws Exception {
        list(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(sale().run(() -> {})).isInstanceOf(Selling.Outcome.Done.class);
        var plan = UUID.fromString(shop.desk.texts("id::text", "plan").get(0));
        assertThat(second(order(plan), retired(plan, takeover())))
                .isEqualTo(new PlatformAccounts.Outcome.Unpriced(
                        List.of(PriceFixture.plan("virtfusion", "small", "fra"))));
        assertThat(shop.desk.texts("state", "service")).containsExactly("ORDERED");
    }

    @Test
    void aRetiredUnpricedPlanIsNotOrderedWhileItsAccountBecomesThePlatforms() throws Exception {
        list(PriceFixture.plan("virtfusion", "other", ""));
        assertThat(sale().run(() -> {})).isInstanceOf(Selling.Outcome.Done.class);
        var plan = UUID.fromString(shop.desk.texts("id::text", "plan").get(0));
        assertThat(second(retired(plan, takeover()), order(plan))).isFalse();
        assertThat(shop.desk.texts("id::text", "service")).isEmpty();
    }

    @Test
    void ordersDoNotWaitForEachOther() throws Exception {
        assertThat(sale().run(() -> {})).isInstanceOf(Selling.Outcome.Done.class);
        var plan = UUID.fromString(shop.desk.texts("id::text", "plan").get(0));
        var isOrdered = order(plan);
        assertThat(order(plan)
                        .run(() -> assertThat(CompletableFuture.supplyAsync(() -> isOrdered.run(() -> {}))
                                        .orTimeout(30, TimeUnit.SECONDS)
                                        .join())
                                .isTrue()))
                .isTrue();
    }
}
