package io.tenantry.provider.stock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.identity.NotVisible;
import io.tenantry.money.Money;
import io.tenantry.money.Rate;
import io.tenantry.pricing.PriceFixture;
import io.tenantry.pricing.PriceKey;
import io.tenantry.provider.Catalogue;
import io.tenantry.provider.account.Desk;
import io.tenantry.provider.account.ProviderAccounts;
import io.tenantry.provider.stock.Selling.Fault;
import io.tenantry.provider.stock.Selling.Field;
import io.tenantry.provider.stock.Selling.Outcome;
import io.tenantry.testing.Database;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SellingTest {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final String SLUG = "sells";

    private final Shop shop = new Shop(SLUG);
    private static int versions;
    private UUID account = new UUID(0, 0);

    @BeforeAll
    static void prepare() {
        Desk.open(SLUG);
    }

    @BeforeEach
    void stocked() {
        Database.asOwner("alter table t_sells.price_version disable trigger user");
        for (var table : List.of(
                "plan_source",
                "provider_account",
                "price_version",
                "plan_region",
                "plan",
                "region",
                "category",
                "notification")) {
            Database.asOwner("delete from t_sells." + table);
        }
        Database.asOwner("alter table t_sells.price_version enable trigger user");
        account = shop.desk.account("Main", Shop.PANEL, "token-1");
        shop.take(account, Shop.catalogue("5.50", "6.00", "silent"));
        owner(() -> {
            shop.catalog.keepCategory("vps", "VPS", 1);
            return shop.places.adopt(shop.places.find(io.tenantry.listing.Wish.of(10)).rows().stream()
                    .map(StockPlaces.Place::id)
                    .toList());
        });
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @Test
    void aSizeBecomesAPlanOnSaleAtItsCostWithTheMarkup() {
        var outcome = (Outcome.Done) shop.sell(Shop.terms("fra"), shop.item("small"));
        assertThat(outcome.all()).singleElement().satisfies(priced -> {
            assertThat(priced.cost()).isEqualTo(Money.of("4.95", "EUR"));
            assertThat(priced.monthly()).isEqualTo(Money.of("7.43", "EUR"));
            assertThat(priced.hourly())
                    .isEqualTo(Rate.ofMonthly(priced.monthly()).perHour());
        });
        var offer = owner(() -> shop.catalog.offers("fra", EURO)).get(0);
        assertThat(offer.planName()).isEqualTo("My small");
        assertThat(offer.monthly()).isEqualTo(Money.of("7.43", "EUR"));
        assertThat(offer.hourly()).isEqualTo(Money.of("0.01017808", "EUR"));
        assertThat(owner(() -> shop.catalog.plans()))
                .extracting(plan -> plan.price().orElseThrow().wholesaleMonthly())
                .as("the account is the reseller's own: the vendor is paid by the reseller, the platform asks nothing")
                .containsExactly(Money.of("0", "EUR"));
        assertThat(shop.size("small").plans()).containsExactly("My small");
        assertThat(shop.desk.texts("position", "plan")).containsExactly("3");
        assertThat(shop.desk.texts("decided_by || cost_currency || exchange", "plan_source"))
                .containsExactly("OlgaUSD0.90000000");
    }

    /** The list has prices, of something else. */
    private void otherPrices() {
        PriceFixture.publish(
                shop.desk.tenant, "EUR", later(), Map.of(PriceFixture.plan("virtfusion", "other", ""), "5"));
    }

    /** Tests share the reseller: each has its own versions of the list. */
    private static Instant later() {
        return Desk.NOON.minus(Duration.ofHours(1)).plusSeconds(++versions);
    }

    @Test
    void inAnAccountOfThePlatformASizeIsSoldAtItsWholesalePriceAndNotWithoutOne() {
        Database.asOwner(
                "insert into platform.platform_provider_account (account_id, provider_account_id, provided, from_at, noted_at, noted_by)"
                        + " values ('" + PriceFixture.account(shop.desk.tenant, "EUR") + "', '" + account
                        + "', true, '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', 'test')");
        otherPrices();
        var small = shop.item("small");
        assertThat(shop.sell(Shop.terms("fra"), small))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.of(small.sizeId()), Field.WHOLESALE))));
        assertThat(shop.desk.texts("id", "plan")).isEmpty();

        PriceFixture.publish(
                shop.desk.tenant,
                "EUR",
                later(),
                Map.of(
                        PriceFixture.plan("virtfusion", "small", ""),
                        "5",
                        PriceFixture.plan("virtfusion", "small", "nyc"),
                        "6"));
        var done = (Outcome.Done) shop.sell(Shop.terms("fra", "nyc"), small);
        assertThat(done.all()).singleElement().satisfies(priced -> {
            assertThat(priced.wholesale()).as("the dearest of its places").isEqualTo(Money.of("6", "EUR"));
            assertThat(priced.monthly()).isEqualTo(Money.of("9", "EUR"));
        });
        assertThat(owner(() -> shop.catalog.plans()))
                .extracting(plan -> plan.price().orElseThrow().wholesaleMonthly())
                .containsExactly(Money.of("6", "EUR"));
    }

    @Test
    void whatIsSoldInAnAccountNeedsAPriceBeforeTheAccountIsThePlatforms() {
        otherPrices();
        assertThat(shop.sell(Shop.terms("fra", "nyc"), shop.item("small"))).isInstanceOf(Outcome.Done.class);
        assertThat(missing())
                .containsExactly(
                        PriceFixture.plan("virtfusion", "small", "fra"),
                        PriceFixture.plan("virtfusion", "small", "nyc"));

        PriceFixture.publish(
                shop.desk.tenant, "EUR", later(), Map.of(PriceFixture.plan("virtfusion", "small", "nyc"), "6"));
        assertThat(missing()).containsExactly(PriceFixture.plan("virtfusion", "small", "fra"));

        PriceFixture.publish(
                shop.desk.tenant, "EUR", later(), Map.of(PriceFixture.plan("virtfusion", "small", ""), "5"));
        assertThat(missing()).isEmpty();

        PriceFixture.publish(
                shop.desk.tenant, "EUR", later(), Map.of(PriceFixture.plan("virtfusion", "other", ""), "5"));
        Database.asOwner("update t_sells.plan set state = 'RETIRED'");
        assertThat(missing()).as("of what is retired nothing is left").isEmpty();
    }

    private List<PriceKey> missing() {
        return owner(() -> shop.wholesale.missingIn(account, Desk.NOON));
    }

    @Test
    void aPlanOfNoVendorsListHasAPriceOnlyWhereAPriceListNamesItsSize() {
        otherPrices();
        var size = new Plan.Size(3, 3_072, 30, 0, true);
        var added = owner(() -> shop.catalog.add(new Catalog.Draft("plain", "Plain", "vps", size, Set.of("fra"))));
        var plan = ((Catalog.Outcome.Done) added).id();
        var draft = new Catalog.PriceDraft(plan, Money.of("20", "EUR"), Desk.NOON);
        assertThat(owner(() -> shop.catalog.publish(draft)))
                .isEqualTo(new Catalog.Outcome.Invalid(List.of(Catalog.Field.WHOLESALE)));

        PriceFixture.publish(
                shop.desk.tenant,
                "EUR",
                later(),
                Map.of(PriceFixture.plan("platform", "3-3072-30-unlimited", ""), "12.5"));
        assertThat(owner(() -> shop.catalog.publish(draft))).isInstanceOf(Catalog.Outcome.Done.class);
        assertThat(owner(() -> shop.catalog.prices(plan)))
                .extracting(Catalog.PriceView::wholesaleMonthly)
                .containsExactly(Money.of("12.5", "EUR"));
    }

    @Test
    void theKeptRateIsUsedAndNotWhatIsTyped() {
        Database.asOwner("""
                insert into platform.exchange_rate (currency, day, per_euro, source, noted_at, noted_by)
                values ('ZAR', '2026-11-20', 20, 'European Central Bank', now(), 'test')
                """);
        var rands = new Catalogue.Size(
                "cape",
                "Cape",
                "shared",
                1,
                1024,
                20,
                0,
                List.of(),
                List.of(new Catalogue.Price(Optional.empty(), Money.of("0.1", "ZAR"), Money.of("100", "ZAR"))));
        var whole = Shop.catalogue("5.50", "6.00");
        shop.take(account, new Catalogue(whole.regions(), List.of(rands), whole.images()));
        var done = (Outcome.Done) shop.sell(Shop.terms("fra"), shop.item("cape"));
        assertThat(done.all().get(0).cost()).isEqualTo(Money.of("5", "EUR"));
        assertThat(shop.desk.texts("exchange || ' ' || exchange_day || ' ' || exchange_source", "plan_source"))
                .containsExactly("0.05000000 2026-11-20 European Central Bank");
    }

    @Test
    void theDearestOfTheRegionsCountsSoThatNoneIsSoldBelowItsCost() {
        var outcome = (Outcome.Done) shop.sell(Shop.terms("fra", "nyc"), shop.item("small"));
        assertThat(outcome.all().get(0).cost()).isEqualTo(Money.of("5.40", "EUR"));
    }

    @Test
    void whatAVendorDoesNotPriceTheResellerDoes() {
        var silent = shop.item("silent");
        assertThat(shop.sell(Shop.terms("fra"), silent))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.of(silent.sizeId()), Field.COST))));
        var told = new Selling.Item(silent.sizeId(), "my-silent", "Silent", Optional.of(new BigDecimal("3.10")));
        var done = (Outcome.Done) shop.sell(Shop.terms("fra"), told);
        assertThat(done.all().get(0).monthly()).isEqualTo(Money.of("4.65", "EUR"));
        assertThat(shop.desk.texts("cost_currency || exchange", "plan_source")).containsExactly("EUR1.00000000");
    }

    @Test
    void whatAVendorDoesNotLimitIsSoldWithoutALimit() {
        var free = new Catalogue.Size(
                "free", "Free", "shared", 1, 1024, 20, 0, true, List.of(), List.of(Shop.price("", "5")));
        var whole = Shop.catalogue("5.50", "6.00");
        shop.take(account, new Catalogue(whole.regions(), List.of(free), whole.images()));
        shop.sell(Shop.terms("fra"), shop.item("free"));
        assertThat(owner(() -> shop.catalog.plans()))
                .extracting(Catalog.PlanView::size)
                .containsExactly(new Plan.Size(1, 1024, 20, 0, true));
    }

    @Test
    void aPreviewSaysTheSameAndChangesNothing() {
        var items = List.of(shop.item("small"));
        var preview = owner(() -> shop.selling.preview(items, Shop.terms("fra")));
        assertThat(shop.desk.texts("id", "plan")).isEmpty();
        assertThat(shop.sell(Shop.terms("fra"), shop.item("small"))).isEqualTo(preview);
    }

    @Test
    void tellsEverythingThatIsWrongAndSellsNothing() {
        var small = shop.item("small");
        var huge = shop.item("huge");
        var terms = new Selling.Terms(
                "none",
                -1,
                new Markup(Markup.Kind.PERCENT, BigDecimal.valueOf(-1)),
                Optional.of(BigDecimal.ZERO),
                Set.of("atlantis"));
        var named = new Selling.Item(huge.sizeId(), "My Huge", " ", Optional.empty());
        var invalid = (Outcome.Invalid) shop.sell(terms, small, named);
        assertThat(invalid.faults())
                .containsExactlyInAnyOrder(
                        new Fault(Optional.empty(), Field.CATEGORY),
                        new Fault(Optional.empty(), Field.POSITION),
                        new Fault(Optional.empty(), Field.MARKUP),
                        new Fault(Optional.empty(), Field.EXCHANGE),
                        new Fault(Optional.empty(), Field.REGIONS),
                        new Fault(Optional.of(huge.sizeId()), Field.CODE),
                        new Fault(Optional.of(huge.sizeId()), Field.NAME),
                        new Fault(Optional.of(huge.sizeId()), Field.SOLD_THERE));
        assertThat(shop.desk.texts("id", "plan")).isEmpty();
    }

    @Test
    void allAreSoldOrNone() {
        var twice = new Selling.Item(shop.item("huge").sizeId(), "my-small", "Other", Optional.empty());
        assertThat(shop.sell(Shop.terms("nyc"), shop.item("small"), twice))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.of(twice.sizeId()), Field.CODE))));
        assertThat(shop.desk.texts("id", "plan")).isEmpty();
        assertThat(shop.sell(Shop.terms("nyc"), shop.item("small"), shop.item("huge")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(shop.desk.texts("id", "plan")).hasSize(2);
    }

    @Test
    void whatIsNotSoldInARegionIsNotSoldThere() {
        var huge = shop.item("huge");
        assertThat(shop.sell(Shop.terms("fra", "nyc"), huge))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.of(huge.sizeId()), Field.SOLD_THERE))));
    }

    @Test
    void anotherCurrencyNeedsItsWorth() {
        var terms = Shop.terms("fra");
        var without = new Selling.Terms(
                terms.category(), terms.position(), terms.markup(), Optional.empty(), terms.regions());
        assertThat(shop.sell(without, shop.item("small")))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.empty(), Field.EXCHANGE))));
    }

    @Test
    void sizesOfTwoAccountsAreNotSoldTogether() {
        var small = shop.item("small");
        var other = shop.desk.account("Other", Shop.PANEL, "token-2");
        shop.take(other, Shop.catalogue("1", "2", "theirs"));
        var invalid = (Outcome.Invalid) shop.sell(Shop.terms("fra"), small, shop.item("theirs"));
        assertThat(invalid.faults()).contains(new Fault(Optional.empty(), Field.ACCOUNT));
    }

    @Test
    void aPriceOfTheVendorThatMovesIsToldAndChangesNoPriceOfOurs() {
        shop.sell(Shop.terms("fra"), shop.item("small"));
        var offers = owner(() -> shop.catalog.offers("fra", EURO));
        shop.desk.clock.stopAt(Desk.NOON.plus(Duration.ofDays(1)));
        system(() -> shop.taking.take(shop.desk.records.kept(account), Shop.catalogue("6.60", "6.00", "silent")));
        assertThat(owner(() -> shop.catalog.offers("fra", EURO))).isEqualTo(offers);
        assertThat(shop.desk.texts("version", "price_version")).containsExactly("1");
        assertThat(shop.desk.texts("kind || ' ' || subject || ' ' || detail", "notification"))
                .containsExactly("PRICE_MOVED Main Size small: 5.5 USD \u2192 6.6 USD");
        assertThat(shop.desk.texts("person_id", "notification")).containsExactly(String.valueOf(Desk.OWNER.personId()));
        assertThat(owner(() -> shop.stock.summary(account)).moved()).isEqualTo(1);
        shop.desk.clock.stopAt(Desk.NOON.plus(Duration.ofDays(2)));
        var plan = owner(() -> shop.catalog.plans()).get(0).id();
        owner(() ->
                shop.catalog.publish(new Catalog.PriceDraft(plan, Money.of("8.90", "EUR"), shop.desk.clock.instant())));
        assertThat(owner(() -> shop.stock.summary(account)).moved()).isZero();
    }

    @Test
    void whatNobodyBuysMayMoveUnheard() {
        system(() -> shop.taking.take(shop.desk.records.kept(account), Shop.catalogue("6.60", "6.00")));
        assertThat(shop.desk.texts("kind", "notification")).isEmpty();
        assertThat(owner(() -> shop.stock.summary(account)).moved()).isZero();
    }

    @Test
    void anAccountThatPlansAreMadeOfStays() {
        shop.sell(Shop.terms("fra"), shop.item("small"));
        assertThat(owner(() -> shop.desk.changes.remove(account))).isEqualTo(new ProviderAccounts.Outcome.InUse());
    }

    @Test
    void whatIsGoneIsNotSold() {
        var small = shop.item("small");
        shop.take(account, new io.tenantry.provider.Catalogue(List.of(), List.of(), List.of()));
        assertThatThrownBy(() -> shop.sell(Shop.terms("fra"), small)).isInstanceOf(NotVisible.class);
    }

    @Test
    void plansStandInTheirGroupAsTheResellerSays() {
        shop.sell(Shop.terms("nyc"), shop.item("small"));
        var first = Shop.terms("nyc");
        shop.sell(
                new Selling.Terms(first.category(), 1, first.markup(), first.exchange(), first.regions()),
                shop.item("huge"));
        assertThat(owner(() -> shop.catalog.offers("nyc", EURO)))
                .extracting(Catalog.Offer::planName)
                .containsExactly("My huge", "My small");
    }

    private <T> T owner(Supplier<T> work) {
        return shop.desk.as(Desk.OWNER, work);
    }

    private void system(Supplier<?> work) {
        shop.desk.as(io.tenantry.tenancy.Actor.system("test"), work::get);
    }
}
