package io.tenantry.provider.stock;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.listing.Wish;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.account.Desk;
import io.tenantry.provider.stock.Sources.Source;
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

/** From what a plan is made that was sold from a vendor's list. */
class SourcesTest {
    private static final String SLUG = "sources";

    private final Shop shop = new Shop(SLUG);
    private final Sources sources = new Sources(shop.desk.sql);
    private UUID account = new UUID(0, 0);

    @BeforeAll
    static void prepare() {
        Desk.open(SLUG);
    }

    @BeforeEach
    void stocked() {
        Database.asOwner("alter table t_sources.price_version disable trigger user");
        for (var table : List.of(
                "plan_source", "provider_account", "price_version", "plan_region", "plan", "region", "category")) {
            Database.asOwner("delete from t_sources." + table);
        }
        Database.asOwner("alter table t_sources.price_version enable trigger user");
        account = shop.desk.account("Main", Shop.PANEL, "token-1");
        shop.take(account, Shop.catalogue("5.50", "6.00"));
        owner(() -> {
            shop.catalog.keepCategory("vps", "VPS", 1);
            return shop.places.adopt(shop.places.find(Wish.of(10)).rows().stream()
                    .map(StockPlaces.Place::id)
                    .toList());
        });
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aPlanIsMadeOfItsSizeWhereItsRegionIs() {
        var plan = sold("small", "fra", "nyc");
        assertThat(of(plan, "fra")).contains(new Source(account, "fra", "small", "deb13"));
        assertThat(of(plan, "nyc")).contains(new Source(account, "nyc", "small", "deb13"));
        assertThat(of(plan, "atlantis")).isEmpty();
        assertThat(owner(() -> sources.isSold(plan))).isTrue();
        assertThat(owner(() -> sources.isSold(UUID.randomUUID()))).isFalse();
    }

    @Test
    void ofSeveralPlacesOfARegionTheCheapestIsTaken() {
        var plan = sold("small", "fra");
        var huge = sold("huge", "nyc");
        assign("fra");
        assertThat(of(plan, "fra").orElseThrow().place()).isEqualTo("fra");
        assertThat(of(huge, "fra").orElseThrow().place())
                .as("sold nowhere else")
                .isEqualTo("nyc");

        shop.take(account, Shop.catalogue("7", "6.00"));
        assertThat(of(plan, "fra").orElseThrow().place()).isEqualTo("nyc");

        shop.take(account, Shop.catalogue("6.00", "6.00"));
        assertThat(of(plan, "fra").orElseThrow().place())
                .as("the first by code")
                .isEqualTo("fra");
    }

    @Test
    void wherePlacesAreClosedOrGoneNothingIsMade() {
        var plan = sold("small", "fra");
        var open = Shop.catalogue("5.50", "6.00");
        shop.take(account, with(List.of(new Catalogue.Region("fra", "Frankfurt", "DE", false)), open.images()));
        assertThat(of(plan, "fra")).isEmpty();
        shop.take(account, with(List.of(), open.images()));
        assertThat(of(plan, "fra")).isEmpty();
        shop.take(account, open);
        assertThat(of(plan, "fra")).isPresent();
    }

    @Test
    void whatTheVendorSellsNoMoreIsNotMade() {
        var plan = sold("small", "fra");
        var without = Shop.catalogue("5.50", "6.00");
        shop.take(account, new Catalogue(without.regions(), List.of(), without.images()));
        assertThat(of(plan, "fra")).isEmpty();
    }

    @Test
    void nothingNewIsMadeInAnAccountThatIsSwitchedOff() {
        var plan = sold("small", "fra");
        owner(() -> {
            shop.desk.changes.turn(account, false);
            return true;
        });
        assertThat(of(plan, "fra")).isEmpty();
        assertThat(owner(() -> sources.isSold(plan))).isTrue();
    }

    @Test
    void theSystemIsOneThatIsOfferedElseDebianAndTheLatest() {
        var plan = sold("small", "fra");
        var all = new ArrayList<Catalogue.Image>();
        all.add(image("alma9", "AlmaLinux", "AlmaLinux 9", 10, false));
        all.add(image("deb12", "Debian", "Debian 12", 10, false));
        all.add(image("deb13", "Debian", "Debian 13", 10, false));
        all.add(image("deb14", "Debian", "Debian 14", 10, true));
        all.add(image("deb15", "Debian", "Debian 15", 500, false));
        shop.take(account, with(Shop.catalogue("5", "5").regions(), all));
        assertThat(of(plan, "fra").orElseThrow().image())
                .as("neither on its way out nor too large")
                .isEqualTo("deb13");

        Database.asOwner("update t_sources.stock_image set own_name = 'Alma' where code = 'alma9'");
        assertThat(of(plan, "fra").orElseThrow().image()).isEqualTo("alma9");
    }

    private static Catalogue.Image image(String code, String family, String name, int disk, boolean retiring) {
        return new Catalogue.Image(code, name, family, disk, retiring);
    }

    private static Catalogue with(List<Catalogue.Region> regions, List<Catalogue.Image> images) {
        return new Catalogue(regions, Shop.catalogue("5.50", "6.00").sizes(), images);
    }

    private UUID sold(String size, String... regions) {
        assertThat(shop.sell(Shop.terms(regions), shop.item(size))).isInstanceOf(Selling.Outcome.Done.class);
        return UUID.fromString(Database.texts("select id from t_sources.plan where code = 'my-" + size + "'")
                .get(0));
    }

    /** Every place of the vendor is sold as that region. */
    private void assign(String region) {
        owner(() -> shop.places.assign(
                shop.places.find(Wish.of(10)).rows().stream()
                        .map(StockPlaces.Place::id)
                        .toList(),
                Optional.of(region)));
    }

    private Optional<Source> of(UUID plan, String region) {
        return owner(() -> sources.of(plan, region));
    }

    private <T> T owner(Supplier<T> work) {
        return shop.desk.as(Desk.OWNER, work);
    }
}
