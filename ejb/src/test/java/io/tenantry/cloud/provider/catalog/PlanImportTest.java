package io.tenantry.cloud.provider.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantry.catalog.Catalog;
import io.tenantry.catalog.Plan;
import io.tenantry.catalog.pricing.PriceFixture;
import io.tenantry.catalog.pricing.PriceKey;
import io.tenantry.cloud.provider.ProviderCatalog;
import io.tenantry.cloud.provider.account.ProviderAccountFixture;
import io.tenantry.cloud.provider.account.ProviderAccounts;
import io.tenantry.cloud.provider.catalog.PlanImport.Fault;
import io.tenantry.cloud.provider.catalog.PlanImport.Field;
import io.tenantry.cloud.provider.catalog.PlanImport.Outcome;
import io.tenantry.kernel.money.HourlyRate;
import io.tenantry.kernel.money.Money;
import io.tenantry.people.identity.NotFoundException;
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

class PlanImportTest {
    private static final Currency EURO = Currency.getInstance("EUR");
    private static final String SLUG = "sells";

    private final PlanImportFixture planImportFixture = new PlanImportFixture(SLUG);
    private static int versions;
    private UUID account = new UUID(0, 0);

    @BeforeAll
    static void prepare() {
        ProviderAccountFixture.open(SLUG);
    }

    @BeforeEach
    void prepareCatalog() {
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
        account = planImportFixture.providerAccountFixture.account("Main", PlanImportFixture.PANEL, "token-1");
        planImportFixture.take(account, PlanImportFixture.readCatalog("5.50", "6.00", "silent"));
        runAsOwner(() -> {
            planImportFixture.catalog.keepCategory("vps", "VPS", 1);
            return planImportFixture.providerRegions.adopt(
                    planImportFixture.providerRegions.find(io.tenantry.kernel.query.ListQuery.of(10)).rows().stream()
                            .map(ProviderRegions.ProviderRegion::id)
                            .toList());
        });
    }

    @AfterEach
    void close() {
        planImportFixture.close();
    }

    @Test
    void sellsASizeAtItsCostPlusMarkup() {
        var outcome =
                (Outcome.Done) planImportFixture.sell(PlanImportFixture.terms("fra"), planImportFixture.item("small"));
        assertThat(outcome.all()).singleElement().satisfies(priced -> {
            assertThat(priced.cost()).isEqualTo(Money.of("4.95", "EUR"));
            assertThat(priced.monthly()).isEqualTo(Money.of("7.43", "EUR"));
            assertThat(priced.hourly())
                    .isEqualTo(HourlyRate.ofMonthly(priced.monthly()).perHour());
        });
        var offer =
                runAsOwner(() -> planImportFixture.catalog.offers("fra", EURO)).get(0);
        assertThat(offer.planName()).isEqualTo("My small");
        assertThat(offer.monthly()).isEqualTo(Money.of("7.43", "EUR"));
        assertThat(offer.hourly()).isEqualTo(Money.of("0.01017808", "EUR"));
        assertThat(runAsOwner(() -> planImportFixture.catalog.plans()))
                .extracting(plan -> plan.price().orElseThrow().wholesaleMonthly())
                .as("the reseller pays the provider of its own account; the platform charges nothing")
                .containsExactly(Money.of("0", "EUR"));
        assertThat(planImportFixture.size("small").plans()).containsExactly("My small");
        assertThat(planImportFixture.providerAccountFixture.texts("position", "plan"))
                .containsExactly("3");
        assertThat(planImportFixture.providerAccountFixture.texts(
                        "decided_by || cost_currency || exchange", "plan_source"))
                .containsExactly("OlgaUSD0.90000000");
    }

    /** Adds prices of something else to the list. */
    private void otherPrices() {
        PriceFixture.publish(
                planImportFixture.providerAccountFixture.tenant,
                "EUR",
                nextListDate(),
                Map.of(PriceFixture.plan("virtfusion", "other", ""), "5"));
    }

    /** Tests share the reseller: each uses its own versions of the list. */
    private static Instant nextListDate() {
        return ProviderAccountFixture.NOON.minus(Duration.ofHours(1)).plusSeconds(++versions);
    }

