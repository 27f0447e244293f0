package io.tenantry.cloud.provider.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.cloud.provider.FakeProvider.Fault;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.account.ConnectionTestResult;
import io.tenantry.cloud.provider.account.FakeCatalogPanel;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.kernel.money.Money;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.testing.Database;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CatalogSyncTest {
    private static final String SLUG = "stocks";

    private final PlanImportFixture planImportFixture = new PlanImportFixture(SLUG);

    @BeforeAll
    static void prepare() {
        ProviderAccountFixture.open(SLUG);
    }

    @BeforeEach
    void clearTables() {
        Database.asOwner("delete from t_stocks.provider_account");
        Database.asOwner("delete from t_stocks.region");
    }

    @AfterEach
    void close() {
        planImportFixture.close();
    }

    @Test
    void readsAllPagesOfAPanelWithoutPrices() {
        try (var fakeCatalogPanel = new FakeCatalogPanel()) {
            var id = planImportFixture.providerAccountFixture.account(
                    "Main", fakeCatalogPanel.address(), FakeCatalogPanel.TOKEN);
            assertThat(importCatalog(id)).isEqualTo(new CatalogImport.Outcome.Taken(new CatalogSync.Count(2, 0, 0)));
            assertThat(planImportFixture.providerAccountFixture.texts("count(*)", "provider_region"))
                    .containsExactly(String.valueOf(FakeCatalogPanel.GROUPS));
            assertThat(planImportFixture.providerAccountFixture.texts("name", "provider_image"))
                    .containsExactly("Debian 13");
            assertThat(planImportFixture.size("3").monthly()).isEmpty();
            assertThat(planImportFixture.providerAccountFixture.texts("count(*)", "provider_price"))
                    .containsExactly("0");
        }
    }

    @Test
    void keepsTheKnownCatalogWhenTheProviderFails() {
        try (var fakeCatalogPanel = new FakeCatalogPanel()) {
            var id = planImportFixture.providerAccountFixture.account(
                    "Main", fakeCatalogPanel.address(), FakeCatalogPanel.TOKEN);
            importCatalog(id);
            fakeCatalogPanel.failNext(Fault.NOT_JSON);
            assertThat(importCatalog(id))
                    .isEqualTo(new CatalogImport.Outcome.Failed(ConnectionTestResult.INVALID_RESPONSE));
            assertThat(planImportFixture.providerAccountFixture.inspect(id).verdict())
                    .contains(ConnectionTestResult.INVALID_RESPONSE);
            assertThat(summary(id).sizes()).isEqualTo(2);
            assertThat(summary(id).gone()).isZero();
        }
    }

    @Test
    void marksSizesAsGoneUntilTheyReturn() {
        var id = account();
        planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6", "old"));
        var before = planImportFixture.size("old").id();
        assertThat(planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6")))
                .isEqualTo(new CatalogSync.Count(2, 1, 0));
        assertThat(planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6")))
                .isEqualTo(new CatalogSync.Count(2, 0, 0));
        assertThat(summary(id))
                .extracting(ProviderSizes.Summary::sizes, ProviderSizes.Summary::gone)
                .containsExactly(2, 1);
        assertThat(codes(ProviderSizes.STATE, "gone")).containsExactly("old");
        planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6", "old"));
        assertThat(codes(ProviderSizes.STATE, "gone")).isEmpty();
        assertThat(planImportFixture.size("old").id()).isEqualTo(before);
    }

    @Test
    void storesPricesInTheProvidersCurrencyWithEarlierOnes() {
        var id = account();
        planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6"));
        assertThat(planImportFixture.size("small").before()).isEmpty();
        planImportFixture.providerAccountFixture.clock.stopAt(ProviderAccountFixture.NOON.plus(Duration.ofDays(1)));
        assertThat(planImportFixture
                        .take(id, PlanImportFixture.readCatalog("5.5", "6"))
                        .moved())
                .isEqualTo(1);
        var small = planImportFixture.size("small");
        assertThat(small.monthly()).contains(Money.of("5.5", "USD"));
        assertThat(small.dearest()).contains(Money.of("6", "USD"));
        assertThat(small.before()).contains(Money.of("5", "USD"));
        assertThat(small.movedAt()).contains(ProviderAccountFixture.NOON.plus(Duration.ofDays(1)));
        assertThat(planImportFixture
                        .take(id, PlanImportFixture.readCatalog("5.50", "6"))
                        .moved())
                .isZero();
    }

    @Test
    void removesAPriceNoLongerListed() {
        var id = account();
        planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6"));
        var bare = new ProviderCatalog.Size("small", "Small", "", 1, 1024, 10, 100, List.of(), List.of());
        planImportFixture.take(id, new ProviderCatalog(List.of(), List.of(bare), List.of()));
        assertThat(planImportFixture.size("small").monthly()).isEmpty();
    }

    @Test
    void leavesOutAnUnsellableSize() {
        var nothing = new ProviderCatalog.Size("none", "None", "", 0, 0, 0, 0, List.of(), List.of());
        assertThat(planImportFixture
                        .take(account(), new ProviderCatalog(List.of(), List.of(nothing), List.of()))
                        .sizes())
                .isZero();
    }

    @Test
    void removesTheCatalogWithItsAccount() {
        var id = account();
        planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6"));
        assertThat(planImportFixture.providerAccountFixture.inspect(id).used()).isFalse();
        planImportFixture.providerAccountFixture.as(
                ProviderAccountFixture.OWNER, () -> planImportFixture.providerAccountFixture.changes.remove(id));
        assertThat(planImportFixture.providerAccountFixture.texts("count(*)", "provider_size"))
                .containsExactly("0");
    }

    @Test
    void assignsProviderRegionsToOwnRegions() {
        var id = account();
        planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6"));
        Database.asOwner("insert into t_stocks.region (code, name, country) values ('home', 'Home', 'DE')");
        var all = regionIds();
        assertThat(runAsOwner(() ->
                        planImportFixture.providerRegions.assign(List.of(all.get("fra")), Optional.of("nowhere"))))
                .isZero();
        assertThat(runAsOwner(
                        () -> planImportFixture.providerRegions.assign(List.of(all.get("fra")), Optional.of("home"))))
                .isEqualTo(1);
        assertThat(runAsOwner(() -> planImportFixture.providerRegions.adopt(List.copyOf(all.values()))))
                .isEqualTo(2);
        assertThat(runAsOwner(() -> planImportFixture.providerRegions.sold(id))).containsExactly("fra", "nyc");
        assertThat(planImportFixture.providerAccountFixture.texts("code || country", "region"))
                .containsExactlyInAnyOrder("homeDE", "fraDE", "nycUS");
        assertThat(runAsOwner(
                        () -> planImportFixture.providerRegions.assign(List.copyOf(all.values()), Optional.empty())))
                .isEqualTo(2);
        assertThat(runAsOwner(() -> planImportFixture.providerRegions.sold(id))).isEmpty();
    }

    @Test
    void offersImagesUnderOwnNames() {
        var id = account();
        planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6"));
        var image = runAsOwner(() -> planImportFixture.images.find(ListQuery.of(10)))
                .rows()
                .get(0);
        assertThat(image.ownName()).isEmpty();
        assertThat(runAsOwner(() -> planImportFixture.images.name(Map.of(image.id(), " Trixie "))))
                .isEqualTo(1);
        assertThat(runAsOwner(() -> planImportFixture.images.name(Map.of(image.id(), "Trixie"))))
                .isZero();
        assertThat(runAsOwner(() -> planImportFixture.images.offered(id)))
                .containsExactly(new ProviderCatalog.Image("deb13", "Trixie", "Debian", 10, false));
        assertThat(runAsOwner(() ->
                                planImportFixture.images.find(ListQuery.of(10).with(ProviderImages.STATE, "offered")))
                        .rows())
                .extracting(ProviderImages.Image::ownName)
                .containsExactly(Optional.of("Trixie"));
        assertThat(runAsOwner(() -> planImportFixture.images.name(Map.of(image.id(), ""))))
                .isEqualTo(1);
        assertThat(runAsOwner(() -> planImportFixture.images.offered(id))).isEmpty();
    }

    @Test
    void searchesFiltersAndSortsAllLists() {
        var id = account();
        planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6"));
        var account = ListQuery.of(10).with(ProviderSizes.ACCOUNT, id.toString());
        assertThat(runAsOwner(() -> planImportFixture.providerSizes.find(account))
                        .total())
                .isEqualTo(2);
        assertThat(runAsOwner(() -> planImportFixture.providerSizes.find(account.with(
                                ProviderSizes.ACCOUNT, UUID.randomUUID().toString())))
                        .total())
                .isZero();
        assertThat(codes(ProviderSizes.FAMILY, "dedicated")).containsExactly("huge");
        assertThat(codes(ProviderSizes.STATE, "sold")).isEmpty();
        assertThat(codes(ProviderSizes.STATE, "unsold")).hasSize(2);
        assertThat(codes(ProviderSizes.ONLY, planImportFixture.size("huge").id().toString()))
                .containsExactly("huge");
        for (var by : List.of("name", "account", "cpus", "memory", "disk", "price")) {
            assertThat(runAsOwner(() -> planImportFixture.providerSizes.rows(account.greatest(by))))
                    .as(by)
                    .hasSize(2);
        }
        for (var by : List.of("name", "code", "region")) {
            assertThat(runAsOwner(() -> planImportFixture.providerRegions.find(account.greatest(by)))
                            .rows())
                    .as(by)
                    .hasSize(3);
        }
        for (var by : List.of("name", "family", "own")) {
            assertThat(runAsOwner(() -> planImportFixture.images.find(account.greatest(by)))
                            .rows())
                    .as(by)
                    .hasSize(1);
        }
    }

    @Test
    void refusesChangesWithoutPermission() {
        var id = account();
        planImportFixture.take(id, PlanImportFixture.readCatalog("5", "6"));
        assertThat(planImportFixture
                        .providerAccountFixture
                        .as(ProviderAccountFixture.SUPPORT, () -> planImportFixture.providerSizes.find(ListQuery.of(1)))
                        .total())
                .isEqualTo(2);
        for (var change : List.<Runnable>of(
                () -> planImportFixture.imports.take(id),
                () -> planImportFixture.providerRegions.assign(List.of(), Optional.empty()),
                () -> planImportFixture.providerRegions.adopt(List.of()),
                () -> planImportFixture.images.name(Map.of()),
                () -> planImportFixture.planImport.preview(List.of(), PlanImportFixture.terms("fra")),
                () -> planImportFixture.planImport.sell(List.of(), PlanImportFixture.terms("fra")))) {
            assertThatThrownBy(() -> planImportFixture.providerAccountFixture.as(ProviderAccountFixture.SUPPORT, () -> {
                        change.run();
                        return true;
                    }))
                    .isInstanceOf(AccessDeniedException.class);
        }
    }

    private UUID account() {
        return planImportFixture.providerAccountFixture.account("Main", PlanImportFixture.PANEL, "token-1");
    }

    private CatalogImport.Outcome importCatalog(UUID id) {
        return runAsOwner(() -> planImportFixture.imports.take(id));
    }

    private ProviderSizes.Summary summary(UUID id) {
        return runAsOwner(() -> planImportFixture.providerSizes.summary(id));
    }

    private List<String> codes(String filter, String value) {
        return runAsOwner(() ->
                        planImportFixture.providerSizes.rows(ListQuery.of(100).with(filter, value)))
                .stream()
                .map(ProviderSizes.Size::code)
                .toList();
    }

    private Map<String, UUID> regionIds() {
        return runAsOwner(() -> planImportFixture.providerRegions.find(ListQuery.of(100))).rows().stream()
                .collect(java.util.stream.Collectors.toMap(
                        ProviderRegions.ProviderRegion::code, ProviderRegions.ProviderRegion::id));
    }

    private <T> T runAsOwner(java.util.function.Supplier<T> work) {
        return planImportFixture.providerAccountFixture.as(ProviderAccountFixture.OWNER, work);
    }
}
