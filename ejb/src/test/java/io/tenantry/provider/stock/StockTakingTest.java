package io.tenantry.provider.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.identity.AccessDenied;
import io.tenantry.listing.Wish;
import io.tenantry.money.Money;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.FakeVendor.Fault;
import io.tenantry.provider.account.Desk;
import io.tenantry.provider.account.Panel;
import io.tenantry.provider.account.Verdict;
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

class StockTakingTest {
    private static final String SLUG = "stocks";

    private final Shop shop = new Shop(SLUG);

    @BeforeAll
    static void prepare() {
        Desk.open(SLUG);
    }

    @BeforeEach
    void empty() {
        Database.asOwner("delete from t_stocks.provider_account");
        Database.asOwner("delete from t_stocks.region");
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aPanelIsReadToItsLastPageAndWithoutPrices() {
        try (var panel = new Panel()) {
            var id = shop.desk.account("Main", panel.address(), Panel.TOKEN);
            assertThat(imported(id)).isEqualTo(new StockImport.Outcome.Taken(new StockTaking.Count(2, 0, 0)));
            assertThat(shop.desk.texts("count(*)", "stock_region")).containsExactly(String.valueOf(Panel.GROUPS));
            assertThat(shop.desk.texts("name", "stock_image")).containsExactly("Debian 13");
            assertThat(shop.size("3").monthly()).isEmpty();
            assertThat(shop.desk.texts("count(*)", "stock_price")).containsExactly("0");
        }
    }

    @Test
    void whatWasKnownStaysWhenTheVendorFails() {
        try (var panel = new Panel()) {
            var id = shop.desk.account("Main", panel.address(), Panel.TOKEN);
            imported(id);
            panel.next(Fault.NONSENSE);
            assertThat(imported(id)).isEqualTo(new StockImport.Outcome.Failed(Verdict.NOT_UNDERSTOOD));
            assertThat(shop.desk.look(id).verdict()).contains(Verdict.NOT_UNDERSTOOD);
            assertThat(summary(id).sizes()).isEqualTo(2);
            assertThat(summary(id).gone()).isZero();
        }
    }

    @Test
    void whatIsGoneIsMarkedAndWhatComesBackIsNot() {
        var id = account();
        shop.take(id, Shop.catalogue("5", "6", "old"));
        var before = shop.size("old").id();
        assertThat(shop.take(id, Shop.catalogue("5", "6"))).isEqualTo(new StockTaking.Count(2, 1, 0));
        assertThat(shop.take(id, Shop.catalogue("5", "6"))).isEqualTo(new StockTaking.Count(2, 0, 0));
        assertThat(summary(id))
                .extracting(Stock.Summary::sizes, Stock.Summary::gone)
                .containsExactly(2, 1);
        assertThat(codes(Stock.STATE, "gone")).containsExactly("old");
        shop.take(id, Shop.catalogue("5", "6", "old"));
        assertThat(codes(Stock.STATE, "gone")).isEmpty();
        assertThat(shop.size("old").id()).isEqualTo(before);
    }

    @Test
    void pricesAreTheVendorsInItsOwnCurrencyWithWhatTheyWere() {
        var id = account();
        shop.take(id, Shop.catalogue("5", "6"));
        assertThat(shop.size("small").before()).isEmpty();
        shop.desk.clock.stopAt(Desk.NOON.plus(Duration.ofDays(1)));
        assertThat(shop.take(id, Shop.catalogue("5.5", "6")).moved()).isEqualTo(1);
        var small = shop.size("small");
        assertThat(small.monthly()).contains(Money.of("5.5", "USD"));
        assertThat(small.dearest()).contains(Money.of("6", "USD"));
        assertThat(small.before()).contains(Money.of("5", "USD"));
        assertThat(small.movedAt()).contains(Desk.NOON.plus(Duration.ofDays(1)));
        assertThat(shop.take(id, Shop.catalogue("5.50", "6")).moved()).isZero();
    }

    @Test
    void aPriceThatIsToldNoMoreIsForgotten() {
        var id = account();
        shop.take(id, Shop.catalogue("5", "6"));
        var bare = new Catalogue.Size("small", "Small", "", 1, 1024, 10, 100, List.of(), List.of());
        shop.take(id, new Catalogue(List.of(), List.of(bare), List.of()));
        assertThat(shop.size("small").monthly()).isEmpty();
    }

    @Test
    void aSizeThatNobodyCouldSellIsLeftOut() {
        var nothing = new Catalogue.Size("none", "None", "", 0, 0, 0, 0, List.of(), List.of());
        assertThat(shop.take(account(), new Catalogue(List.of(), List.of(nothing), List.of()))
                        .sizes())
                .isZero();
    }

    @Test
    void itGoesWithItsAccount() {
        var id = account();
        shop.take(id, Shop.catalogue("5", "6"));
        assertThat(shop.desk.look(id).used()).isFalse();
        shop.desk.as(Desk.OWNER, () -> shop.desk.changes.remove(id));
        assertThat(shop.desk.texts("count(*)", "stock_size")).containsExactly("0");
    }

    @Test
    void placesAreSoldAsRegionsOfOnesOwn() {
        var id = account();
        shop.take(id, Shop.catalogue("5", "6"));
        Database.asOwner("insert into t_stocks.region (code, name, country) values ('home', 'Home', 'DE')");
        var all = places();
        assertThat(owner(() -> shop.places.assign(List.of(all.get("fra")), Optional.of("nowhere"))))
                .isZero();
        assertThat(owner(() -> shop.places.assign(List.of(all.get("fra")), Optional.of("home"))))
                .isEqualTo(1);
        assertThat(owner(() -> shop.places.adopt(List.copyOf(all.values())))).isEqualTo(2);
        assertThat(owner(() -> shop.places.sold(id))).containsExactly("fra", "nyc");
        assertThat(shop.desk.texts("code || country", "region")).containsExactlyInAnyOrder("homeDE", "fraDE", "nycUS");
        assertThat(owner(() -> shop.places.assign(List.copyOf(all.values()), Optional.empty())))
                .isEqualTo(2);
        assertThat(owner(() -> shop.places.sold(id))).isEmpty();
    }

    @Test
    void systemsAreOfferedUnderNamesOfOnesOwn() {
        var id = account();
        shop.take(id, Shop.catalogue("5", "6"));
        var image = owner(() -> shop.images.find(Wish.of(10))).rows().get(0);
        assertThat(image.ownName()).isEmpty();
        assertThat(owner(() -> shop.images.name(Map.of(image.id(), " Trixie "))))
                .isEqualTo(1);
        assertThat(owner(() -> shop.images.name(Map.of(image.id(), "Trixie")))).isZero();
        assertThat(owner(() -> shop.images.offered(id)))
                .containsExactly(new Catalogue.Image("deb13", "Trixie", "Debian", 10, false));
        assertThat(owner(() -> shop.images.find(Wish.of(10).with(StockImages.STATE, "offered")))
                        .rows())
                .extracting(StockImages.Image::ownName)
                .containsExactly(Optional.of("Trixie"));
        assertThat(owner(() -> shop.images.name(Map.of(image.id(), "")))).isEqualTo(1);
        assertThat(owner(() -> shop.images.offered(id))).isEmpty();
    }

    @Test
    void everyListIsSearchedNarrowedAndSorted() {
        var id = account();
        shop.take(id, Shop.catalogue("5", "6"));
        var account = Wish.of(10).with(Stock.ACCOUNT, id.toString());
        assertThat(owner(() -> shop.stock.find(account)).total()).isEqualTo(2);
        assertThat(owner(() -> shop.stock.find(
                                account.with(Stock.ACCOUNT, UUID.randomUUID().toString())))
                        .total())
                .isZero();
        assertThat(codes(Stock.FAMILY, "dedicated")).containsExactly("huge");
        assertThat(codes(Stock.STATE, "sold")).isEmpty();
        assertThat(codes(Stock.STATE, "unsold")).hasSize(2);
        assertThat(codes(Stock.ONLY, shop.size("huge").id().toString())).containsExactly("huge");
        for (var by : List.of("name", "account", "cpus", "memory", "disk", "price")) {
            assertThat(owner(() -> shop.stock.rows(account.greatest(by))))
                    .as(by)
                    .hasSize(2);
        }
        for (var by : List.of("name", "code", "region")) {
            assertThat(owner(() -> shop.places.find(account.greatest(by))).rows())
                    .as(by)
                    .hasSize(3);
        }
        for (var by : List.of("name", "family", "own")) {
            assertThat(owner(() -> shop.images.find(account.greatest(by))).rows())
                    .as(by)
                    .hasSize(1);
        }
    }

    @Test
    void whoMayOnlyLookChangesNothing() {
        var id = account();
        shop.take(id, Shop.catalogue("5", "6"));
        assertThat(shop.desk.as(Desk.SUPPORT, () -> shop.stock.find(Wish.of(1))).total())
                .isEqualTo(2);
        for (var change : List.<Runnable>of(
                () -> shop.imports.take(id),
                () -> shop.places.assign(List.of(), Optional.empty()),
                () -> shop.places.adopt(List.of()),
                () -> shop.images.name(Map.of()),
                () -> shop.selling.preview(List.of(), Shop.terms("fra")),
                () -> shop.selling.sell(List.of(), Shop.terms("fra")))) {
            assertThatThrownBy(() -> shop.desk.as(Desk.SUPPORT, () -> {
                        change.run();
                        return true;
                    }))
                    .isInstanceOf(AccessDenied.class);
        }
    }

    private UUID account() {
        return shop.desk.account("Main", Shop.PANEL, "token-1");
    }

    private StockImport.Outcome imported(UUID id) {
        return owner(() -> shop.imports.take(id));
    }

    private Stock.Summary summary(UUID id) {
        return owner(() -> shop.stock.summary(id));
    }

    private List<String> codes(String filter, String value) {
        return owner(() -> shop.stock.rows(Wish.of(100).with(filter, value))).stream()
                .map(Stock.Size::code)
                .toList();
    }

    private Map<String, UUID> places() {
        return owner(() -> shop.places.find(Wish.of(100))).rows().stream()
                .collect(java.util.stream.Collectors.toMap(StockPlaces.Place::code, StockPlaces.Place::id));
    }

    private <T> T owner(java.util.function.Supplier<T> work) {
        return shop.desk.as(Desk.OWNER, work);
    }
}