    @Test
    void requiresAWholesalePriceInAnAccountOfThePlatform() {
        Database.asOwner(
                "insert into platform.platform_provider_account (account_id, provider_account_id, provided, from_at, recorded_at, recorded_by)"
                        + " values ('" + PriceFixture.account(planImportFixture.providerAccountFixture.tenant, "EUR")
                        + "', '" + account
                        + "', true, '2026-11-01T00:00:00Z', '2026-11-01T00:00:00Z', 'test')");
        otherPrices();
        var small = planImportFixture.item("small");
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra"), small))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.of(small.sizeId()), Field.WHOLESALE))));
        assertThat(planImportFixture.providerAccountFixture.texts("id", "plan")).isEmpty();

        PriceFixture.publish(
                planImportFixture.providerAccountFixture.tenant,
                "EUR",
                nextListDate(),
                Map.of(
                        PriceFixture.plan("virtfusion", "small", ""),
                        "5",
                        PriceFixture.plan("virtfusion", "small", "nyc"),
                        "6"));
        var done = (Outcome.Done) planImportFixture.sell(PlanImportFixture.terms("fra", "nyc"), small);
        assertThat(done.all()).singleElement().satisfies(priced -> {
            assertThat(priced.wholesale()).as("the highest of its regions").isEqualTo(Money.of("6", "EUR"));
            assertThat(priced.monthly()).isEqualTo(Money.of("9", "EUR"));
        });
        assertThat(runAsOwner(() -> planImportFixture.catalog.plans()))
                .extracting(plan -> plan.price().orElseThrow().wholesaleMonthly())
                .containsExactly(Money.of("6", "EUR"));
    }

    @Test
    void listsMissingWholesalePricesOfPlansOnSale() {
        otherPrices();
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra", "nyc"), planImportFixture.item("small")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(missing())
                .containsExactly(
                        PriceFixture.plan("virtfusion", "small", "fra"),
                        PriceFixture.plan("virtfusion", "small", "nyc"));

        PriceFixture.publish(
                planImportFixture.providerAccountFixture.tenant,
                "EUR",
                nextListDate(),
                Map.of(PriceFixture.plan("virtfusion", "small", "nyc"), "6"));
        assertThat(missing()).containsExactly(PriceFixture.plan("virtfusion", "small", "fra"));

        PriceFixture.publish(
                planImportFixture.providerAccountFixture.tenant,
                "EUR",
                nextListDate(),
                Map.of(PriceFixture.plan("virtfusion", "small", ""), "5"));
        assertThat(missing()).isEmpty();

        PriceFixture.publish(
                planImportFixture.providerAccountFixture.tenant,
                "EUR",
                nextListDate(),
                Map.of(PriceFixture.plan("virtfusion", "other", ""), "5"));
        Database.asOwner("update t_sells.plan set state = 'RETIRED'");
        assertThat(missing()).as("a retired plan needs no price").isEmpty();
    }

    private List<PriceKey> missing() {
        return runAsOwner(() -> planImportFixture.wholesale.missingIn(account, ProviderAccountFixture.NOON));
    }

    @Test
    void requiresAWholesalePriceForAPlanOfThePlatform() {
        otherPrices();
        var size = new Plan.Size(3, 3_072, 30, 0, true);
        var added = runAsOwner(
                () -> planImportFixture.catalog.add(new Catalog.Draft("plain", "Plain", "vps", size, Set.of("fra"))));
        var plan = ((Catalog.Outcome.Done) added).id();
        var draft = new Catalog.PriceDraft(plan, Money.of("20", "EUR"), ProviderAccountFixture.NOON);
        assertThat(runAsOwner(() -> planImportFixture.catalog.publish(draft)))
                .isEqualTo(new Catalog.Outcome.Invalid(List.of(Catalog.Field.WHOLESALE)));

        PriceFixture.publish(
                planImportFixture.providerAccountFixture.tenant,
                "EUR",
                nextListDate(),
                Map.of(PriceFixture.plan("platform", "3-3072-30-unlimited", ""), "12.5"));
        var fraction = new Catalog.PriceDraft(plan, Money.of("20.005", "EUR"), ProviderAccountFixture.NOON);
        assertThat(runAsOwner(() -> planImportFixture.catalog.publish(fraction)))
                .isEqualTo(new Catalog.Outcome.Invalid(List.of(Catalog.Field.MONTHLY)));
        var tooHigh = new Catalog.PriceDraft(plan, Money.of("1000000.01", "EUR"), ProviderAccountFixture.NOON);
        assertThat(runAsOwner(() -> planImportFixture.catalog.publish(tooHigh)))
                .isEqualTo(new Catalog.Outcome.Invalid(List.of(Catalog.Field.MONTHLY)));
        assertThat(runAsOwner(() -> planImportFixture.catalog.publish(draft))).isInstanceOf(Catalog.Outcome.Done.class);
        assertThat(runAsOwner(() -> planImportFixture.catalog.prices(plan)))
                .extracting(Catalog.PriceView::wholesaleMonthly)
                .containsExactly(Money.of("12.5", "EUR"));
    }

