package io.tenantry.cloud.provider.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.account.ProviderAccountRepository;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.testing.Database;
import io.tenantry.workqueue.ClaimedWorkItem;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Provider catalogs are read every day, automatically. */
class CatalogSyncHandlerTest {
    private static final String SLUG = "dailies";

    private final PlanImportFixture planImportFixture = new PlanImportFixture(SLUG);
    private final io.tenantry.workqueue.WorkQueueFixture work =
            new io.tenantry.workqueue.WorkQueueFixture(planImportFixture.providerAccountFixture.tenant);
    private final CatalogSyncSchedule schedule = new RequiresNewSchedule(planImportFixture, work);
    private final CatalogSyncHandler handler =
            new CatalogSyncHandler(schedule, planImportFixture.providerAccountFixture.providerClients);
    private Supplier<ProviderCatalog> catalog = () -> PlanImportFixture.readCatalog("5.50", "6.00", "silent");
    private UUID account = new UUID(0, 0);

    @BeforeAll
    static void prepare() {
        ProviderAccountFixture.open(SLUG);
    }

    @BeforeEach
    void prepareAccount() {
        work.clear();
        Database.asOwner("alter table t_dailies.price_version disable trigger user");
        for (var table : List.of(
                "plan_source",
                "provider_account",
                "price_version",
                "plan_region",
                "plan",
                "region",
                "category",
                "notification")) {
            Database.asOwner("delete from t_dailies." + table);
        }
        Database.asOwner("alter table t_dailies.price_version enable trigger user");
        planImportFixture.providerAccountFixture.useClient(client());
        account = planImportFixture.providerAccountFixture.account("Main", PlanImportFixture.PANEL, "token-1");
    }

    @AfterEach
    void close() {
        planImportFixture.close();
    }

    @Test
    void readsAnAccountFromTheDayAfterItWasConnected() {
        assertThat(begin()).isEqualTo(1);
        assertThat(begin()).isZero();
        assertThat(items("kind || ' ' || key || ' ' || (due_at > clock_timestamp() + interval '23 hours')"))
                .containsExactly("catalog-sync round:" + account + " true");
        passDay();
        assertThat(planImportFixture.size("small").monthly()).isPresent();
        assertThat(items("state || ' ' || (due_at > clock_timestamp() + interval '23 hours')"))
                .containsExactly("OPEN true");
    }

    @Test
    void reportsAPriceChangeOnce() {
        begin();
        passDay();
        sellPlan();
        catalog = () -> PlanImportFixture.readCatalog("6.60", "6.00", "silent");
        passDay();
        passDay();
        passDay();
        assertThat(notifications()).containsExactly("PROVIDER_PRICE_CHANGED Main Size small: 5.5 USD \u2192 6.6 USD");
        assertThat(planImportFixture.providerAccountFixture.texts("count(*)", "provider_price_change"))
                .containsExactly("1");
        assertThat(planImportFixture.providerAccountFixture.texts("version", "price_version"))
                .as("the own price is unchanged")
                .containsExactly("1");
    }

    @Test
    void retriesAFailingProviderALimitedNumberOfTimes() {
        begin();
        passDay();
        catalog = () -> {
            throw new ProviderFailure(Reason.UNREACHABLE, "no route for token-1");
        };
        passDay();
        assertThat(items("state || ' ' || attempts || ' ' || error")).containsExactly("OPEN 1 no route for \u2026");
        for (var attempt = 1; attempt < CatalogSyncHandler.ATTEMPTS_MAX; attempt++) {
            passDay();
        }
        assertThat(items("state || ' ' || attempts || ' ' || (due_at > clock_timestamp() + interval '23 hours')"))
                .as("no further attempt today")
                .containsExactly("OPEN 0 true");
        assertThat(planImportFixture.size("small").goneAt()).isEmpty();
        assertThat(notifications()).isEmpty();
    }

    @Test
    void stopsReadingARemovedAccount() {
        begin();
        planImportFixture.providerAccountFixture.as(
                ProviderAccountFixture.OWNER, () -> planImportFixture.providerAccountFixture.changes.remove(account));
        passDay();
        assertThat(items("state")).containsExactly("DONE");
        assertThat(begin()).isZero();
    }

    @Test
    void appliesOnlyOneOfTwoConcurrentReadings() {
        begin();
        passDay();
        sellPlan();
        catalog = () -> {
            catalog = () -> PlanImportFixture.readCatalog("6.60", "6.00", "silent");
            work.expireLeases();
            passDay();
            return PlanImportFixture.readCatalog("7.70", "6.00", "silent");
        };
        passDay();
        assertThat(notifications()).containsExactly("PROVIDER_PRICE_CHANGED Main Size small: 5.5 USD \u2192 6.6 USD");
    }

    private void sellPlan() {
        planImportFixture.providerAccountFixture.as(ProviderAccountFixture.OWNER, () -> {
            planImportFixture.catalog.keepCategory("vps", "VPS", 1);
            return planImportFixture.providerRegions.adopt(
                    planImportFixture.providerRegions.find(ListQuery.of(10)).rows().stream()
                            .map(ProviderRegions.ProviderRegion::id)
                            .toList());
        });
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra"), planImportFixture.item("small")))
                .isInstanceOf(PlanImport.Outcome.Done.class);
    }

    private int begin() {
        return planImportFixture.providerAccountFixture.as(ProviderAccountFixture.OWNER, schedule::begin);
    }

    /** Lets a day pass. */
    private void passDay() {
        planImportFixture.providerAccountFixture.clock.stopAt(
                planImportFixture.providerAccountFixture.clock.instant().plus(Duration.ofDays(1)));
        work.makeDue();
        work.work(handler);
    }

    private List<String> items(String expression) {
        return work.column(planImportFixture.providerAccountFixture.tenant, expression);
    }

    private List<String> notifications() {
        return planImportFixture.providerAccountFixture.texts(
                "kind || ' ' || subject || ' ' || detail", "notification");
    }

    private ProviderClient client() {
        return (ProviderClient) Proxy.newProxyInstance(
                CatalogSyncHandlerTest.class.getClassLoader(),
                new Class<?>[] {ProviderClient.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("readCatalog")) {
                        return catalog.get();
                    }
                    throw new UnsupportedOperationException(method.getName());
                });
    }

    /** Starts transactions as the container does for {@code REQUIRES_NEW}. */
    private static final class RequiresNewSchedule extends CatalogSyncSchedule {
        private final io.tenantry.tenancy.TenantId tenant;

        RequiresNewSchedule(PlanImportFixture planImportFixture, io.tenantry.workqueue.WorkQueueFixture work) {
            super(
                    planImportFixture.providerAccountFixture.sql,
                    work.items,
                    planImportFixture.providerAccountFixture.records,
                    planImportFixture.catalogSync);
            tenant = planImportFixture.providerAccountFixture.tenant;
        }

        @Override
        public Optional<ProviderAccountRepository.StoredAccount> account(ClaimedWorkItem one) {
            return Database.in(tenant, () -> super.account(one));
        }

        @Override
        public CatalogSync.Count take(
                ClaimedWorkItem one, ProviderAccountRepository.StoredAccount account, ProviderCatalog providerCatalog) {
            return Database.in(tenant, () -> super.take(one, account, providerCatalog));
        }
    }
}
