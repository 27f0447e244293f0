package io.tenantry.provider.stock;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Currencies;
import io.tenantry.exchange.ExchangeRates;
import io.tenantry.money.Money;
import io.tenantry.options.OptionPrices;
import io.tenantry.pricing.WholesalePrices;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.account.Desk;
import io.tenantry.tenancy.TenantDirectory;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A reseller that sells what vendors have: the beans of this package, put together by hand over a {@link Desk}. */
final class Shop implements AutoCloseable {
    static final String PANEL = "https://panel.example/api/v1";

    final Desk desk;
    final StockTaking taking = new StockTaking();
    final StockImport imports = new StockImport();
    final Stock stock = new Stock();
    final StockPlaces places = new StockPlaces();
    final StockImages images = new StockImages();
    final Selling selling = new Selling();
    final Catalog catalog = new Catalog();
    final WholesalePrices wholesale;

    Shop(String slug) {
        desk = Desk.of(slug);
        var tenants = new TenantDirectory(Database.administration());
        wholesale = new WholesalePrices(desk.sql, tenants);
        taking.sql = desk.sql;
        taking.clock = desk.clock;
        taking.audit = desk.audit;
        imports.access = desk.access;
        imports.accounts = desk.accounts;
        imports.records = desk.records;
        imports.taking = taking;
        imports.executor = desk.executor();
        stock.sql = desk.sql;
        stock.access = desk.access;
        places.sql = desk.sql;
        places.access = desk.access;
        places.audit = desk.audit;
        images.sql = desk.sql;
        images.access = desk.access;
        images.audit = desk.audit;
        selling.sql = desk.sql;
        selling.clock = desk.clock;
        selling.access = desk.access;
        selling.audit = desk.audit;
        selling.catalog = catalog;
        selling.tenants = tenants;
        selling.wholesale = wholesale;
        selling.rates = new ExchangeRates(desk.sql);
        Desk.inject(catalog, "sql", desk.sql);
        Desk.inject(catalog, "clock", desk.clock);
        Desk.inject(catalog, "access", desk.access);
        Desk.inject(catalog, "audit", desk.audit);
        Desk.inject(catalog, "currencies", new Currencies(desk.sql, tenants));
        Desk.inject(catalog, "wholesale", selling.wholesale);
        Desk.inject(catalog, "entities", new Plans(desk.sql).entities());
    }

    /** What a vendor with two places sells; the second place and the size there are dearer. */
    static Catalogue catalogue(String small, String dear, String... more) {
        var sizes = new ArrayList<Catalogue.Size>();
        sizes.add(size("small", price("", small), price("nyc", dear)));
        sizes.add(new Catalogue.Size(
                "huge", "Huge", "dedicated", 64, 262_144, 2_000, 10_000, List.of("nyc"), List.of(price("", "900"))));
        for (var code : more) {
            sizes.add(size(code, new Catalogue.Price[0]));
        }
        return new Catalogue(
                List.of(
                        new Catalogue.Region("fra", "Frankfurt", "DE", true),
                        new Catalogue.Region("nyc", "New York", "US", true),
                        new Catalogue.Region("g1", "Group", "", true)),
                sizes,
                List.of(new Catalogue.Image("deb13", "Debian 13", "Debian", 10, false)));
    }

    private static Catalogue.Size size(String code, Catalogue.Price... prices) {
        return new Catalogue.Size(code, "Size " + code, "shared", 2, 4096, 80, 2000, List.of(), List.of(prices));
    }

    static Catalogue.Price price(String region, String monthly) {
        return new Catalogue.Price(
                Optional.of(region).filter(text -> !text.isEmpty()), Money.of("0.01", "USD"), Money.of(monthly, "USD"));
    }

    StockTaking.Count take(UUID account, Catalogue catalogue) {
        return desk.as(Desk.OWNER, () -> taking.take(desk.records.kept(account), catalogue));
    }

    /** The size of that code. */
    Stock.Size size(String code) {
        return desk.as(
                Desk.OWNER,
                () -> stock.rows(io.tenantry.listing.Wish.of(100).with(Stock.STATE, "")).stream()
                        .filter(size -> size.code().equals(code))
                        .findFirst()
                        .orElseThrow());
    }

    Selling.Item item(String code) {
        return new Selling.Item(size(code).id(), "my-" + code, "My " + code, Optional.empty());
    }

    static Selling.Terms terms(String... regions) {
        return new Selling.Terms(
                "vps",
                3,
                new Markup(Markup.Kind.PERCENT, BigDecimal.valueOf(50)),
                Optional.of(new BigDecimal("0.9")),
                Set.of(regions));
    }

    /** Where options are priced. */
    OptionPrices options() {
        var options = new OptionPrices();
        Desk.inject(options, "sql", desk.sql);
        Desk.inject(options, "clock", desk.clock);
        Desk.inject(options, "access", desk.access);
        Desk.inject(options, "audit", desk.audit);
        Desk.inject(options, "currencies", new Currencies(desk.sql, new TenantDirectory(Database.administration())));
        Desk.inject(options, "wholesale", wholesale);
        return options;
    }

    Selling.Outcome sell(Selling.Terms terms, Selling.Item... items) {
        return desk.as(Desk.OWNER, () -> selling.sell(List.of(items), terms));
    }

    @Override
    public void close() {
        desk.close();
    }
}