    @Test
    void usesTheStoredExchangeRateInsteadOfTheEnteredOne() {
        Database.asOwner("""
                insert into platform.exchange_rate (currency, day, per_euro, source, recorded_at, recorded_by)
                values ('ZAR', '2026-11-20', 20, 'European Central Bank', now(), 'test')
                """);
        var rands = new ProviderCatalog.Size(
                "cape",
                "Cape",
                "shared",
                1,
                1024,
                20,
                0,
                List.of(),
                List.of(new ProviderCatalog.Price(Optional.empty(), Money.of("0.1", "ZAR"), Money.of("100", "ZAR"))));
        var whole = PlanImportFixture.readCatalog("5.50", "6.00");
        planImportFixture.take(account, new ProviderCatalog(whole.regions(), List.of(rands), whole.images()));
        var done =
                (Outcome.Done) planImportFixture.sell(PlanImportFixture.terms("fra"), planImportFixture.item("cape"));
        assertThat(done.all().get(0).cost()).isEqualTo(Money.of("5", "EUR"));
        assertThat(planImportFixture.providerAccountFixture.texts(
                        "exchange || ' ' || exchange_day || ' ' || exchange_source", "plan_source"))
                .containsExactly("0.05000000 2026-11-20 European Central Bank");
    }

    @Test
    void usesTheHighestCostOfTheRegions() {
        var outcome = (Outcome.Done)
                planImportFixture.sell(PlanImportFixture.terms("fra", "nyc"), planImportFixture.item("small"));
        assertThat(outcome.all().get(0).cost()).isEqualTo(Money.of("5.40", "EUR"));
    }

    @Test
    void requiresACostWhenTheProviderStatesNone() {
        var silent = planImportFixture.item("silent");
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra"), silent))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.of(silent.sizeId()), Field.COST))));
        var priced = new PlanImport.Item(silent.sizeId(), "my-silent", "Silent", Optional.of(new BigDecimal("3.10")));
        var done = (Outcome.Done) planImportFixture.sell(PlanImportFixture.terms("fra"), priced);
        assertThat(done.all().get(0).monthly()).isEqualTo(Money.of("4.65", "EUR"));
        assertThat(planImportFixture.providerAccountFixture.texts("cost_currency || exchange", "plan_source"))
                .containsExactly("EUR1.00000000");
    }

