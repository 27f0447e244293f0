package io.tenantry.cloud.provider.catalog;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Currencies;
import io.tenantry.catalog.fx.ExchangeRates;
import io.tenantry.catalog.pricing.WholesalePrices;
import io.tenantry.cloud.addon.AddonPrices;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.kernel.money.Money;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A reseller that sells provider sizes: the beans of this package, assembled over a {@link ProviderAccountFixture}. */
final class PlanImportFixture implements AutoCloseable {
    static final String PANEL = "https://panel.example/api/v1";

    final ProviderAccountFixture providerAccountFixture;
    final CatalogSync catalogSync = new CatalogSync();
    final CatalogImport imports = new CatalogImport();
    final ProviderSizes providerSizes = new ProviderSizes();
    final ProviderRegions providerRegions = new ProviderRegions();
    final ProviderImages images = new ProviderImages();
    final PlanImport planImport = new PlanImport();
    final Catalog catalog = new Catalog();
    final WholesalePrices wholesale;

    PlanImportFixture(String slug) {
        providerAccountFixture = ProviderAccountFixture.of(slug);
        var tenants = new TenantDirectory(Database.administration());
        wholesale = new WholesalePrices(providerAccountFixture.sql, tenants);
        catalogSync.sql = providerAccountFixture.sql;
        catalogSync.clock = providerAccountFixture.clock;
        catalogSync.audit = providerAccountFixture.audit;
        imports.access = providerAccountFixture.access;
        imports.providerClients = providerAccountFixture.providerClients;
        imports.records = providerAccountFixture.records;
        imports.taking = catalogSync;
        imports.interactiveCalls = providerAccountFixture.interactiveCalls();
        providerSizes.sql = providerAccountFixture.sql;
        providerSizes.access = providerAccountFixture.access;
        providerRegions.sql = providerAccountFixture.sql;
        providerRegions.access = providerAccountFixture.access;
        providerRegions.audit = providerAccountFixture.audit;
        images.sql = providerAccountFixture.sql;
        images.access = providerAccountFixture.access;
        images.audit = providerAccountFixture.audit;
        planImport.sql = providerAccountFixture.sql;
        planImport.clock = providerAccountFixture.clock;
        planImport.access = providerAccountFixture.access;
        planImport.audit = providerAccountFixture.audit;
        planImport.catalog = catalog;
        planImport.tenants = tenants;
        planImport.wholesale = wholesale;
        planImport.rates = new ExchangeRates(providerAccountFixture.sql);
        ProviderAccountFixture.inject(catalog, "sql", providerAccountFixture.sql);
        ProviderAccountFixture.inject(catalog, "clock", providerAccountFixture.clock);
        ProviderAccountFixture.inject(catalog, "access", providerAccountFixture.access);
        ProviderAccountFixture.inject(catalog, "audit", providerAccountFixture.audit);
        ProviderAccountFixture.inject(catalog, "currencies", new Currencies(providerAccountFixture.sql, tenants));
        ProviderAccountFixture.inject(catalog, "wholesale", planImport.wholesale);
        ProviderAccountFixture.inject(catalog, "entities", new Plans(providerAccountFixture.sql).entities());
    }

    /** Returns the catalog of a provider with two regions; the second region and its size cost more. */
    static ProviderCatalog readCatalog(String small, String nyc, String... more) {
        var sizes = new ArrayList<ProviderCatalog.Size>();
        sizes.add(size("small", price("", small), price("nyc", nyc)));
        sizes.add(new ProviderCatalog.Size(
                "huge", "Huge", "dedicated", 64, 262_144, 2_000, 10_000, List.of("nyc"), List.of(price("", "900"))));
        for (var code : more) {
            sizes.add(size(code, new ProviderCatalog.Price[0]));
        }
        return new ProviderCatalog(
                List.of(
                        new ProviderCatalog.Region("fra", "Frankfurt", "DE", true),
                        new ProviderCatalog.Region("nyc", "New York", "US", true),
                        new ProviderCatalog.Region("g1", "Group", "", true)),
                sizes,
                List.of(new ProviderCatalog.Image("deb13", "Debian 13", "Debian", 10, false)));
    }

    private static ProviderCatalog.Size size(String code, ProviderCatalog.Price... prices) {
        return new ProviderCatalog.Size(code, "Size " + code, "shared", 2, 4096, 80, 2000, List.of(), List.of(prices));
    }

    static ProviderCatalog.Price price(String region, String monthly) {
        return new ProviderCatalog.Price(
                Optional.of(region).filter(text -> !text.isEmpty()), Money.of("0.01", "USD"), Money.of(monthly, "USD"));
    }

    CatalogSync.Count take(UUID account, ProviderCatalog providerCatalog) {
        return providerAccountFixture.as(
                ProviderAccountFixture.OWNER,
                () -> catalogSync.take(providerAccountFixture.records.kept(account), providerCatalog));
    }

    /** Returns the size of that code. */
    ProviderSizes.Size size(String code) {
        return providerAccountFixture.as(
                ProviderAccountFixture.OWNER,
                () ->
                        providerSizes
                                .rows(io.tenantry.kernel.query.ListQuery.of(100).with(ProviderSizes.STATE, ""))
                                .stream()
                                .filter(size -> size.code().equals(code))
                                .findFirst()
                                .orElseThrow());
    }

    PlanImport.Item item(String code) {
        return new PlanImport.Item(size(code).id(), "my-" + code, "My " + code, Optional.empty());
    }

    static PlanImport.Terms terms(String... regions) {
        return new PlanImport.Terms(
                "vps",
                3,
                new Markup(Markup.Kind.PERCENT, BigDecimal.valueOf(50)),
                Optional.of(new BigDecimal("0.9")),
                Set.of(regions));
    }

    /** Returns the add-on prices. */
    AddonPrices options() {
        var options = new AddonPrices();
        ProviderAccountFixture.inject(options, "sql", providerAccountFixture.sql);
        ProviderAccountFixture.inject(options, "clock", providerAccountFixture.clock);
        ProviderAccountFixture.inject(options, "access", providerAccountFixture.access);
        ProviderAccountFixture.inject(options, "audit", providerAccountFixture.audit);
        ProviderAccountFixture.inject(
                options,
                "currencies",
                new Currencies(providerAccountFixture.sql, new TenantDirectory(Database.administration())));
        ProviderAccountFixture.inject(options, "wholesale", wholesale);
        return options;
    }

    PlanImport.Outcome sell(PlanImport.Terms terms, PlanImport.Item... items) {
        return providerAccountFixture.as(ProviderAccountFixture.OWNER, () -> planImport.sell(List.of(items), terms));
    }

    @Override
    public void close() {
        providerAccountFixture.close();
    }
}
