package io.tenantry.cloud.provider.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.catalog.PlanSources.Source;
import io.tenantry.kernel.query.ListQuery;
import io.tenantry.testing.Database;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The sources of a plan that was sold from a provider's list. */
class PlanSourcesTest {
    private static final String SLUG = "sources";

    private final PlanImportFixture planImportFixture = new PlanImportFixture(SLUG);
    private final PlanSources planSources = new PlanSources(planImportFixture.providerAccountFixture.sql);
    private UUID account = new UUID(0, 0);

    @BeforeAll
    static void prepare() {
        ProviderAccountFixture.open(SLUG);
    }

    @BeforeEach
    void prepareCatalog() {
        Database.asOwner("alter table t_sources.price_version disable trigger user");
        for (var table : List.of(
                "plan_source", "provider_account", "price_version", "plan_region", "plan", "region", "category")) {
            Database.asOwner("delete from t_sources." + table);
        }
        Database.asOwner("alter table t_sources.price_version enable trigger user");
        account = planImportFixture.providerAccountFixture.account("Main", PlanImportFixture.PANEL, "token-1");
        planImportFixture.take(account, PlanImportFixture.readCatalog("5.50", "6.00"));
        runAsOwner(() -> {
            planImportFixture.catalog.keepCategory("vps", "VPS", 1);
            return planImportFixture.providerRegions.adopt(
                    planImportFixture.providerRegions.find(ListQuery.of(10)).rows().stream()
                            .map(ProviderRegions.ProviderRegion::id)
                            .toList());
        });
    }

    @AfterEach
    void close() {
        planImportFixture.close();
    }

    @Test
    void findsTheSourceInTheProviderRegionAssigned() {
        var plan = sellPlan("small", "fra", "nyc");
        assertThat(of(plan, "fra")).contains(new Source(account, "fra", "small", "deb13"));
        assertThat(of(plan, "nyc")).contains(new Source(account, "nyc", "small", "deb13"));
        assertThat(of(plan, "atlantis")).isEmpty();
        assertThat(runAsOwner(() -> planSources.isSold(plan))).isTrue();
        assertThat(runAsOwner(() -> planSources.isSold(UUID.randomUUID()))).isFalse();
    }

    @Test
    void choosesTheCheapestProviderRegion() {
        var plan = sellPlan("small", "fra");
        var huge = sellPlan("huge", "nyc");
        assign("fra");
        assertThat(of(plan, "fra").orElseThrow().place()).isEqualTo("fra");
        assertThat(of(huge, "fra").orElseThrow().place())
                .as("sold nowhere else")
                .isEqualTo("nyc");

        planImportFixture.take(account, PlanImportFixture.readCatalog("7", "6.00"));
        assertThat(of(plan, "fra").orElseThrow().place()).isEqualTo("nyc");

        planImportFixture.take(account, PlanImportFixture.readCatalog("6.00", "6.00"));
        assertThat(of(plan, "fra").orElseThrow().place())
                .as("the first by code")
                .isEqualTo("fra");
    }

    @Test
    void findsNoSourceInClosedOrMissingRegions() {
        var plan = sellPlan("small", "fra");
        var open = PlanImportFixture.readCatalog("5.50", "6.00");
        planImportFixture.take(
                account, with(List.of(new ProviderCatalog.Region("fra", "Frankfurt", "DE", false)), open.images()));
        assertThat(of(plan, "fra")).isEmpty();
        planImportFixture.take(account, with(List.of(), open.images()));
        assertThat(of(plan, "fra")).isEmpty();
        planImportFixture.take(account, open);
        assertThat(of(plan, "fra")).isPresent();
    }

    @Test
    void findsNoSourceForASizeNoLongerSold() {
        var plan = sellPlan("small", "fra");
        var without = PlanImportFixture.readCatalog("5.50", "6.00");
        planImportFixture.take(account, new ProviderCatalog(without.regions(), List.of(), without.images()));
        assertThat(of(plan, "fra")).isEmpty();
    }

    @Test
    void findsNoSourceInASwitchedOffAccount() {
        var plan = sellPlan("small", "fra");
        runAsOwner(() -> {
            planImportFixture.providerAccountFixture.changes.turn(account, false);
            return true;
        });
        assertThat(of(plan, "fra")).isEmpty();
        assertThat(runAsOwner(() -> planSources.isSold(plan))).isTrue();
    }

    @Test
    void choosesAnOfferedImageElseTheLatestDebian() {
        var plan = sellPlan("small", "fra");
        var all = new ArrayList<ProviderCatalog.Image>();
        all.add(image("alma9", "AlmaLinux", "AlmaLinux 9", 10, false));
        all.add(image("deb12", "Debian", "Debian 12", 10, false));
        all.add(image("deb13", "Debian", "Debian 13", 10, false));
        all.add(image("deb14", "Debian", "Debian 14", 10, true));
        all.add(image("deb15", "Debian", "Debian 15", 500, false));
        planImportFixture.take(
                account, with(PlanImportFixture.readCatalog("5", "5").regions(), all));
        assertThat(of(plan, "fra").orElseThrow().image())
                .as("neither deprecated nor too large")
                .isEqualTo("deb13");

        Database.asOwner("update t_sources.provider_image set display_name = 'Alma' where code = 'alma9'");
        assertThat(of(plan, "fra").orElseThrow().image()).isEqualTo("alma9");
    }

    private static ProviderCatalog.Image image(String code, String family, String name, int disk, boolean deprecated) {
        return new ProviderCatalog.Image(code, name, family, disk, deprecated);
    }

    private static ProviderCatalog with(List<ProviderCatalog.Region> regions, List<ProviderCatalog.Image> images) {
        return new ProviderCatalog(
                regions, PlanImportFixture.readCatalog("5.50", "6.00").sizes(), images);
    }

    private UUID sellPlan(String size, String... regions) {
        assertThat(planImportFixture.sell(PlanImportFixture.terms(regions), planImportFixture.item(size)))
                .isInstanceOf(PlanImport.Outcome.Done.class);
        return UUID.fromString(Database.texts("select id from t_sources.plan where code = 'my-" + size + "'")
                .get(0));
    }

    /** Assigns every region of the provider to that region. */
    private void assign(String region) {
        runAsOwner(() -> planImportFixture.providerRegions.assign(
                planImportFixture.providerRegions.find(ListQuery.of(10)).rows().stream()
                        .map(ProviderRegions.ProviderRegion::id)
                        .toList(),
                Optional.of(region)));
    }

    private Optional<Source> of(UUID plan, String region) {
        return runAsOwner(() -> planSources.of(plan, region));
    }

    private <T> T runAsOwner(Supplier<T> work) {
        return planImportFixture.providerAccountFixture.as(ProviderAccountFixture.OWNER, work);
    }
}