    /** The catalog would refuse to publish such a price after its plan was added. */
    @Test
    void refusesPricesAboveTheMaximum() {
        var silent = planImportFixture.item("silent");
        var dear =
                new PlanImport.Item(silent.sizeId(), "my-silent", "Silent", Optional.of(new BigDecimal("1000000.01")));
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra"), dear))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.of(silent.sizeId()), Field.COST))));
        var marked = new PlanImport.Item(silent.sizeId(), "my-silent", "Silent", Optional.of(new BigDecimal("700000")));
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra"), marked))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.empty(), Field.PRICE))));
        var first = PlanImportFixture.terms("fra");
        var inflated = new PlanImport.Terms(
                first.category(), 1, first.markup(), Optional.of(new BigDecimal("10000000.01")), first.regions());
        assertThat(planImportFixture.sell(inflated, planImportFixture.item("small")))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.empty(), Field.EXCHANGE))));
        assertThat(planImportFixture.providerAccountFixture.texts("id", "plan")).isEmpty();
    }

    @Test
    void importsUnlimitedTransfer() {
        var free = new ProviderCatalog.Size(
                "free", "Free", "shared", 1, 1024, 20, 0, true, List.of(), List.of(PlanImportFixture.price("", "5")));
        var whole = PlanImportFixture.readCatalog("5.50", "6.00");
        planImportFixture.take(account, new ProviderCatalog(whole.regions(), List.of(free), whole.images()));
        planImportFixture.sell(PlanImportFixture.terms("fra"), planImportFixture.item("free"));
        assertThat(runAsOwner(() -> planImportFixture.catalog.plans()))
                .extracting(Catalog.PlanView::size)
                .containsExactly(new Plan.Size(1, 1024, 20, 0, true));
    }

    @Test
    void previewsTheSameResultWithoutChanges() {
        var items = List.of(planImportFixture.item("small"));
        var preview = runAsOwner(() -> planImportFixture.planImport.preview(items, PlanImportFixture.terms("fra")));
        assertThat(planImportFixture.providerAccountFixture.texts("id", "plan")).isEmpty();
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra"), planImportFixture.item("small")))
                .isEqualTo(preview);
    }

    @Test
    void reportsEveryErrorAndSellsNothing() {
        var small = planImportFixture.item("small");
        var huge = planImportFixture.item("huge");
        var terms = new PlanImport.Terms(
                "none",
                -1,
                new Markup(Markup.Kind.PERCENT, BigDecimal.valueOf(-1)),
                Optional.of(BigDecimal.ZERO),
                Set.of("atlantis"));
        var named = new PlanImport.Item(huge.sizeId(), "My Huge", " ", Optional.empty());
        var invalid = (Outcome.Invalid) planImportFixture.sell(terms, small, named);
        assertThat(invalid.faults())
                .containsExactlyInAnyOrder(
                        new Fault(Optional.empty(), Field.CATEGORY),
                        new Fault(Optional.empty(), Field.POSITION),
                        new Fault(Optional.empty(), Field.MARKUP),
                        new Fault(Optional.empty(), Field.EXCHANGE),
                        new Fault(Optional.empty(), Field.REGIONS),
                        new Fault(Optional.of(huge.sizeId()), Field.CODE),
                        new Fault(Optional.of(huge.sizeId()), Field.NAME),
                        new Fault(Optional.of(huge.sizeId()), Field.ALREADY_SOLD));
        assertThat(planImportFixture.providerAccountFixture.texts("id", "plan")).isEmpty();
    }

    @Test
    void sellsAllSizesOrNone() {
        var twice = new PlanImport.Item(planImportFixture.item("huge").sizeId(), "my-small", "Other", Optional.empty());
        assertThat(planImportFixture.sell(PlanImportFixture.terms("nyc"), planImportFixture.item("small"), twice))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.of(twice.sizeId()), Field.CODE))));
        assertThat(planImportFixture.providerAccountFixture.texts("id", "plan")).isEmpty();
        assertThat(planImportFixture.sell(
                        PlanImportFixture.terms("nyc"),
                        planImportFixture.item("small"),
                        planImportFixture.item("huge")))
                .isInstanceOf(Outcome.Done.class);
        assertThat(planImportFixture.providerAccountFixture.texts("id", "plan")).hasSize(2);
    }

    @Test
    void refusesASizeUnavailableInARegion() {
        var huge = planImportFixture.item("huge");
        assertThat(planImportFixture.sell(PlanImportFixture.terms("fra", "nyc"), huge))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.of(huge.sizeId()), Field.ALREADY_SOLD))));
    }

    @Test
    void requiresAnExchangeRateForAnotherCurrency() {
        var terms = PlanImportFixture.terms("fra");
        var without = new PlanImport.Terms(
                terms.category(), terms.position(), terms.markup(), Optional.empty(), terms.regions());
        assertThat(planImportFixture.sell(without, planImportFixture.item("small")))
                .isEqualTo(new Outcome.Invalid(List.of(new Fault(Optional.empty(), Field.EXCHANGE))));
    }

    @Test
    void refusesSizesOfTwoAccountsTogether() {
        var small = planImportFixture.item("small");
        var other = planImportFixture.providerAccountFixture.account("Other", PlanImportFixture.PANEL, "token-2");
        planImportFixture.take(other, PlanImportFixture.readCatalog("1", "2", "theirs"));
        var invalid = (Outcome.Invalid)
                planImportFixture.sell(PlanImportFixture.terms("fra"), small, planImportFixture.item("theirs"));
        assertThat(invalid.faults()).contains(new Fault(Optional.empty(), Field.ACCOUNT));
    }

    @Test
    void reportsAProviderPriceChangeWithoutChangingOwnPrices() {
        planImportFixture.sell(PlanImportFixture.terms("fra"), planImportFixture.item("small"));
        var offers = runAsOwner(() -> planImportFixture.catalog.offers("fra", EURO));
        planImportFixture.providerAccountFixture.clock.stopAt(ProviderAccountFixture.NOON.plus(Duration.ofDays(1)));
        runAsSystem(() -> planImportFixture.catalogSync.take(
                planImportFixture.providerAccountFixture.records.kept(account),
                PlanImportFixture.readCatalog("6.60", "6.00", "silent")));
        assertThat(runAsOwner(() -> planImportFixture.catalog.offers("fra", EURO)))
                .isEqualTo(offers);
        assertThat(planImportFixture.providerAccountFixture.texts("version", "price_version"))
                .containsExactly("1");
        assertThat(planImportFixture.providerAccountFixture.texts(
                        "kind || ' ' || subject || ' ' || detail", "notification"))
                .containsExactly("PROVIDER_PRICE_CHANGED Main Size small: 5.5 USD \u2192 6.6 USD");
        assertThat(planImportFixture.providerAccountFixture.texts("person_id", "notification"))
                .containsExactly(String.valueOf(ProviderAccountFixture.OWNER.personId()));
        assertThat(runAsOwner(() -> planImportFixture.providerSizes.summary(account))
                        .moved())
                .isEqualTo(1);
        planImportFixture.providerAccountFixture.clock.stopAt(ProviderAccountFixture.NOON.plus(Duration.ofDays(2)));
        var plan = runAsOwner(() -> planImportFixture.catalog.plans()).get(0).id();
        runAsOwner(() -> planImportFixture.catalog.publish(new Catalog.PriceDraft(
                plan, Money.of("8.90", "EUR"), planImportFixture.providerAccountFixture.clock.instant())));
        assertThat(runAsOwner(() -> planImportFixture.providerSizes.summary(account))
                        .moved())
                .isZero();
    }

    @Test
    void ignoresPriceChangesOfUnsoldSizes() {
        runAsSystem(() -> planImportFixture.catalogSync.take(
                planImportFixture.providerAccountFixture.records.kept(account),
                PlanImportFixture.readCatalog("6.60", "6.00")));
        assertThat(planImportFixture.providerAccountFixture.texts("kind", "notification"))
                .isEmpty();
        assertThat(runAsOwner(() -> planImportFixture.providerSizes.summary(account))
                        .moved())
                .isZero();
    }

    @Test
    void refusesToRemoveAnAccountWithPlans() {
        planImportFixture.sell(PlanImportFixture.terms("fra"), planImportFixture.item("small"));
        assertThat(runAsOwner(() -> planImportFixture.providerAccountFixture.changes.remove(account)))
                .isEqualTo(new ProviderAccounts.Outcome.InUse());
    }

    @Test
    void refusesToSellASizeThatIsGone() {
        var small = planImportFixture.item("small");
        planImportFixture.take(
                account, new io.tenantry.cloud.provider.ProviderCatalog(List.of(), List.of(), List.of()));
        assertThatThrownBy(() -> planImportFixture.sell(PlanImportFixture.terms("fra"), small))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void ordersPlansByTheirPosition() {
        planImportFixture.sell(PlanImportFixture.terms("nyc"), planImportFixture.item("small"));
        var first = PlanImportFixture.terms("nyc");
        planImportFixture.sell(
                new PlanImport.Terms(first.category(), 1, first.markup(), first.exchange(), first.regions()),
                planImportFixture.item("huge"));
        assertThat(runAsOwner(() -> planImportFixture.catalog.offers("nyc", EURO)))
                .extracting(Catalog.Offer::planName)
                .containsExactly("My huge", "My small");
    }

    private <T> T runAsOwner(Supplier<T> work) {
        return planImportFixture.providerAccountFixture.as(ProviderAccountFixture.OWNER, work);
    }

    private void runAsSystem(Supplier<?> work) {
        planImportFixture.providerAccountFixture.as(io.tenantry.tenancy.Actor.system("test"), work::get);
    }
}
